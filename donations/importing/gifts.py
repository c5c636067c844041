"""A list of named donors becomes one gift a row, registered and reviewed in one act of two people."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from donations.importing.choices import LEAST_PUBLIC
from donations.models import Donation, Donor, FundAllocation
from donations.services import summaries
from donations.services.donors import anonymous_donor, fill_keys, guess_kind
from donations.services.query_codes import new_query_codes
from donations.services.registering import GIFT
from donations.services.sealing import seal_of
from hebi_charity.core import dates
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.targets import Merged
from hebi_charity.office.services.numbers import take_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

_shuffler = secrets.SystemRandom()
_REVIEW = """
UPDATE donations_donation d SET state = 'reviewed', reviewed_by_id = %s, reviewed_at = %s,
    booked_on = act.booked_on, seal = act.seal
FROM unnest(%s::bigint[], %s::date[], %s::text[]) AS act (id, booked_on, seal) WHERE d.id = act.id
"""


@dataclass(frozen=True)
class _Act:
    """What all gifts of one chunk share."""

    imported: Import
    plan: Plan
    booked: Mapping[date, date]

    @property
    def fund(self) -> int:
        return self.plan.choices["fund"]

    @property
    def is_gift(self) -> bool:
        return self.plan.choices["kind"] == GIFT


def gift_rows(imported: Import, first: int, last: int) -> list[StagedRow]:
    """The rows between two row numbers that become gifts."""
    return list(imported.rows.to_merge().between(first, last).filter(shape=StagedRow.Shape.GIFT).order_by("row_no"))


def gift_days(imported: Import, first: int, last: int) -> list[date]:
    """The days on which they were received."""
    rows = imported.rows.to_merge().between(first, last).filter(shape=StagedRow.Shape.GIFT)
    return list(rows.order_by().values_list("received_on", flat=True).distinct())


def make_gifts(imported: Import, first: int, last: int, booked: Mapping[date, date]) -> Merged:
    """Make reviewed, sealed gifts of the rows between two row numbers, with donors, parts and summaries."""
    rows = gift_rows(imported, first, last)
    if not rows:
        return Merged()
    act = _Act(imported, Plan.of(imported.plan), booked)
    donors = _donors(act, rows)
    gifts = [_gift(act, row, donor) for row, donor in zip(rows, donors, strict=True)]
    for gift, code in zip(gifts, _codes(len(gifts)), strict=True):
        gift.query_code = code
    # The summaries are locked before the numbers: numbers are taken last and held for the shortest time.
    summaries.hold(gifts, fund=act.fund, booked=booked)
    _register(act, gifts)
    _review(act, gifts)
    summaries.add_booked(gift.pk for gift in gifts)
    return Merged(len(gifts), len(gifts), sum((gift.amount for gift in gifts), Decimal(0)))


def _codes(count: int) -> list[str]:
    """Query codes in no order: the code of one gift must not say where the next one stands."""
    codes = new_query_codes(count)
    _shuffler.shuffle(codes)
    return codes


def _donors(act: _Act, rows: Sequence[StagedRow]) -> list[Donor | None]:
    """A donor of its own for each row: a bare name joins nobody. Who gives no name is the one shared donor."""
    if not act.is_gift:
        return [None] * len(rows)
    nobody = anonymous_donor()
    donors = [_donor(row, nobody) for row in rows]
    Donor.objects.bulk_create([donor for donor in donors if donor is not nobody])
    return donors


def _donor(row: StagedRow, nobody: Donor) -> Donor:
    kind = guess_kind(row.donor_name)
    if kind == Donor.Kind.ANONYMOUS:
        return nobody
    return fill_keys(Donor(kind=kind, name=row.donor_name, made_by_import=True))


def _gift(act: _Act, row: StagedRow, donor: Donor | None) -> Donation:
    is_anonymous = donor is not None and donor.kind == Donor.Kind.ANONYMOUS
    return Donation(
        kind_id=act.plan.choices["kind"],
        donor=donor,
        campaign_id=act.plan.choices["campaign"],
        channel=act.plan.channel,
        amount=row.amount,
        person_times=1 if act.is_gift else 0,
        donated_on=row.donated_on,
        donated_at=row.donated_at,
        received_on=row.received_on,
        recorded_by_id=act.imported.recorded_by_id,
        recorded_on=dates.today(),
        content_key=row.content_key,
        occurrence=row.occurrence,
        loose_key=row.loose_key,
        source_import=act.imported,
        import_row=row.row_no,
        **_payer(act, row),
        **_publicity(act, is_anonymous=is_anonymous),
    )


def _payer(act: _Act, row: StagedRow) -> dict[str, str]:
    """Who paid, where that is another; of other income the name in the list is who it came from."""
    if not act.is_gift:
        return {"note": f"{row.name} {row.note}".strip()[:200]}
    if not row.payer_name:
        return {"note": row.note}
    is_passed_on = "转来" in row.name or "代" not in row.name
    relation = Donation.PayerRelation.PASSED_ON if is_passed_on else Donation.PayerRelation.ON_BEHALF
    return {"note": row.note, "payer_name": row.payer_name, "payer_relation": relation}


def _publicity(act: _Act, *, is_anonymous: bool) -> dict[str, str]:
    mode, disposition = Donation.PublicMode, Donation.ReceiptDisposition
    if not act.is_gift:
        return {"public_mode": mode.NONE, "receipt_disposition": disposition.NOT_RECEIPTABLE}
    if is_anonymous:
        return {"public_mode": mode.ANONYMOUS, "receipt_disposition": disposition.ANONYMOUS}
    # No sentence was read to this donor, so `consent` stays empty whatever was chosen for the list.
    chosen = act.plan.choices.get("public_mode") or LEAST_PUBLIC
    return {"public_mode": chosen, "receipt_disposition": disposition.PENDING}


def _register(act: _Act, gifts: Sequence[Donation]) -> None:
    """Save the gifts with their numbers and parts, as a clerk would: not binding yet."""
    series = "donation" if act.is_gift else "income"
    for gift, number in zip(gifts, take_numbers(series, on=dates.today(), count=len(gifts)), strict=True):
        gift.donation_no = number
    Donation.objects.bulk_create(gifts)
    FundAllocation.objects.bulk_create(
        FundAllocation(donation=gift, fund_id=act.fund, amount=gift.amount) for gift in gifts
    )


def _review(act: _Act, gifts: Sequence[Donation]) -> None:
    """Make them binding in the name of who confirmed the import, each with its seal."""
    now = timezone.now()
    for gift in gifts:
        gift.state, gift.reviewed_at = Donation.State.REVIEWED, now
        gift.reviewed_by_id = act.imported.confirmed_by_id
        gift.booked_on = act.booked[gift.received_on]
        gift.seal = seal_of(gift, [(act.fund, gift.amount)])
    columns = zip(*((gift.pk, gift.booked_on, gift.seal) for gift in gifts), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_REVIEW, [act.imported.confirmed_by_id, now, *map(list, columns)])
