"""Organisational life of the month: the rules are read here, bodies and events are counted by the database.

What a rule asks for in a period is told once for all branches, and once for each branch with a rule of its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from partybranch.lists.periods import period_of
from partybranch.lists.year import BODIES, asked_days
from partybranch.models import LifeEvent, Requirement
from partybranch.models.requirement import in_force
from partybranch.reporting.facts import LifeLine

Kind = LifeEvent.Kind
FOR_ALL = 0  # the scope of rules for every branch; another scope is the number of one branch

# By kind: how often it was asked for in periods that end with the month and how often that was met, how often it was
# held in the month and in the year. A body is asked when it exists on the last day and for at least half of the
# period, as lists.year has it; what was held is asked of LifeEventQuerySet.held_by, whose statement is put in here.
_LINES = """
WITH asked AS (
    SELECT * FROM unnest(%(scopes)s::bigint[], %(kinds)s::text[], %(seats)s::text[], %(times)s::integer[],
        %(firsts)s::date[], %(sinces)s::date[]) AS one (scope, kind, seat, times, first, since)
), event (branch_id, body_id, kind, held_on) AS (
    {held}
), held AS (
    SELECT branch_id, coalesce(body_id, 0) AS body, kind, held_on FROM event
), subject AS (
    SELECT branch.id AS branch, coalesce(body.id, 0) AS body, asked.kind, asked.times, asked.first
    FROM partybranch_branch branch
    JOIN asked ON asked.scope = CASE WHEN branch.id = ANY(%(own)s) THEN branch.id ELSE 0 END
    LEFT JOIN partybranch_body body ON body.branch_id = branch.id AND body.kind = asked.seat
    WHERE (asked.seat = '' OR body.id IS NOT NULL)
        AND (least(branch.dissolved_on, body.dissolved_on) > %(last)s) IS NOT FALSE
        AND 2 * (%(last)s::date - greatest(branch.founded_on, body.founded_on, asked.since) + 1)
            >= %(last)s::date - asked.first + 1
), counted AS (
    SELECT subject.kind, subject.times, count(held.kind) AS held
    FROM subject LEFT JOIN held ON held.branch_id = subject.branch AND held.body = subject.body
        AND held.kind = subject.kind AND held.held_on >= subject.first
    GROUP BY subject.branch, subject.body, subject.kind, subject.times
), required AS (
    SELECT kind, sum(times) AS required, sum(least(times, held)) AS met FROM counted GROUP BY kind
), total AS (
    SELECT kind, count(*) FILTER (WHERE held_on >= %(month)s) AS held, count(*) AS so_far FROM held GROUP BY kind
)
SELECT kind, coalesce(required, 0)::integer, coalesce(met, 0)::integer, coalesce(held, 0), coalesce(so_far, 0)
FROM required FULL JOIN total USING (kind)
"""


@dataclass(frozen=True)
class Asked:
    """What a rule asks of a scope in the period that ends with the month: since when in it, and how often."""

    scope: int
    kind: str
    times: int
    first: date
    since: date


def life_lines(month: date, last: date, after: date) -> tuple[LifeLine, ...]:
    """A line for each kind that was asked for in this month or held in the year."""
    rules = rules_by_scope(last)
    asked = [one for scope in rules for one in asked_of(scope, rules, month, last)]
    held, places = held_in(date(month.year, 1, 1), last, after)
    values = places | {
        "scopes": [one.scope for one in asked],
        "kinds": [one.kind for one in asked],
        "seats": [str(BODIES.get(one.kind, "")) for one in asked],
        "times": [one.times for one in asked],
        "firsts": [one.first for one in asked],
        "sinces": [one.since for one in asked],
        "own": [scope for scope in rules if scope != FOR_ALL],
        "month": month,
        "last": last,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LINES.replace("{held}", held), values)
        counts = {kind: numbers for kind, *numbers in cursor.fetchall()}
    return tuple(LifeLine(str(Kind(kind).label), *counts[kind]) for kind in Kind.values if kind in counts)


def held_in(first: date, last: date, after: date) -> tuple[str, dict[str, object]]:
    """The events held from a day to a day, as the text of a statement with named places, and what stands in these."""
    rows = LifeEvent.objects.in_days(first, last).held_by(after).order_by()
    text, values = rows.values_list("branch_id", "body_id", "kind", "held_on").query.sql_with_params()
    places = {f"held_{number}": value for number, value in enumerate(values)}
    return text % tuple(f"%({name})s" for name in places), places


def rules_by_scope(last: date) -> dict[int, list[Requirement]]:
    """The rules begun by this day: those for all under `FOR_ALL`, those of one branch under its number."""
    found: dict[int, list[Requirement]] = defaultdict(list)
    found[FOR_ALL] = []
    for rule in Requirement.objects.live().begun_by(last):
        found[rule.branch_id or FOR_ALL].append(rule)
    return found


def asked_of(scope: int, by_scope: dict[int, list[Requirement]], month: date, last: date) -> list[Asked]:
    """What the rules that decide on the month's last day ask for in a period that ends with it."""
    rules = by_scope[FOR_ALL] if scope == FOR_ALL else by_scope[FOR_ALL] + by_scope[scope]
    found = []
    for kind in Kind.values:
        rule = in_force(rules, kind, last)
        period = period_of(rule.per, month) if rule else None
        if rule and period and period.last == last and (days := asked_days(kind, period, rule, rules)):
            found.append(Asked(scope, str(kind), rule.times, period.first, days.first))
    return found
