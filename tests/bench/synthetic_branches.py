"""Invented Party branches with two years of organisational life, made by the database in sets.

Every branch is alike, so that one of many compares with the only one: 40 members in two groups, a committee of four, 60
events whose lists were frozen and attended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from hebi_charity.accounts.models import User
from partybranch.models import Attendance, Body, Branch, Circumstance, LifeEvent, Membership, Person, StageChange, Term
from tests.bench.databases import superuser
from tests.bench.synthetic import insert

FOUNDED, FIRST_DAY, YEAR, DAYS_APART = date(2012, 1, 1), date(2024, 1, 5), 2025, 12
MEMBERS, EVENTS = 40, 60
# The kind of every event by its number; committee and groups meet too.
_KINDS = "(ARRAY['general','committee','group','lecture','theme_day','committee','theme_day','group','study','life'])"
_KIND = f"{_KINDS}[1 + e % 10]"
# The members of all branches, numbered from 0: the branch of each is that number divided by 40.
_PEOPLE = (
    f"(SELECT id, n / {MEMBERS} AS branch, n % {MEMBERS} AS place FROM (SELECT id, row_number() OVER (ORDER BY id)"
)
_PEOPLE += " - 1 AS n FROM partybranch_person) numbered) AS person"
_BRANCHES = "(SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM partybranch_branch) AS branch"
_BOTH = f"{_PEOPLE} JOIN {_BRANCHES} ON branch.n = person.branch"
# What the database keeps with each event by a trigger, which does not run here.
_TURNOUT = """
UPDATE partybranch_lifeevent e SET (expected, came, missed) = (
    SELECT count(*) FILTER (WHERE a.status <> 'exempt'), count(*) FILTER (WHERE a.status IN ('present', 'online')),
        count(*) FILTER (WHERE a.status IN ('leave', 'absent')) FROM partybranch_attendance a WHERE a.event_id = e.id)
"""
_SEAT = "JOIN partybranch_body body ON body.branch_id = branch.id AND body.name = "


@dataclass(frozen=True)
class Branches:
    """How many branches a database holds; everything else follows."""

    count: int

    @property
    def attendance(self) -> int:
        """Rows of attendance, when every list holds every member; committee and groups are smaller."""
        return self.count * EVENTS * MEMBERS


def fill(database: str, size: Branches) -> None:
    """Fill an empty database; then let the database look at it.

    As superuser and without triggers: what is made here stands as the services leave it, and is read only.
    """
    by = str(User.objects.create(username="benchparty", full_name="登记员").pk)
    session = superuser(database)
    with session.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SELECT setseed(0.25)")
        for statement in (*_branches(size), *_members(size, by), *_life(by), (_TURNOUT, None)):
            cursor.execute(*statement)
        cursor.execute("VACUUM ANALYZE")
    session.close()


def made(model: type[Model], source: str, **varied: str) -> tuple[str, list[object]]:
    """Rows from a source in which a per cent sign is the remainder."""
    return insert(model, source.replace("%", "%%"), **varied)


def _branches(size: Branches) -> list[tuple[str, list[object]]]:
    named = f"generate_series(1, {size.count}) n"
    bodies = "partybranch_branch b, (VALUES ('committee', '支委会'), ('group', '第一党小组'), ('group', '第二党小组'))"
    return [
        made(Branch, named, name="'基准第' || n || '党支部'", founded_on=f"date '{FOUNDED}'"),
        made(
            Body,
            f"{bodies} AS seat (kind, name)",
            branch_id="b.id",
            kind="seat.kind",
            name="seat.name",
            founded_on=f"date '{FOUNDED}'",
        ),
    ]


def _members(size: Branches, by: str) -> list[tuple[str, list[object]]]:
    recorded = {"recorded_by_id": by, "recorded_at": "now()"}
    sound = "translate(md5(n::text), '0123456789', 'ghijklmnop')"
    since = f"date '{FOUNDED}'"
    posts = "(ARRAY['secretary', 'organisation', 'publicity', 'discipline'])[1 + person.place]"
    rows = [
        made(
            Person,
            f"generate_series(1, {size.count * MEMBERS}) n",
            name="'党员' || n",
            name_key="'党员' || n",
            sort_key=sound,
            initials=f"left({sound}, 3)",
            created_at="now()",
        ),
        made(
            Membership,
            _BOTH,
            person_id="person.id",
            branch_id="branch.id",
            arrival="'founded'",
            starts_on=since,
            **recorded,
        ),
    ]
    for stage, day in (("probationary", "1990-07-01"), ("full", "1991-07-01")):
        rows.append(made(StageChange, _BOTH, person_id="person.id", stage=f"'{stage}'", on=f"date '{day}'", **recorded))
    for kind, places in (("retired", "true"), ("exempt", "person.place % 10 = 9")):
        rows.append(
            made(
                Circumstance,
                f"{_BOTH} WHERE {places}",
                person_id="person.id",
                kind=f"'{kind}'",
                reason="'年老体弱'",
                starts_on=since,
                **recorded,
            )
        )
    seats = (
        (f"{_BOTH} {_SEAT} '支委会' WHERE person.place < 4", posts),
        (
            f"{_BOTH} {_SEAT} (CASE WHEN person.place % 2 = 0 THEN '第一党小组' ELSE '第二党小组' END)",
            "CASE WHEN person.place IN (4, 5) THEN 'group_leader' ELSE 'group_member' END",
        ),
    )
    for source, post in seats:
        term = {"person_id": "person.id", "branch_id": "branch.id", "body_id": "body.id", "post": post}
        rows.append(made(Term, source, starts_on=since, **term, **recorded))
    return rows


def _life(by: str) -> list[tuple[str, list[object]]]:
    body = (
        f"(SELECT body.id FROM partybranch_body body WHERE body.branch_id = branch.id AND body.kind = {_KIND}"
        " ORDER BY body.id LIMIT 1)"
    )
    expected = "event.held_on < date '2025-12-31'"
    on_list = (
        "partybranch_lifeevent event JOIN partybranch_membership m ON m.branch_id = event.branch_id"
        " JOIN partybranch_circumstance c ON c.person_id = m.person_id AND c.kind = 'retired'"
        " LEFT JOIN partybranch_circumstance frail ON frail.person_id = m.person_id AND frail.kind = 'exempt',"
        f" LATERAL (SELECT random() AS luck, m.person_id AS who) chance WHERE {expected}"
    )
    status = (
        "CASE WHEN frail.id IS NOT NULL THEN 'exempt' WHEN luck < 0.85 THEN 'present' WHEN luck < 0.88 THEN 'online'"
        " WHEN luck < 0.96 THEN 'leave' ELSE 'absent' END"
    )
    return [
        made(
            LifeEvent,
            f"{_BRANCHES}, generate_series(0, {EVENTS - 1}) e",
            branch_id="branch.id",
            body_id=body,
            kind=_KIND,
            topic="'第' || e || '次组织生活'",
            place="'三楼会议室'",
            held_on=f"date '{FIRST_DAY}' + e * {DAYS_APART}",
            state="'noticed'",
            recorded_by_id=by,
            recorded_at="now()",
            noticed_by_id=by,
            noticed_at="now()",
        ),
        made(
            Attendance,
            on_list,
            event_id="event.id",
            person_id="m.person_id",
            has_vote="true",
            is_exempt="frail.id IS NOT NULL",
            status=status,
            leave_reason="CASE WHEN frail.id IS NULL AND luck >= 0.88 AND luck < 0.96 THEN '住院' ELSE '' END",
            marked_by_id=by,
            marked_at="now()",
        ),
    ]
