"""The month's gifts and other income as facts, and the words the first page says about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import ClassVar, TypeVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hebi_charity.reports.charts import Bars, bar_chart
from hebi_charity.reports.facts import Compared, DoesNotFoot, Headline, Table, change, share
from hebi_charity.reports.figures import in_words, percent, quoted, yuan

NOTHING = Decimal("0.00")


Item = TypeVar("Item")


def in_two(items: list[Item]) -> list[tuple[Item, Item | None]]:
    """A list broken into a left and a right half, row by row."""
    half = (len(items) + 1) // 2
    return list(zip_longest(items[:half], items[half:]))


@dataclass(frozen=True)
class Counted:
    """A number of documents and their sum in yuan."""

    gifts: int = 0
    amount: Decimal = NOTHING


@dataclass(frozen=True)
class Composition:
    """How the month's gift income came about: received and booked in it, received earlier, reversed."""

    received_now: Counted
    received_earlier: Counted
    reversed_now: Counted

    @property
    def net(self) -> Counted:
        """What the month shows as gift income."""
        return Counted(
            self.received_now.gifts + self.received_earlier.gifts - self.reversed_now.gifts,
            self.received_now.amount + self.received_earlier.amount - self.reversed_now.amount,
        )


@dataclass(frozen=True)
class Day:
    """One day's gift income: gifts, person-times, yuan; reversals of the day are taken off."""

    on: date
    gifts: int
    person_times: int
    amount: Decimal


@dataclass(frozen=True)
class CampaignDay:
    """What a campaign raised on one day, by the moment of giving."""

    on: date
    person_times: int
    amount: Decimal


@dataclass(frozen=True)
class Raised:
    """What a campaign raised between two days, by the moment of giving. Days count both ends."""

    name: str
    first_day: date
    last_day: date
    days: int
    person_times: int
    amount: Decimal

    @property
    def per_day(self) -> Decimal:
        """The daily mean in yuan."""
        return self.amount / self.days

    @property
    def per_person_time(self) -> Decimal | None:
        return self.amount / self.person_times if self.person_times else None


