"""Lists of gifts as files: streamed by key, safe against formulas, without personal data beyond the name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Max, QuerySet, Sum
from django.forms import Form
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from donations.lists.narrowing import counting
from donations.models import Donation, PlatformOrder
from hebi_charity.audit import services as audit
from hebi_charity.core import dates
from hebi_charity.core.export import Column, Export, demonstration_mark
from hebi_charity.core.paging import in_chunks
from hebi_charity.office.filters import filter_in_words

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

XLSX_ROWS = 20_000  # above this an Excel file takes longer than a page may; CSV has no limit
EXPORTED = "donation.exported"


class TooManyForExcel(Exception):
    """So many rows are downloaded as CSV, which is streamed."""


@dataclass(frozen=True)
class Extent:
    """What a list holds at this moment; rows that come in meanwhile are left out."""

    count: int
    amount: Decimal  # of the rows that count
    last: int
    not_counting: int = 0

    @classmethod
    def of(cls, rows: QuerySet, *, counting: QuerySet | None = None) -> Extent:
        """`counting`: the rows whose amounts count, when not all of them do."""
        found = rows.aggregate(count=Count("pk"), amount=Sum("amount"), last=Max("pk"))
        if counting is None:
            return cls(found["count"], found["amount"] or Decimal(0), found["last"] or 0)
        counted = counting.aggregate(count=Count("pk"), amount=Sum("amount"))
        left_out = found["count"] - counted["count"]
        return cls(found["count"], counted["amount"] or Decimal(0), found["last"] or 0, left_out)

    def in_words(self, filtered: str) -> str:
        """The reason an export is logged with: what it was filtered by, and how many rows are in no sum."""
        if not self.not_counting:
            return filtered[:300]
        left_out = {"count": f"{self.not_counting:,}"}
        said = _("%(count)s of the rows are voided, bounced or reversed and not in the sum") % left_out
        return "；".join(part for part in (said, filtered) if part)[:300]


def export_gifts(rows: QuerySet[Donation], *, by: User, kind: str, form: Form) -> Export[Donation]:
    """The rows as a table to be written, logged with count, sum and filter before it leaves the house.

    Raises TooManyForExcel.
    """
    extent = Extent.of(rows, counting=counting(rows))
    check_size(extent, kind)
    words = filter_in_words(form)
    sums = {"CNY": extent.amount}
    audit.record_bulk(by, EXPORTED, Donation, count=extent.count, sums=sums, reason=extent.in_words(words))
    people = ("recorded_by", "reviewed_by", "donor", "kind", "campaign")
    whole = rows.filter(pk__lte=extent.last).select_related(*people).prefetch_related("allocations__fund")
    return _export(_("gifts"), GIFT_COLUMNS, in_chunks(whole), by=by, words=words)


def export_orders(pool: Donation, rows: QuerySet[PlatformOrder], *, by: User, kind: str, form: Form) -> Export:
    """The orders of a pool as a table, logged like any export. Raises TooManyForExcel."""
    extent = Extent.of(rows)
    check_size(extent, kind)
    words = filter_in_words(form)
    audit.record_bulk(by, EXPORTED, pool, count=extent.count, sums={"CNY": extent.amount}, reason=words[:300])
    whole = rows.filter(pk__lte=extent.last)
    return _export(pool.donation_no, ORDER_COLUMNS, in_chunks(whole), by=by, words=words)


def check_size(extent: Extent, kind: str) -> None:
    if kind != "csv" and extent.count > XLSX_ROWS:
        raise TooManyForExcel


def _export(name: str, columns: list[Column], rows: Iterable, *, by: User, words: str) -> Export:
    today = dates.today().isoformat()
    return Export(
        name=f"{name} {today}",
        columns=columns,
        rows=rows,
        notes=[
            _("Exported by %(person)s on %(day)s") % {"person": by.full_name, "day": today},
            _("Filtered by: %(filter)s") % {"filter": words or _("no filter")},
        ],
        watermark=demonstration_mark(),
    )


def _funds(donation: Donation) -> str:
    parts = list(donation.allocations.all())
    if len(parts) == 1:
        return parts[0].fund.name
    return "；".join(f"{part.fund.name} {part.amount}" for part in parts)


def _state(donation: Donation) -> str:
    return pgettext("state", "reversed") if donation.is_reversed() else donation.get_state_display()


def _name(person: User | None) -> str:
    return person.full_name if person else ""


GIFT_COLUMNS: list[Column[Donation]] = [
    Column(gettext_lazy("number"), lambda row: row.donation_no, 18),
    Column(gettext_lazy("query code"), lambda row: row.query_code, 10),
    Column(gettext_lazy("kind of receipt"), lambda row: row.kind.name),
    Column(gettext_lazy("donor"), lambda row: row.donor.name if row.donor else "", 24),
    Column(gettext_lazy("kind of donor"), lambda row: row.donor.get_kind_display() if row.donor else ""),
    Column(gettext_lazy("paid by"), lambda row: row.payer_name, 20),
    Column(gettext_lazy("amount (yuan)"), lambda row: row.amount, 16),
    Column(gettext_lazy("currency"), lambda row: row.currency, 8),
    Column(gettext_lazy("amount in foreign currency"), lambda row: row.foreign_amount, 16),
    Column(gettext_lazy("rate"), lambda row: None if row.booked_rate is None else f"{row.booked_rate.normalize():f}"),
    Column(gettext_lazy("way of payment"), lambda row: row.get_channel_display()),
    Column(gettext_lazy("cheque, bank or order number"), lambda row: row.voucher_no, 20),
    Column(gettext_lazy("person-times"), lambda row: row.person_times, 8),
    Column(gettext_lazy("given on"), lambda row: row.donated_on, 12),
    Column(gettext_lazy("received on"), lambda row: row.received_on, 12),
    Column(gettext_lazy("booked on"), lambda row: row.booked_on, 12),
    Column(gettext_lazy("arrival"), lambda row: row.get_arrival_display()),
    Column(gettext_lazy("state"), _state),
    Column(gettext_lazy("fund"), _funds, 24),
    Column(gettext_lazy("campaign"), lambda row: row.campaign.name if row.campaign else "", 24),
    Column(gettext_lazy("how it is published"), lambda row: row.get_public_mode_display()),
    Column(gettext_lazy("public name"), lambda row: row.public_name),
    Column(gettext_lazy("donation bill"), lambda row: row.get_receipt_disposition_display(), 20),
    Column(gettext_lazy("note"), lambda row: row.note, 24),
    Column(gettext_lazy("Recorded by"), lambda row: _name(row.recorded_by), 10),
    Column(gettext_lazy("Reviewed by"), lambda row: _name(row.reviewed_by), 10),
]
ORDER_COLUMNS: list[Column[PlatformOrder]] = [
    Column(gettext_lazy("line of the file"), lambda row: row.row_no, 10),
    Column(gettext_lazy("Order number"), lambda row: row.order_no or "", 30),
    Column(gettext_lazy("amount (yuan)"), lambda row: row.amount, 14),
    Column(gettext_lazy("given on"), lambda row: row.donated_on, 12),
    Column(gettext_lazy("given at"), lambda row: row.donated_at, 20),
    Column(gettext_lazy("nickname"), lambda row: row.nickname, 20),
]
