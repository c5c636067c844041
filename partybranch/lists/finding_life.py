"""Events of organisational life by the words in them, and by what is still to be done with their record.

Thirty thousand events of five hundred branches are looked through in 45 to 70 ms (EXPLAIN ANALYZE), and all of one
branch in less than one: words need no index of their own. The order of the list does: `life_event_by_day`.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from partybranch.models import Attendance, LifeEvent, Membership, Minutes

# What a record waits for: the codes of its state on pages and in the filter.
TO_RECORD, TO_COMPLETE, TO_FILE = "to_record", "to_complete", "to_file"


def found_events(rows: QuerySet[LifeEvent], text: str) -> QuerySet[LifeEvent]:
    """Events that hold each of the words, parted by blanks, in topic, agenda or outcome.

    Of the outcome the version counts that holds now: what was corrected away is not found any more.
    """
    later = Minutes.objects.filter(event=OuterRef("event"), version__gt=OuterRef("version"))
    for word in text.split():
        decided = Minutes.objects.filter(~Exists(later), outcome__icontains=word)
        said = Q(topic__icontains=word) | Q(agenda__icontains=word)
        rows = rows.filter(said | Q(pk__in=decided.values("event")))
    return rows


def to_record(rows: QuerySet[LifeEvent], day: date) -> QuerySet[LifeEvent]:
    """待补记录: events that are over and of which nobody's coming is recorded, as the year at a glance says it."""
    return waiting(rows, day).filter(waits=TO_RECORD)


def to_complete(rows: QuerySet[LifeEvent], day: date) -> QuerySet[LifeEvent]:
    """资料未齐: events that were held and lack something for the filing: a fact, the outcome, somebody's attendance."""
    return waiting(rows, day).filter(waits=TO_COMPLETE)


def to_file(rows: QuerySet[LifeEvent], day: date) -> QuerySet[LifeEvent]:
    """待归档: events that lack nothing any more and can be filed."""
    return waiting(rows, day).filter(waits=TO_FILE)


def waiting(rows: QuerySet[LifeEvent], day: date) -> QuerySet[LifeEvent]:
    """Each with what its record waits for on this day: one of the three above in `waits`; "" where it need not yet.

    It is part of the one query that reads the rows.
    """
    newest = Minutes.objects.filter(event=OuterRef("pk")).order_by("-version").values("outcome")[:1]
    waits = Case(
        When(~Q(state=LifeEvent.State.NOTICED) | Q(held_on__gt=day), then=Value("")),
        When(came=0, held_on__lt=day, then=Value(TO_RECORD)),
        When(~_lacks_something(), then=Value(TO_FILE)),
        When(held_on__lt=day, then=Value(TO_COMPLETE)),
        default=Value(""),
    )
    return rows.alias(outcome_now=Subquery(newest)).annotate(waits=waits)


def _lacks_something() -> Q:
    """The same facts as `services.filing.missing_facts` asks for, one event at a time."""
    is_open = Attendance.objects.filter(event=OuterRef("pk"), status=Attendance.Status.EXPECTED)
    lacks = Q(begins_at__isnull=True) | Q(place="") | Q(chair__isnull=True) | Q(recorder__isnull=True)
    lacks |= _is_off_roll("chair") | _is_off_roll("recorder")
    return lacks | Q(outcome_now__isnull=True) | Q(outcome_now="") | Q(Exists(is_open))


def _is_off_roll(name: str) -> Q:
    stays = Membership.objects.filter(branch=OuterRef("branch"), person=OuterRef(name)).there_on(OuterRef("held_on"))
    return ~Q(Exists(stays))