@dataclass(frozen=True)
class CampaignFacts:
    """A campaign up to the end of the month: raised by day of giving, arrived by the bank, never added.

    `before` is the campaign of the year before with which the text compares, with its own length.
    """

    raised: Raised
    is_running: bool
    platform: str
    filing_no: str
    from_public: Decimal | None
    from_units: Decimal | None
    match_money: Decimal | None
    arrived: Decimal
    not_arrived: Decimal
    by_day: tuple[CampaignDay, ...]
    before: Raised | None

    @property
    def both(self) -> tuple[Raised, ...]:
        return (self.raised, self.before) if self.before else (self.raised,)

    @property
    def amount_change(self) -> Decimal | None:
        return change(self.raised.amount, self.before.amount) if self.before else None

    @property
    def person_times_change(self) -> Decimal | None:
        return change(self.raised.person_times, self.before.person_times) if self.before else None

    @property
    def per_day_change(self) -> Decimal | None:
        """The honest comparison of campaigns of different length."""
        return change(self.raised.per_day, self.before.per_day) if self.before else None

    @property
    def per_person_time_change(self) -> Decimal | None:
        return change(self.raised.per_person_time, self.before.per_person_time) if self.before else None

    def day_chart(self) -> SafeString:
        return bar_chart(
            f"campaign-{self.raised.first_day:%Y%m%d}-{self.raised.days}",
            Bars([f"{day.on.month}.{day.on.day}" for day in self.by_day], [day.amount for day in self.by_day]),
            every=max(1, len(self.by_day) // 12),
            height=230,
        )

    def day_rows(self) -> list[tuple[CampaignDay, CampaignDay | None]]:
        return in_two([day for day in self.by_day if day.amount])


@dataclass(frozen=True)
class Correction:
    """A document that was reversed in this month."""

    number: str
    booked_on: date
    amount: Decimal
    reason: str


@dataclass(frozen=True)
class GiftMonth:
    """The month of gifts: money that arrived and was reviewed, by the day it was booked (入账日)."""

    key: ClassVar[str] = "gifts"
    template: ClassVar[str] = "donations/reporting/month.html"

    month: date
    last_day: date
    gift_income: Compared
    person_times: Compared
    platform_person_times: int
    gifts: Compared
    other_income: Compared
    all_income: Compared
    restricted: Decimal
    gift_kinds: Table
    other_kinds: Table
    by_channel: Table
    by_fund: Table
    by_campaign: Table
    composition: Composition
    not_arrived: Counted
    not_reviewed: Counted
    days: tuple[Day, ...]
    campaigns: tuple[CampaignFacts, ...]
    corrections_made: tuple[Correction, ...]

    def __post_init__(self) -> None:
        gift_sums = {
            "kinds": self.gift_kinds.total,
            "channels": self.by_channel.total,
            "campaigns": self.by_campaign.total,
        }
        wrong = [name for name, total in gift_sums.items() if total != self.gift_income]
        wrong += ["other kinds"] if self.other_kinds.total != self.other_income else []
        wrong += ["funds"] if self.by_fund.total != self.all_income else []
        wrong += ["all income"] if self.gift_income + self.other_income != self.all_income else []
        wrong += ["days"] if sum((day.amount for day in self.days), NOTHING) != self.gift_income.this_month else []
        wrong += ["composition"] if self.composition.net.amount != self.gift_income.this_month else []
        if wrong:
            raise DoesNotFoot(f"{self.month}: {', '.join(wrong)}")

    def title(self) -> str:
        return _("Gifts and other income")

    def headings(self) -> list[tuple[str, str]]:
        """Anchors and titles for the contents."""
        return [
            ("gifts-kind", _("Money received by kind")),
            ("gifts-made-up", _("How the month's gift income came about")),
            ("gifts-channel", _("Gift income by way of payment")),
            ("gifts-fund", _("Money received by fund")),
            ("gifts-campaign", _("Gift income by campaign")),
            ("gifts-day", _("Gift income by day")),
            *[
                (f"gifts-campaign-{position}", _("Campaign: %(name)s") % {"name": campaign.raised.name})
                for position, campaign in enumerate(self.campaigns, start=1)
            ],
        ]

    def day_chart(self) -> SafeString:
        return bar_chart(
            "gifts-by-day",
            Bars([str(day.on.day) for day in self.days], [day.amount for day in self.days]),
            every=2,
        )

    @property
    def booked_person_times(self) -> int:
        """Person-times whose money is in this month's income; those of platforms come with the day of giving."""
        return self.person_times.this_month - self.platform_person_times

    def day_rows(self) -> list[tuple[Day, Day | None]]:
        """The days with gifts, two in a row: read down the left side, then the right."""
        return in_two([day for day in self.days if day.gifts or day.amount])

    def headlines(self) -> list[Headline]:
        return [
            Headline(_("Gift income"), self.gift_income, "yuan"),
            Headline(_("Person-times of giving"), self.person_times, _("person-times")),
            Headline(_("Number of gifts"), self.gifts, _("gifts (counting word)")),
            Headline(_("All money received"), self.all_income, "yuan"),
        ]

    def sentences(self) -> list[str]:
        """Three sentences a leader may read aloud."""
        return [self._what_came_in(), self._from_where(), self._what_is_restricted()]

    def _what_came_in(self) -> str:
        sentence = _(
            "In %(month)s gift income was %(amount)s in %(gifts)s gifts from %(times)s person-times%(changes)s."
        ) % {
            "month": _("%(year)s-%(month)s") % {"year": self.month.year, "month": self.month.month},
            "amount": in_words(self.gift_income.this_month),
            "gifts": f"{self.gifts.this_month:,}",
            "times": f"{self.person_times.this_month:,}",
            "changes": self._changes(),
        }
        if not self.other_income.this_month:
            return sentence
        return sentence + _("Other income was %(other)s; together %(all)s.") % {
            "other": in_words(self.other_income.this_month),
            "all": in_words(self.all_income.this_month),
        }

    def _changes(self) -> str:
        said = []
        for word, figure in (
            (_("month on month"), self.gift_income.month_on_month),
            (_("year on year"), self.gift_income.year_on_year),
        ):
            if figure is not None:
                said.append(_(", %(word)s %(change)s") % {"word": word, "change": percent(figure, signed=True)})
        return "".join(said)

    def _from_where(self) -> str:
        channels = sorted(self.by_channel.lines, key=lambda line: line.figure.this_month, reverse=True)
        if not channels or channels[0].figure.this_month <= 0:
            return _("No gift was booked in this month.")
        most = channels[0]
        sentence = _("Most of it came through %(channel)s: %(amount)s, %(share)s of gift income") % {
            "channel": quoted(most.label),
            "amount": in_words(most.figure.this_month),
            "share": percent(share(most.figure.this_month, self.gift_income.this_month)),
        }
        earlier = self.composition.received_earlier
        if earlier.gifts:
            sentence += _("; %(amount)s of it was received earlier and booked in this month") % {
                "amount": in_words(earlier.amount)
            }
        return sentence + _(".")

    def _what_is_restricted(self) -> str:
        return _(
            "Of all money received %(restricted)s (%(share)s) is bound to a purpose; gift income of the year so far"
            " is %(year)s from %(times)s person-times."
        ) % {
            "restricted": in_words(self.restricted),
            "share": percent(share(self.restricted, self.all_income.this_month)),
            "year": in_words(self.gift_income.year_to_date),
            "times": f"{self.person_times.year_to_date:,}",
        }

    def decisions(self) -> list[str]:
        """What a leader has to decide or to press for."""
        found = []
        if self.not_arrived.gifts:
            found.append(
                _("%(count)s gifts of together %(amount)s yuan have not arrived: decide who presses for them.")
                % {"count": f"{self.not_arrived.gifts:,}", "amount": yuan(self.not_arrived.amount)}
            )
        if self.not_reviewed.gifts:
            found.append(
                _("%(count)s gifts of together %(amount)s yuan are registered and wait for review.")
                % {"count": f"{self.not_reviewed.gifts:,}", "amount": yuan(self.not_reviewed.amount)}
            )
        found += [
            _("%(campaign)s: %(amount)s yuan raised have not arrived in the bank; settle with the platform.")
            % {"campaign": quoted(campaign.raised.name), "amount": yuan(campaign.not_arrived)}
            for campaign in self.campaigns
            if campaign.not_arrived > 0 and not campaign.is_running
        ]
        return found

    def basis(self) -> list[str]:
        """How the figures are counted (统计口径)."""
        return [
            _(
                "Income counts money that arrived and was reviewed, in the month of its booking date: the later of"
                " the day it was received and the first day of the first open month. What was received before and"
                " booked in this month is shown apart; what was reversed in this month is taken off here."
            ),
            _(
                "Gift income contains what the table of income kinds counts as gifts. Government grants, money from"
                " upper charities, interest and the like are other income; funds and totals contain both."
            ),
            _(
                "Person-times: paid orders of a platform less those fully refunded; a collective gift counts the heads"
                " on its list, or 1 without one; other income counts none."
            ),
            _(
                "Campaign pages go by the moment of giving and contain what was reviewed when the month was closed."
                " What was raised and what has arrived in the bank are two figures that are never added."
            ),
            _(
                "Changes: against the month before (环比) and the same month last year (同比). Where the base is"
                " missing, zero or negative a dash is printed. Figures in 10,000 yuan are rounded from totals in yuan."
            ),
        ]

    def corrections(self) -> list[str]:
        """What this month corrects of earlier ones."""
        reversed_now = self.composition.reversed_now
        if not reversed_now.gifts:
            return []
        return [
            ngettext(
                "%(count)s gift of earlier booking, %(amount)s yuan, was reversed in this month.",
                "%(count)s gifts of earlier booking, %(amount)s yuan, were reversed in this month.",
                reversed_now.gifts,
            )
            % {"count": f"{reversed_now.gifts:,}", "amount": yuan(reversed_now.amount)}
        ]
