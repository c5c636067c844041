"""The forms of the page on which a person says how a file is read, handled as one."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.imports.forms import EntryPlanForm, PlanForm, TableForm
from hebi_charity.imports.forms.plan import initial_of
from hebi_charity.imports.models import Import
from hebi_charity.imports.plan import POOL, Plan
from hebi_charity.imports.services.planning import proposed_plan
from hebi_charity.imports.showing.columns import preview_rows, roles_of, shown_columns
from hebi_charity.imports.targets import EntryTarget, target_of

_WHERE = {
    "identifiers": gettext_lazy("the order numbers"),
    "title": gettext_lazy("the title"),
    "file_name": gettext_lazy("the name of the file"),
}
_ABOUT_THE_TABLE = ("encoding", "sheet", "header_row")


def looking_at(imported: Import, data: Mapping | None = None, *, kept: Mapping | None = None) -> Looking:
    """The page's forms for what the last look found."""
    if "refused" in imported.look:
        return Pointing(imported, data)
    return (Looking if imported.has_money else EntryLooking)(imported, data, kept=kept)


class Looking:
    """What was found in a file: the form for correcting it and the form of the target's own questions."""

    is_headless = False

    def __init__(self, imported: Import, data: Mapping | None = None, *, kept: Mapping | None = None) -> None:
        self.look = imported.look
        self.proposed = proposed_plan(imported)
        target = target_of(imported)
        self.shown = shown_columns(self.look, self.proposed.columns)
        initial = initial_of(self.proposed, self.look, self.shown) | (kept or {})
        self.form = PlanForm(data, look=self.look, shown=self.shown, channels=target.channels(), initial=initial)
        self.choices = target.choices_form(data, initial={**self.proposed.choices, **(kept or {})})
        self.preview = preview_rows(self.shown)

    @property
    def why_this_shape(self) -> str:
        """Why the first look proposes what it does."""
        if "order_no" in self.look["columns"]:
            return _(
                "The table has order numbers, as lists of platforms and POS machines do: a platform gift is proposed."
            )
        if self.look["shape"] == POOL:
            return _("Most names are masked by the platform: a platform gift is proposed.")
        return _("The table names its donors: one gift a row is proposed.")

    @property
    def about_the_day(self) -> list[str]:
        """Where days were found, and what the day is needed for."""
        found = [
            _("%(day)s is written in %(place)s.") % {"day": each["day"], "place": str(_WHERE[each["source"]])}
            for each in self.look["days"]
        ]
        if {"day", "moment"} & set(self.look["columns"]):
            found.append(
                _(
                    "Each row says its own day. For gifts of named donors leave this empty; for a platform gift give"
                    " the day on which the platform paid out."
                )
            )
        else:
            found.append(_("The table has no column with a day, so this day is taken for all rows."))
        return found

    def is_valid(self) -> bool:
        # Both, so that all sentences come at once.
        return all([self.form.is_valid(), self.choices.is_valid()])

    def plan(self) -> Plan:
        return self.form.plan(self.proposed, self.choices.chosen())

    def add_refusals(self, errors: Mapping[str, str]) -> None:
        for name, sentence in self.form.add_refusals(errors).items():
            self.choices.add_error(name if name in self.choices.fields else None, sentence)

    def can_look(self) -> bool:
        """Whether sheet, line and encoding make sense, so that the file may be looked at again."""
        if not any(name in self.form.errors for name in _ABOUT_THE_TABLE):
            return True
        self._keep_errors(*_ABOUT_THE_TABLE)
        return False

    def wants_another_look(self) -> bool:
        """Whether sheet, line or encoding were changed: what is shown below them is not what would be read."""
        if not self.can_look():
            return True
        wish = self.wish()
        return any(wish[name] != self.look[name] for name in _ABOUT_THE_TABLE)

    def wish(self) -> dict[str, object]:
        """Sheet, line and encoding to look with; a changed sheet or encoding lets the header be found anew."""
        data = self.form.cleaned_data
        sheet, encoding = data.get("sheet", self.look["sheet"]), data.get("encoding", "")
        is_same_table = (sheet, encoding) == (self.look["sheet"], self.look["encoding"])
        return {"sheet": sheet, "header_row": data["header_row"] if is_same_table else None, "encoding": encoding}

    def answers(self) -> dict[str, object]:
        """What the person has given and the file does not say, kept for the next look."""
        given = {name: self.form.cleaned_data.get(name) for name in ("channel", "received_on")}
        given |= self.choices.chosen() if self.choices.is_valid() else {}
        return {name: value for name, value in given.items() if value}

    def refuse_look(self, sentence: str) -> None:
        """The file cannot be looked at so: say it at the field that was changed."""
        wish = self.wish()
        changed = [name for name in ("encoding", "sheet") if wish[name] != self.look[name]]
        self._keep_errors()
        self.form.add_error(changed[0] if changed else "header_row", sentence)

    def _keep_errors(self, *names: str) -> None:
        """Only these fields' errors: nobody has asked for the check yet."""
        for name in set(self.form.errors) - set(names):
            del self.form.errors[name]
        self.choices.errors.clear()


class EntryLooking(Looking):
    """The same for a list without money: its columns, and what the target asks."""

    def __init__(self, imported: Import, data: Mapping | None = None, *, kept: Mapping | None = None) -> None:
        self.look, self.proposed = imported.look, proposed_plan(imported)
        self.target = target_of(imported)
        roles = roles_of(self.target)
        self.shown = shown_columns(self.look, self.proposed.columns)
        initial = initial_of(self.proposed, self.look, self.shown, roles) | (kept or {})
        self.form = EntryPlanForm(data, look=self.look, shown=self.shown, roles=roles, initial=initial)
        self.choices = self.target.choices_form(data, initial={**self.proposed.choices, **(kept or {})})
        self.preview = preview_rows(self.shown)

    @property
    def not_found(self) -> list[str]:
        """Labels of the columns that the table has not got, so that nobody looks for them."""
        return [str(field.label) for field in self.target.fields if field.key not in self.proposed.columns]

    def answers(self) -> dict[str, object]:
        given = self.choices.chosen() if self.choices.is_valid() else {}
        return {name: value for name, value in given.items() if value}


class Pointing(Looking):
    """A file in which no header was found: its first lines, one of which a person points at."""

    is_headless = True

    def __init__(self, imported: Import, data: Mapping | None = None) -> None:
        self.look = imported.look
        target = target_of(imported)
        self.words = target.words if isinstance(target, EntryTarget) else {}
        initial = {"sheet": self.look["sheet"], "encoding": self.look["encoding"]}
        self.form = TableForm(data, look=self.look, initial=initial)

    @property
    def lines(self) -> list[tuple[int, list[str]]]:
        """The lines that hold something, by number."""
        filled = ((int(number), cells) for number, cells in self.look["lines"].items())
        return sorted((number, cells) for number, cells in filled if any(cells))

    def wants_another_look(self) -> bool:
        return True

    def can_look(self) -> bool:
        return self.form.is_valid()

    def answers(self) -> dict[str, object]:
        return {}

    def _keep_errors(self, *names: str) -> None:
        self.form.errors.clear()
