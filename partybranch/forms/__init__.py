from partybranch.forms.attendance import AttendanceForm, PastListForm
from partybranch.forms.branch import BodyForm, BranchChangeForm, BranchForm
from partybranch.forms.filters import MedalForm, RollFilterForm
from partybranch.forms.glance import GlanceForm, RequirementForm, RuleEndForm, WarningMonthsForm
from partybranch.forms.life import LifeEventChangeForm, LifeEventForm, LifeFilterForm, TogetherForm
from partybranch.forms.past import PastEventForm
from partybranch.forms.person import NewPersonForm, PersonChangeForm
from partybranch.forms.pictures import PicturesForm
from partybranch.forms.record import AddendumForm, RecordForm
from partybranch.forms.records import (
    CircumstanceForm,
    EndForm,
    StageForm,
    StandingForm,
    TermForm,
    TransferInForm,
    TransferOutForm,
    WithdrawForm,
)

__all__ = [
    "AddendumForm",
    "AttendanceForm",
    "BodyForm",
    "BranchChangeForm",
    "BranchForm",
    "CircumstanceForm",
    "EndForm",
    "GlanceForm",
    "LifeEventChangeForm",
    "LifeEventForm",
    "LifeFilterForm",
    "MedalForm",
    "NewPersonForm",
    "PastEventForm",
    "PastListForm",
    "PersonChangeForm",
    "PicturesForm",
    "RecordForm",
    "RequirementForm",
    "RollFilterForm",
    "RuleEndForm",
    "StageForm",
    "StandingForm",
    "TermForm",
    "TogetherForm",
    "TransferInForm",
    "TransferOutForm",
    "WarningMonthsForm",
    "WithdrawForm",
]
