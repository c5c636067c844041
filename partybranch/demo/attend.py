"""Two meetings of this year with their votes: an admission carried, a void ballot, an election; a guest who sat in.

Of a visit one has made up what was missed, one was taught at home, one still owes it. People and counts are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from partybranch.models import Attendance, Branch, LifeEvent, MakeUp, Observer, Person, Vote, VoteCandidate
from partybranch.services import events, make_ups, observers, votes
from partybranch.services.invented import announce_in_time

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Status, Kind = Attendance.Status, LifeEvent.Kind
ADMITTED_ON = date(2026, 4, 20)
COUNTED_OUT = "2026年10月9日支部党员大会同意，报上级党组织批准：长期卧病，不计入应到会人数"


def show(people_by_account: Mapping[str, User], today: date) -> None:
    """Load it once, into the branch of the demonstration."""
    visit = LifeEvent.objects.filter(kind=Kind.VISIT, held_on=today - timedelta(days=12)).first()
    if visit is None or Vote.objects.exists():
        return
    story = Story(visit.branch, by=people_by_account["organizer"])
    story.admit()
    story.elect(today - timedelta(days=26))
    story.make_up(visit, today)


class Story:
    """Records what the tellers counted, as the organisation member would."""

    def __init__(self, branch: Branch, *, by: User) -> None:
        self.branch, self.by = branch, by
        self.people = {row.name: row for row in Person.objects.of_branch(branch)}

    def meeting(self, topic: str, day: date, *away: str) -> LifeEvent:
        """A general meeting to which everybody came but those named, who were on leave."""
        event = LifeEvent(
            branch=self.branch,
            kind=Kind.GENERAL_MEETING,
            topic=topic,
            held_on=day,
            begins_at=time(9, 0),
            place="三楼会议室",
            chair=self.people["孙德厚"],
            recorder=self.people["叶春梅"],
        )
        event = announce_in_time(events.prepare_event(event, by=self.by, form_key=uuid4()), by=self.by)
        marks = {
            row.pk: (Status.LEAVE, "住院检查") if row.person.name in away else (Status.PRESENT, "")
            for row in event.attendance.filter(status=Status.EXPECTED).select_related("person")
        }
        events.record_attendance(event, marks, by=self.by)
        return event

    def vote(self, event: LifeEvent, kind: str, matter: str, *candidates: VoteCandidate, **facts: object) -> Vote:
        row = Vote(event=event, kind=kind, matter=matter, names=len(candidates), **facts)
        return votes.record_vote(row, candidates, by=self.by, form_key=uuid4())

    def admit(self) -> None:
        """常少辉 is admitted; one who was away had given a written opinion before."""
        event = self.meeting("讨论接收常少辉同志为中共预备党员", ADMITTED_ON, "彭立新")
        guest = Observer(event=event, guest="何督导", unit="市直机关工委")
        observers.add_observer(guest, by=self.by, form_key=uuid4())
        came = event.attendance.filter(has_vote=True, status=Status.PRESENT).count()
        self.vote(
            event,
            "admission",
            "接收为中共预备党员",
            person=self.people["常少辉"],
            present=came,
            written=1,
            written_yes=1,
            issued=came,
            returned=came,
            valid=came,
            yes=came,
        )
        self.vote(event, "ordinary", "通过二季度学习安排", way="hands", present=came, yes=came - 1, abstain=1)

    def elect(self, day: date) -> None:
        """The first ballot is void, one more came back than was handed out; the second elects."""
        event = self.meeting("增补支部委员", day, "彭立新")
        came = event.attendance.filter(has_vote=True, status=Status.PRESENT).count()
        facts = {"seats": 1, "present": came, "issued": came, "counted_out_basis": COUNTED_OUT}
        first, second = self.people["段晓莉"], self.people["沈志远"]
        uncounted = [VoteCandidate(person=one, yes=0, no=0, abstain=0) for one in (first, second)]
        self.vote(event, "election", "增补支部委员（第一次投票）", *uncounted, returned=came + 1, valid=0, **facts)
        counted = (
            VoteCandidate(person=first, yes=came - 3, no=3, abstain=0),
            VoteCandidate(person=second, yes=3, no=came - 3, abstain=0),
        )
        self.vote(event, "election", "增补支部委员（重新投票）", *counted, returned=came, valid=came, **facts)

    def make_up(self, visit: LifeEvent, today: date) -> None:
        rows = {row.person.name: row for row in visit.attendance.select_related("person")}
        kept = (
            ("彭立新", MakeUp.Way.RECORDING, "观看参观录像和讲解词", ""),
            ("郭长青", MakeUp.Way.HOME_VISIT, "上门讲述参观见闻，送去学习材料", "邵广田"),
        )
        for name, way, what, helper in kept:
            facts = {"done_on": today - timedelta(days=5), "way": way, "what": what, "helper": helper}
            make_ups.record_make_ups(visit, [rows[name]], by=self.by, form_key=uuid4(), **facts)
