"""Days of which sometimes only the month or the year is known, and which are never said more precisely than that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core.dates import format_day_in_full

# Where in a list stands what has no day at all: behind everything else.
UNDATED = date(1900, 1, 1)


class Precision(models.TextChoices):
    DAY = "day", gettext_lazy("the day is known")
    MONTH = "month", gettext_lazy("only the month is known")
    YEAR = "year", gettext_lazy("only the year is known")
    UNKNOWN = "unknown", gettext_lazy("not known when")


@dataclass(frozen=True)
class ImpreciseDay:
    """A day as far as it is known: `day` is the first of the month or year of which no more is known."""

    day: date | None
    precision: str

    def __str__(self) -> str:
        return when_in_words(self.day, self.precision)


def when_in_words(day: date | None, precision: str) -> str:
    """2021年10月15日, 2021年10月, 2021年, or that it is not known."""
    if day is None or precision == Precision.UNKNOWN:
        return _("date not known")
    if precision == Precision.YEAR:
        return _("in the year %(year)s") % {"year": day.year}
    if precision == Precision.MONTH:
        return _("in month %(month)s of %(year)s") % {"year": day.year, "month": day.month}
    return format_day_in_full(day)


class Dated(models.Model):
    """A row that happened on a day known with a precision; `listed_on` is its place in lists and never shown."""

    happened_on = models.DateField(gettext_lazy("when"), null=True, editable=False)
    precision = models.CharField(
        gettext_lazy("precision of the day"), max_length=7, choices=Precision, default=Precision.DAY, editable=False
    )
    listed_on = models.DateField(editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(precision=Precision.UNKNOWN, happened_on__isnull=True)
                | Q(precision=Precision.DAY, happened_on__isnull=False, listed_on=F("happened_on"))
                | Q(
                    precision=Precision.MONTH,
                    happened_on__isnull=False,
                    happened_on__day=1,
                    listed_on=F("happened_on"),
                )
                | Q(
                    precision=Precision.YEAR,
                    happened_on__isnull=False,
                    happened_on__day=1,
                    happened_on__month=1,
                    listed_on=F("happened_on"),
                ),
                name="%(class)s_day_fits_precision",
                violation_error_message=gettext_lazy("A day is kept no more precisely than it is known."),
            )
        ]

    def when(self) -> str:
        return when_in_words(self.happened_on, self.precision)

    def set_when(self, when: ImpreciseDay, *, listed_on: date | None = None) -> None:
        """Keep the day as far as it is known; `listed_on` places what has none."""
        self.happened_on, self.precision = when.day, when.precision
        self.listed_on = when.day or listed_on or UNDATED

    @property
    def listed_year(self) -> int | None:
        """The year under which it stands; None where none is known."""
        return None if self.listed_on == UNDATED else self.listed_on.year
