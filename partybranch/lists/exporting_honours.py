"""Honours and registers leave the house as files: logged on the branch's side, with person and time on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Model, QuerySet
from django.forms import Form
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core import dates
from hebi_charity.core.export import Column, Export
from hebi_charity.office.filters import filter_in_words
from partybranch.lists.exporting import watermark_of
from partybranch.lists.quoting import federation_name
from partybranch.lists.registers import Register
from partybranch.models import Honour
from partybranch.services.logging import record_bulk

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

STANDING = Column(gettext_lazy("state"), lambda row: _standing(row), 20)


def _standing(row: Model) -> str:
    if row.is_withdrawn():
        return _("withdrawn: %(reason)s") % {"reason": row.withdrawal_reason}
    if isinstance(row, Honour) and row.is_revoked():
        return _("revoked: %(reason)s") % {"reason": row.revoked_reason}
    return _("in force")


def _columns_of_honours() -> list[Column[Honour]]:
    federation = federation_name()
    return [
        Column(gettext_lazy("when"), lambda row: row.when(), 16),
        Column(gettext_lazy("title of the honour"), lambda row: row.title, 30),
        Column(gettext_lazy("who received it"), lambda row: row.recipient(federation), 24),
        Column(gettext_lazy("who gave it"), lambda row: row.bodies(), 36),
        Column(gettext_lazy("year or activity it stands for"), lambda row: row.period_label, 12),
        Column(gettext_lazy("level"), lambda row: str(row.get_level_display()), 10),
        Column(gettext_lazy("nature"), lambda row: str(row.get_nature_display()), 12),
        Column(gettext_lazy("number of the document"), lambda row: row.document_no, 20),
        Column(gettext_lazy("title of the document"), lambda row: row.document_title, 30),
        Column(gettext_lazy("number of the certificate"), lambda row: row.certificate_no, 16),
        Column(gettext_lazy("what was handed over"), lambda row: str(row.get_medium_display()), 10),
        Column(gettext_lazy("where it hangs or is kept"), lambda row: row.kept_at, 20),
        Column(gettext_lazy("valid until"), lambda row: row.valid_until, 12),
        Column(gettext_lazy("next review due on"), lambda row: row.review_due_on, 12),
        Column(gettext_lazy("note"), lambda row: row.note, 24),
        STANDING,
    ]


def export_honours(rows: QuerySet[Honour], *, by: User, form: Form) -> Export[Honour]:
    """The honours of the filter as a table, logged before it leaves the house."""
    return _exported(list(rows), Honour, _("Honours"), _columns_of_honours(), by=by, form=form)


def export_register(register: Register, rows: QuerySet, *, by: User, form: Form) -> Export:
    """The rows of a register as a table, logged before it leaves the house."""
    columns = [*register.columns, *register.more, STANDING]
    return _exported(list(rows), register.model, str(register.title), columns, by=by, form=form)


def _exported(rows: list, model: type[Model], title: str, columns: list, *, by: User, form: Form) -> Export:
    words = filter_in_words(form)
    record_bulk(by, "party.honours_exported", model, count=len(rows), reason=words[:300])
    return Export(
        name=f"{title} {dates.today().isoformat()}",
        columns=columns,
        rows=rows,
        notes=[_("Filtered by: %(filter)s") % {"filter": words or _("no filter")}],
        watermark=watermark_of(by),
    )
