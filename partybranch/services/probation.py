"""The probation lasts a year (中国共产党章程 art. 7): nobody is confirmed before it is over."""

from __future__ import annotations

from datetime import date

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates
from partybranch.models import Person, StageChange
from partybranch.models.stage_change import no_probation
from partybranch.services.broken_rules import BrokenRule
from partybranch.standing import anniversary


class ProbationNotOver(BrokenRule):
    """The day lies in the year of the probation."""

    def __init__(self, admitted: date, first: date) -> None:
        super().__init__(admitted, first)
        self.sentence = _(
            "The person was admitted as probationary member on %(admitted)s, and the probation lasts one year"
            " (Constitution of the Party, article 7). It can be confirmed or extended on %(first)s at the earliest."
        ) % {"admitted": dates.format_day(admitted), "first": dates.format_day(first)}


def ask_whether_over(person: Person, day: date) -> None:
    """Raises ProbationNotOver where the last admission by this day is less than a year old.

    Not asked of who was admitted before the constitution of August 1977 brought the probation of a year back.
    """
    changes = person.stage_changes.live().by(day).filter(stage=StageChange.Stage.PROBATIONARY)
    admitted = changes.aggregate(last=Max("on"))["last"]
    if admitted is None or admitted < no_probation().upper:
        return
    first = anniversary(admitted, admitted.year + 1)
    if day < first:
        raise ProbationNotOver(admitted, first)
