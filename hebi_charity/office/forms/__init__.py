from hebi_charity.office.forms.organisation import FirstOrganisationForm, OrganisationForm
from hebi_charity.office.forms.reason import ReasonForm
from hebi_charity.office.forms.settings import SettingForm

__all__ = ["FirstOrganisationForm", "OrganisationForm", "ReasonForm", "SettingForm"]
