"""The registers beside the honours: what each is called, its columns, and how it is narrowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.export import Column
from partybranch.models import LeaderWord, PressReport, Ranking, Thanks
from partybranch.models.register_row import RegisterRow

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from partybranch.forms.honour_filters import RegisterFilterForm


@dataclass(frozen=True)
class Register:
    """One register: its model, its words, the columns of its list and file (the second one names the row)."""

    model: type[RegisterRow]
    title: str | Promise
    new: str | Promise
    done: str | Promise
    empty: str | Promise
    columns: tuple[Column, ...]
    more: tuple[Column, ...] = ()  # of the file alone
    takes_pictures: bool = True

    @property
    def word(self) -> str:
        return self.model.WORD


_WHEN = Column(_("when"), lambda row: row.when(), 16)
_NOTE = Column(_("note"), lambda row: row.note, 24)
_WORDING = Column(_("wording"), lambda row: row.text, 50)


def _about(label: Promise) -> Column:
    return Column(label, lambda row: row.about, 30)


def _kind(label: Promise) -> Column:
    return Column(label, lambda row: str(row.get_kind_display()), 10)


REGISTERS = {
    register.word: register
    for register in (
        Register(
            Ranking,
            _("Rankings"),
            _("Record a ranking"),
            _("The ranking is recorded."),
            _("A ranking is a result with its source: which campaign, among whom, by what, which place."),
            (
                _WHEN,
                Column(_("campaign or activity"), lambda row: row.activity, 30),
                Column(_("among whom"), lambda row: row.scope, 16),
                Column(_("rank"), lambda row: row.rank, 8),
                Column(_("own result"), lambda row: row.result, 24),
            ),
            (
                Column(_("ranked by"), lambda row: row.metric, 14),
                Column(_("out of how many"), lambda row: row.out_of, 10),
                Column(_("source"), lambda row: row.source, 30),
                _NOTE,
            ),
        ),
        Register(
            PressReport,
            _("Press register"),
            _("Record a press report"),
            _("The press report is recorded."),
            _("Each report about us with medium, title and day; then the picture of the page."),
            (
                _WHEN,
                Column(_("title of the report"), lambda row: row.title, 40),
                Column(_("medium"), lambda row: row.medium, 18),
                Column(_("level of the medium"), lambda row: str(row.get_level_display()), 12),
            ),
            (
                Column(_("author"), lambda row: row.author, 16),
                Column(_("link"), lambda row: row.link, 30),
                Column(_("what it says, to be quoted"), lambda row: row.text, 50),
                _NOTE,
            ),
        ),
        Register(
            LeaderWord,
            _("Words of leaders"),
            _("Record words of a leader"),
            _("The words are recorded."),
            _("What leaders wrote or said of our work, with the paper it stands in."),
            (
                _WHEN,
                _about(_("about what")),
                _kind(_("kind of words")),
                Column(_("leader"), lambda row: f"{row.post}{row.leader}", 20),
            ),
            (
                _WORDING,
                Column(_("paper it stands in"), lambda row: row.source, 30),
                _NOTE,
            ),
        ),
        Register(
            Thanks,
            _("Letters and banners of thanks"),
            _("Record a letter or banner"),
            _("The thanks are recorded."),
            _("Letters of thanks and banners, from whom and for what; then a picture of each."),
            (
                _WHEN,
                _about(_("for what")),
                _kind(_("letter or banner")),
                Column(_("giver of the thanks"), lambda row: row.from_whom, 20),
            ),
            (
                _WORDING,
                Column(_("where it hangs or is kept"), lambda row: row.kept_at, 20),
                _NOTE,
            ),
        ),
    )
}


def narrowed_rows(register: Register, form: RegisterFilterForm, *, by: User) -> QuerySet[RegisterRow]:
    """The rows of a register that the form asks for; withdrawn ones only when asked for."""
    form.is_valid()
    data = form.cleaned_data
    rows = register.model.objects.visible_to(by)
    if data.get("year"):
        rows = rows.filter(listed_on__year=data["year"])
    if data.get("q"):
        rows = rows.containing(data["q"])
    return rows if data.get("with_withdrawn") else rows.live()


@dataclass(frozen=True)
class RegisterLine:
    """One row of a list: its cells as text, the second of which leads to the row."""

    row: RegisterRow
    cells: list[tuple[str, str]]


def lines_of(register: Register, rows: list[RegisterRow]) -> list[RegisterLine]:
    titles = [str(column.title) for column in register.columns]
    return [
        RegisterLine(row, list(zip(titles, [str(column.value(row) or "") for column in register.columns], strict=True)))
        for row in rows
    ]
