"""The funds an office begins with, ticked at the first start. More are made later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.models import Fund
from donations.services.funds import make_fund

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


@dataclass(frozen=True)
class UsualFund:
    """A fund that most federations keep."""

    code: str
    name: str
    restriction: str
    purpose: str

    def label(self) -> str:
        return _("%(name)s (%(restriction)s)") % {"name": self.name, "restriction": self.restriction.label}


USUAL = (
    UsualFund("FXD", "非限定慈善资金", Fund.Restriction.UNRESTRICTED, Fund.Purpose.OTHER),
    UsualFund("JZ", "抗灾救灾专项资金", Fund.Restriction.RESTRICTED, Fund.Purpose.DISASTER),
    UsualFund("ZX", "助学专项资金", Fund.Restriction.RESTRICTED, Fund.Purpose.EDUCATION),
    UsualFund("DB", "大病救助专项资金", Fund.Restriction.RESTRICTED, Fund.Purpose.MEDICAL),
    UsualFund("XCZX", "乡村振兴专项资金", Fund.Restriction.RESTRICTED, Fund.Purpose.POVERTY),
    UsualFund("AL", "安老助老专项资金", Fund.Restriction.RESTRICTED, Fund.Purpose.ELDERLY),
)


class FirstFundsForm(forms.Form):
    """Which of the usual funds there are from the first day on."""

    funds = forms.MultipleChoiceField(
        label=gettext_lazy("Funds to begin with"),
        widget=forms.CheckboxSelectMultiple,
        initial=[USUAL[0].code],
        help_text=gettext_lazy("Further funds, with names of your own, are made later under “Funds”."),
        error_messages={"required": gettext_lazy("Choose at least one: every gift belongs to a fund.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funds"].choices = [(fund.code, fund.label()) for fund in USUAL]


def chosen(data: dict) -> list[UsualFund]:
    return [fund for fund in USUAL if fund.code in data.get("funds", ())]


def make_chosen(data: dict, *, by: User) -> None:
    for fund in chosen(data):
        row = Fund(code=fund.code, name=fund.name, restriction=fund.restriction, purpose=fund.purpose)
        make_fund(row, by=by, form_key=uuid4())


def say_chosen(data: dict) -> list[str]:
    return [fund.label() for fund in chosen(data)]
