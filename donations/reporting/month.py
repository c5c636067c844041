"""The month of gifts as facts, from the summaries by day of booking."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date, timedelta

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from donations.models import Campaign, DailySummary, Donation, Fund, IncomeKind, Reversal
from donations.reporting.books import Booked, Books, cut_off, gift_kinds_of, months_so_far, platform_person_times
from donations.reporting.campaigns import campaigns_of
from donations.reporting.facts import NOTHING, Composition, Correction, Counted, Day, GiftMonth
from hebi_charity.audit.models import Entry
from hebi_charity.core.dates import month_end, month_start, previous_month
from hebi_charity.reports.facts import Compared, Line, Table

REVERSALS_SHOWN = 60


def gift_month(month: date) -> GiftMonth:
    """The facts of one month. A closed month gives the same facts for ever."""
    books = Books.of(month)
    gifts, others = books.gifts(), books.others()
    on_platform = platform_times(books)
    booked_times = books.compared(gifts, lambda row: row.person_times)
    return GiftMonth(
        month=month,
        last_day=month_end(month),
        gift_income=books.compared(gifts),
        person_times=booked_times + on_platform,
        platform_person_times=on_platform.this_month,
        gifts=books.compared(gifts, lambda row: row.gifts),
        other_income=books.compared(others),
        all_income=books.compared(books.rows),
        restricted=restricted(books),
        gift_kinds=by_kind(books, gifts),
        other_kinds=by_kind(books, others),
        by_channel=by_channel(books, gifts),
        by_fund=by_fund(books),
        by_campaign=by_campaign(books, gifts),
        composition=composition(books),
        not_arrived=not_arrived(month),
        not_reviewed=not_reviewed(month),
        days=days(month),
        campaigns=campaigns_of(month),
        corrections_made=corrections(month),
    )


def table(books: Books, rows: Iterable[Booked], key: Callable[[Booked], Hashable], labels: dict) -> Table:
    """A line for each key that has any figure, in the order of `labels`: key -> (label, note)."""
    rows = list(rows)
    lines = []
    for value, (label, note) in labels.items():
        figure = books.compared(row for row in rows if key(row) == value)
        if figure.this_month or figure.last_month or figure.last_year or figure.year_to_date:
            lines.append(Line(label, figure, note))
    return Table(tuple(lines), books.compared(rows))


def by_kind(books: Books, rows: list[Booked]) -> Table:
    return table(books, rows, lambda row: row.kind, {kind.code: (kind.name, "") for kind in IncomeKind.objects.all()})


def by_channel(books: Books, rows: list[Booked]) -> Table:
    labels = {channel.value: (str(channel.label), "") for channel in Donation.Channel}
    return table(books, rows, lambda row: row.channel, labels)


def by_fund(books: Books) -> Table:
    funds = Fund.objects.order_by("code")
    labels = {fund.pk: (fund.name, str(fund.get_restriction_display())) for fund in funds}
    return table(books, books.rows, lambda row: row.fund, labels)


def by_campaign(books: Books, rows: list[Booked]) -> Table:
    labels = {campaign.pk: (campaign.name, "") for campaign in Campaign.objects.order_by("-starts_on", "pk")}
    labels[None] = (_("outside campaigns"), "")
    return table(books, rows, lambda row: row.campaign, labels)


def restricted(books: Books):
    """Money received in the month that is bound to a purpose or held for another, in yuan."""
    bound = set(Fund.objects.exclude(restriction=Fund.Restriction.UNRESTRICTED).values_list("pk", flat=True))
    return sum((row.amount for row in books.rows if row.month == books.month and row.fund in bound), NOTHING)


def platform_times(books: Books) -> Compared:
    """Person-times of platform pools: each month's own, from what each close knew."""

    def of(month: date | None) -> int | None:
        return None if month is None else platform_person_times(month) - platform_person_times(previous_month(month))

    so_far = months_so_far(books.month)
    year = platform_person_times(books.month) - platform_person_times(previous_month(so_far[0]))
    return Compared(of(books.month), of(books.last_month), of(books.last_year), year)


def composition(books: Books) -> Composition:
    """How the month's gift income came about."""
    rows = [row for row in books.gifts() if row.month == books.month]
    late = Counted(sum(row.late_gifts for row in rows), sum((row.late_amount for row in rows), NOTHING))
    off = Counted(sum(row.reversed_gifts for row in rows), sum((row.reversed_amount for row in rows), NOTHING))
    net = Counted(sum(row.gifts for row in rows), sum((row.amount for row in rows), NOTHING))
    return Composition(
        received_now=Counted(net.gifts + off.gifts - late.gifts, net.amount + off.amount - late.amount),
        received_earlier=late,
        reversed_now=off,
    )


def counted(donations) -> Counted:
    found = donations.aggregate(yuan=Sum("amount"))
    return Counted(donations.count(), found["yuan"] or NOTHING)


def not_arrived(month: date) -> Counted:
    """Reviewed gifts whose money was still awaited when the month was closed (待到账)."""
    last, cut = month_end(month), cut_off(month)
    bounced_later = Entry.objects.filter(act="donation.bounced", at__gt=cut).values("object_id")
    waiting = Q(arrival=Donation.Arrival.PENDING)
    waiting |= Q(arrival=Donation.Arrival.ARRIVED, arrival_by__isnull=False, booked_on__gt=last)
    waiting |= Q(arrival=Donation.Arrival.BOUNCED, pk__in=bounced_later)
    known = Donation.objects.reviewed().filter(waiting, donated_on__lte=last, reviewed_at__lte=cut)
    return counted(known.exclude(reversal__approved_at__lte=cut))


def not_reviewed(month: date) -> Counted:
    """Gifts of this month or earlier that were registered and not reviewed when the month was closed."""
    last, cut = month_end(month), cut_off(month)
    known = Donation.objects.filter(donated_on__lte=last, recorded_at__lte=cut)
    return counted(known.exclude(reviewed_at__lte=cut).exclude(voided_at__lte=cut))


def days(month: date) -> tuple[Day, ...]:
    """Gift income of every day of the month, by day of booking; reversals of the day are taken off."""
    last = month_end(month)
    summaries = DailySummary.objects.filter(
        basis=DailySummary.Basis.BOOKED, day__range=(month, last), kind__in=gift_kinds_of([month])[month]
    )
    names = ("gifts", "person_times", "amount")
    sums = summaries.values("day").annotate(
        **{f"{name}_in": Sum(name) for name in names}, **{f"{name}_off": Sum(f"reversed_{name}") for name in names}
    )
    found = {row["day"]: [row[f"{name}_in"] - row[f"{name}_off"] for name in names] for row in sums.order_by("day")}
    every = [month + timedelta(days=number) for number in range(last.day)]
    return tuple(Day(day, *found.get(day, (0, 0, NOTHING))) for day in every)


def corrections(month: date) -> tuple[Correction, ...]:
    """Documents of gift income that were reversed in this month."""
    reversals = Reversal.objects.filter(
        reversed_on__range=(month_start(month), month_end(month)),
        donation__booked_on__isnull=False,
        donation__kind__in=gift_kinds_of([month])[month],
    ).select_related("donation")
    return tuple(
        Correction(
            number=reversal.donation.donation_no,
            booked_on=reversal.donation.booked_on,
            amount=reversal.donation.amount,
            reason=reversal.reason,
        )
        for reversal in reversals.order_by("pk")[:REVERSALS_SHOWN]
    )
