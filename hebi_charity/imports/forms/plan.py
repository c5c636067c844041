"""The form in which a person corrects how a file is read and says what it does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core.forms import DayField
from hebi_charity.imports.plan import NAMED, POOL, Plan
from hebi_charity.imports.sentences import CURRENCIES
from hebi_charity.imports.showing.columns import ROLES, ShownColumn

COLUMN = "column_"
ENCODINGS = (
    ("utf-8-sig", gettext_lazy("UTF-8 (saved by a program or by new WPS)")),
    ("gb18030", gettext_lazy("GB18030 / GBK (saved by Excel or old WPS)")),
    ("utf-16", gettext_lazy("UTF-16 (“Unicode text” of Excel)")),
)
UNITS = (
    ("CNY-1", gettext_lazy("yuan")),
    ("CNY-10000", gettext_lazy("ten thousand yuan (万元)")),
    *((f"{code}-1", words) for code, words in CURRENCIES.items() if code != "CNY"),
)
SHAPES = (
    (NAMED, gettext_lazy("Each row is one gift of a named donor: every row is registered with a number of its own")),
    (
        POOL,
        gettext_lazy("Payments of a platform or a machine: all rows of a day become one platform gift, orders in it"),
    ),
)
# Fields of the services' refusals that have another name on the form.
_PLACES = {"currency": "unit"}


class TableForm(forms.Form):
    """Where the table is in the file: what decides what is shown of it at all."""

    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"))
    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), choices=ENCODINGS)
    header_row = forms.IntegerField(
        label=gettext_lazy("Line of the header"),
        min_value=1,
        max_value=2000,
        error_messages={
            "required": gettext_lazy("Please give the line in which the header stands, for example 3."),
            "invalid": gettext_lazy("Please give the line in which the header stands, for example 3."),
        },
    )

    def __init__(self, *args, look: Mapping, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["header_row"].required = "refused" not in look
        self.fields["sheet"].choices = [(name, name or _("the whole file")) for name in look["sheets"]]
        if len(look["sheets"]) < 2:
            del self.fields["sheet"]
        if look["kind"] != "csv":
            del self.fields["encoding"]


class ColumnsForm(TableForm):
    """Which column means what. Its columns are fields `column_0` …, one for each column that can be seen."""

    columns = forms.CharField(widget=forms.HiddenInput, required=False)  # the place of errors about all columns

    def __init__(
        self,
        *args,
        look: Mapping,
        shown: Iterable[ShownColumn],
        roles: Iterable[tuple[str, object]] = ROLES,
        **kwargs,
    ) -> None:
        super().__init__(*args, look=look, **kwargs)
        self.shown = list(shown)
        for column in self.shown:
            self.fields[f"{COLUMN}{column.place}"] = forms.ChoiceField(
                label=column.title, choices=list(roles), required=False, disabled=column.is_kept_out
            )

    @property
    def column_fields(self) -> list[tuple[ShownColumn, forms.BoundField]]:
        return [(column, self[f"{COLUMN}{column.place}"]) for column in self.shown]

    def clean(self) -> dict[str, object]:
        data = super().clean()
        taken: dict[str, ShownColumn] = {}
        for column in self.shown:
            role = data.get(f"{COLUMN}{column.place}")
            if not role:
                continue
            if role in taken:
                sentence = _("“%(first)s” has this meaning already. Please choose it for one column only.")
                self.add_error(
                    f"{COLUMN}{column.place}", ValidationError(sentence % {"first": taken[role].title}, code="twice")
                )
            taken.setdefault(role, column)
        return data

    def chosen_columns(self) -> dict[str, int]:
        return {
            role: column.place
            for column in self.shown
            if (role := self.cleaned_data.get(f"{COLUMN}{column.place}")) and not column.is_kept_out
        }

    def add_refusals(self, errors: Mapping[str, str]) -> dict[str, str]:
        """Put the service's sentences at their fields; gives those that belong to no field of this form."""
        rest = {}
        for name, sentence in errors.items():
            place = _PLACES.get(name, name)
            if place in self.fields:
                self.add_error(place, sentence)
            else:
                rest[name] = sentence
        return rest


class EntryPlanForm(ColumnsForm):
    """How a list without money is read: its columns alone."""

    def plan(self, base: Plan, choices: Mapping[str, str | int | None]) -> Plan:
        """The plan a person confirmed; sheet, header and encoding are those of the look it was made on."""
        return base.changed(columns=self.chosen_columns(), choices=choices)


class PlanForm(ColumnsForm):
    """How a list of money is read, and what it does not say."""

    unit = forms.ChoiceField(label=gettext_lazy("Amounts are in"), choices=UNITS)
    shape = forms.ChoiceField(
        label=gettext_lazy("What the rows become"),
        choices=SHAPES,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Please choose what the rows become.")},
    )
    is_split = forms.BooleanField(
        label=gettext_lazy("Take names like “A转来B捐款” apart: B gives, A paid"), required=False
    )
    received_on = DayField(label=gettext_lazy("Day on which the money came in"), required=False)
    channel = forms.ChoiceField(
        label=gettext_lazy("way of payment"),
        error_messages={
            "required": gettext_lazy("Please choose the way of payment by which this money came."),
            "invalid_choice": gettext_lazy("Please choose the way of payment by which this money came."),
        },
    )

    def __init__(
        self, *args, look: Mapping, shown: Iterable[ShownColumn], channels: Iterable[tuple[str, str]], **kwargs
    ) -> None:
        super().__init__(*args, look=look, shown=shown, **kwargs)
        self.fields["channel"].choices = [("", _("please choose")), *channels]

    def plan(self, base: Plan, choices: Mapping[str, str | int | None]) -> Plan:
        """The plan a person confirmed; sheet, header and encoding are those of the look it was made on."""
        data = self.cleaned_data
        currency, _sep, factor = data["unit"].partition("-")
        return base.changed(
            columns=self.chosen_columns(),
            shape=data["shape"],
            channel=data["channel"],
            currency=currency,
            factor=int(factor),
            received_on=data["received_on"],
            is_split=data["is_split"],
            choices=choices,
        )


def initial_of(
    plan: Plan, look: Mapping, shown: Iterable[ShownColumn], meanings: Iterable[tuple[str, object]] = ROLES
) -> dict[str, object]:
    """The fields of the form for a plan."""
    roles = {place: role for role, place in plan.columns.items()}
    named = {code for code, _words in meanings}
    columns = {f"{COLUMN}{column.place}": roles.get(column.place, "") for column in shown}
    return {
        "sheet": plan.sheet,
        "header_row": plan.header_row,
        "encoding": plan.encoding or look.get("encoding", ""),
        "unit": f"{plan.currency}-{plan.factor}",
        "shape": plan.shape,
        "is_split": plan.is_split,
        "received_on": plan.received_on,
        "channel": plan.channel,
    } | {name: role if role in named else "" for name, role in columns.items()}
