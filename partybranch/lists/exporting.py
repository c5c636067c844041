"""The roll leaves the house as a file: logged on the branch's side, with person and time in its first line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.forms import Form
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core.export import Column, Export, demonstration_mark
from hebi_charity.office.filters import filter_in_words
from hebi_charity.office.templatetags.frame import local_day
from partybranch.lists.roll import RollLine
from partybranch.models import Membership
from partybranch.services.logging import record_bulk

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

COLUMNS: list[Column[RollLine]] = [
    Column(gettext_lazy("name of the person"), lambda line: line.person.name, 12),
    Column(gettext_lazy("sex"), lambda line: line.person.get_sex_display(), 6),
    Column(gettext_lazy("month of birth"), lambda line: _month(line.person.birth_month), 10),
    Column(gettext_lazy("Party branch"), lambda line: line.branch, 24),
    Column(gettext_lazy("Party group"), lambda line: line.group, 14),
    Column(gettext_lazy("stage"), lambda line: line.stage, 12),
    Column(gettext_lazy("admitted on"), lambda line: line.admitted_on, 12),
    Column(gettext_lazy("confirmed on"), lambda line: line.confirmed_on, 12),
    Column(gettext_lazy("standing (full years)"), lambda line: line.years, 10),
    Column(gettext_lazy("post in the branch"), lambda line: line.posts, 16),
    Column(gettext_lazy("circumstances"), lambda line: line.circumstances, 20),
    Column(gettext_lazy("in the branch since"), lambda line: line.since, 12),
]


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""


def watermark_of(by: User) -> str:
    """Who took a table of the branch out of the house and when, for its first line."""
    moment = local_day(timezone.now())
    mark = _("Exported by %(person)s (%(account)s) at %(moment)s · only for work inside the Party branch")
    marks = [mark % {"person": by.full_name, "account": by.username, "moment": moment}, demonstration_mark()]
    return " · ".join(filter(None, marks))


def export_roll(lines: list[RollLine], *, by: User, day: date, form: Form) -> Export[RollLine]:
    """The roll as a table to be written, logged before it leaves the house."""
    words = filter_in_words(form)
    record_bulk(by, "party.roll_exported", Membership, count=len(lines), reason=words[:300])
    return Export(
        name=_("Roll of the branch %(day)s") % {"day": day.isoformat()},
        columns=COLUMNS,
        rows=lines,
        notes=[_("Filtered by: %(filter)s") % {"filter": words or _("no filter")}],
        watermark=watermark_of(by),
    )
