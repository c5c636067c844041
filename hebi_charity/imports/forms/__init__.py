from hebi_charity.imports.forms.choices import ChoicesForm
from hebi_charity.imports.forms.filters import ImportFilterForm
from hebi_charity.imports.forms.plan import EntryPlanForm, PlanForm, TableForm
from hebi_charity.imports.forms.upload import UploadForm

__all__ = ["ChoicesForm", "EntryPlanForm", "ImportFilterForm", "PlanForm", "TableForm", "UploadForm"]
