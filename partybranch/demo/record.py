"""The branch's year 2022 as its books tell it, entered afterwards, and the first half of this year filed.

What was studied, visited and watched together is known from the press; people, hours, rooms and words are invented.
Some committee meetings and theme days are missing, so that the year shows what it lacked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from partybranch.demo import branch as members
from partybranch.demo.drawn import drawn
from partybranch.demo.year_2022 import TOGETHER, YEAR, Held
from partybranch.models import Attendance, Body, Branch, LifeEvent, Minutes, Person, Term
from partybranch.services import filing, minutes, past, pictures, records, together

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Kind, Status, Post = LifeEvent.Kind, Attendance.Status, Term.Post
ELECTED, REPLACED = date(2021, 3, 15), members.ELECTED
FILED_UNTIL_MONTH = 6
REASONS = ("住院检查", "照顾家人", "外出探亲")
ADDENDUM = "到会名单以签到表原件为准，原件存支部档案柜第2册。"


def show(people_by_account: Mapping[str, User], today: date) -> None:
    """Load it once, into the branch of the demonstration."""
    branch = Branch.objects.filter(bodies__kind=Body.Kind.COMMITTEE).first()
    if branch is None or LifeEvent.objects.filed().exists():
        return
    story = Story(branch, by=people_by_account["organizer"])
    story.elect_the_earlier_committee()
    for held in YEAR:
        story.enter(held)
    story.enter_what_was_held_together()
    for event in branch.events.noticed().filter(held_on__year=today.year, held_on__month__lte=FILED_UNTIL_MONTH):
        story.file(event)


class Story:
    """Enters the books as the organisation member would."""

    def __init__(self, branch: Branch, *, by: User) -> None:
        self.branch, self.by = branch, by
        self.people = {row.name: row for row in Person.objects.filter(memberships__branch=branch)}
        self.bodies = {row.name: row for row in branch.bodies.all()}

    def elect_the_earlier_committee(self) -> None:
        """The same people sat in committee and groups in the three years before."""
        committee = branch_committee(self.bodies.values())
        posts = [(name, post, committee) for name, post in members.COMMITTEE]
        groups = [body for body in self.bodies.values() if body.kind == Body.Kind.GROUP]
        for one in members.MEMBERS:
            is_leader = one.name in members.LEADERS
            posts.append((one.name, Post.GROUP_LEADER if is_leader else Post.GROUP_MEMBER, groups[one.group - 1]))
        stays = {
            row.name: min(stay.starts_on for stay in row.memberships.all())
            for row in Person.objects.filter(memberships__branch=self.branch).prefetch_related("memberships")
        }
        for name, post, body in posts:
            if stays[name] <= ELECTED and name in self.members_of_the_day():
                days = {"starts_on": ELECTED, "ends_on": REPLACED, "ended_by": self.by, "ended_at": timezone.now()}
                row = Term(person=self.people[name], branch=self.branch, body=body, post=post, **days)
                records.record_term(row, by=self.by, form_key=uuid4())

    def members_of_the_day(self) -> set[str]:
        return {one.name for one in members.MEMBERS if one.confirmed and one.confirmed < ELECTED}

    def enter(self, held: Held) -> LifeEvent:
        """One past event with its attendance, minutes and pictures, filed."""
        event = LifeEvent(
            branch=self.branch,
            kind=held.kind,
            body=self.bodies.get(held.body) if held.body else None,
            topic=held.topic,
            held_on=held.day,
            begins_at=held.begins_at,
            place=held.place,
            chair=self.people[members.LEADERS[0] if held.kind == Kind.GROUP_MEETING else "孙德厚"],
            recorder=self.people["叶春梅"],
            lecturer_kind=held.lecturer_kind,
            lecturer=held.lecturer,
            with_others=held.with_others,
        )
        shown = [
            pictures.Chosen(kind, pictures.store_picture(drawn(kind, held.day, number), by=self.by))
            for number, kind in enumerate(held.shown)
        ]
        entry = past.Past(
            event=event,
            outcome=held.outcome,
            text=held.text,
            marks=self.marks(held),
            rest_came=True,
            pictures=shown,
            caption=held.topic if shown else "",
        )
        return past.record_past_event(entry, by=self.by, form_key=uuid4())

    def marks(self, held: Held) -> dict[int, tuple[str, str]]:
        """Now and then somebody is on leave; what was held by WeChat was attended on line."""
        found = {}
        for number, person in enumerate(self.people.values()):
            if (number * 7 + held.day.toordinal()) % 17 == 0:
                found[person.pk] = (Status.LEAVE, REASONS[number % len(REASONS)])
            elif held.is_online:
                found[person.pk] = (Status.ONLINE, "")
        return found

    def enter_what_was_held_together(self) -> None:
        """民主评议 on the day of the 组织生活会, recorded apart; and an addendum beside the first."""
        first = self.branch.events.get(kind=Kind.LIFE_MEETING, held_on=TOGETHER.day)
        second = LifeEvent(kind=TOGETHER.kind, topic=TOGETHER.topic)
        second = together.hold_together(second, first, by=self.by, form_key=uuid4())
        self.file(second, outcome=TOGETHER.outcome, text=TOGETHER.text)
        filing.add_addendum(first, by=self.by, text=ADDENDUM, form_key=uuid4())

    def file(self, event: LifeEvent, outcome: str = "", text: str = "") -> None:
        """Write the minutes of a noticed event whose attendance is recorded, and file it."""
        facts = {
            "topic": event.topic,
            "begins_at": event.begins_at or time(9, 0),
            "place": event.place,
            "chair": event.chair or self.people["孙德厚"],
            "recorder": event.recorder or self.people["叶春梅"],
        }
        newest = Minutes.objects.newest(event)
        minutes.write_minutes(
            event,
            by=self.by,
            version=newest.version if newest else 0,
            facts=facts,
            outcome=outcome or f"围绕“{event.topic}”进行了学习讨论，明确了下一步分工。",
            text=text,
        )
        filing.file_event(event, by=self.by)


def branch_committee(bodies: Iterable[Body]) -> Body:
    return next(body for body in bodies if body.kind == Body.Kind.COMMITTEE)
