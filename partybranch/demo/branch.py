"""A branch of retired cadres with invented members: committee, two groups, stages mixed, several over seventy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from partybranch.models import Attendance, Body, Branch, Circumstance, LifeEvent, Membership, Person, StageChange, Term
from partybranch.services import belonging, branches, events, people, records
from partybranch.services.invented import announce_in_time

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Stage, Arrival, Kind, Post = StageChange.Stage, Membership.Arrival, Circumstance.Kind, Term.Post
Status = Attendance.Status
FOUNDED = date(2012, 3, 1)
ELECTED, DUE = date(2024, 3, 15), date(2027, 3, 15)
CHOSEN = date(2025, 4, 8)  # as a candidate for admission, of who is on probation now


@dataclass(frozen=True)
class Invented:
    """One invented person: name, sex, month of birth, former post, admission and confirmation, retirement, group."""

    name: str
    sex: str
    born: tuple[int, int]
    post: str
    admitted: date | None
    confirmed: date | None
    retired: date | None = None
    group: int = 1
    stage: str = Stage.FULL


M, F = Person.Sex.MALE, Person.Sex.FEMALE
MEMBERS = (
    Invented("孙德厚", M, (1958, 4), "原市民政局副局长", date(1984, 6, 20), date(1985, 6, 20), date(2018, 5, 1)),
    Invented(
        "叶春梅", F, (1966, 9), "原市慈善总会办公室主任", date(1992, 7, 1), date(1993, 7, 1), date(2021, 10, 1), 2
    ),
    Invented("郭长青", M, (1944, 2), "原市人大代表联络处处长", None, date(1972, 2, 29), date(2004, 3, 1)),
    Invented("田桂兰", F, (1947, 11), "原区妇联主席", None, date(1975, 7, 1), date(2002, 12, 1), 2),
    Invented("冯守义", M, (1951, 8), "原市粮食局局长", None, date(1976, 6, 30), date(2011, 9, 1)),
    Invented("秦玉芬", F, (1953, 1), "原中学校长", date(1977, 9, 1), date(1978, 9, 1), date(2008, 2, 1), 2),
    Invented("雷国栋", M, (1949, 12), "原市水利局总工程师", None, date(1974, 12, 26), date(2010, 1, 1)),
    Invented("蒋素云", F, (1955, 5), "原市人民医院护士长", date(1983, 7, 1), date(1984, 7, 1), date(2010, 6, 1), 2),
    Invented("彭立新", M, (1956, 10), "原县委党校教员", date(1985, 10, 1), date(1986, 10, 1), date(2016, 11, 1)),
    Invented("罗美玲", F, (1959, 3), "原市财政局科长", date(1990, 6, 28), date(1991, 6, 28), date(2014, 4, 1), 2),
    Invented("邵广田", M, (1952, 7), "原乡镇党委书记", date(1979, 5, 4), date(1980, 5, 4), date(2012, 8, 1)),
    Invented("韩秀荣", F, (1961, 12), "原市残联副理事长", date(1995, 7, 1), date(1996, 7, 1), date(2017, 1, 1), 2),
    Invented("董建勋", M, (1963, 6), "原市审计局副局长", date(1988, 12, 1), date(1989, 12, 1), date(2023, 7, 1)),
    Invented("沈志远", M, (1982, 8), "募捐部主任", date(2006, 6, 1), date(2007, 6, 1), None, 2),
    Invented("段晓莉", F, (1990, 10), "项目部主任", date(2019, 7, 1), date(2020, 7, 1)),
    Invented("常少辉", M, (1994, 3), "财务部职工", date(2026, 4, 20), None, None, 2, Stage.PROBATIONARY),
    Invented("崔雨桐", F, (1996, 7), "宣传部职工", date(2026, 1, 12), None, None, 1, Stage.CANDIDATE),
    Invented("侯文博", M, (1998, 2), "募捐部职工", date(2025, 3, 18), None, None, 2, Stage.ACTIVIST),
    Invented("乔欣然", F, (2000, 11), "办公室职工", date(2026, 9, 1), None, None, 1, Stage.APPLICANT),
    Invented("贾宏亮", M, (1989, 5), "仓储部职工", None, None, None, 1, ""),
    Invented("欧阳静", F, (1993, 9), "项目部职工", None, None, None, 2, ""),
)
CIRCUMSTANCES = (
    ("郭长青", Kind.EXEMPT, date(2022, 5, 1), "年逾八十，行动不便，送学上门"),
    ("田桂兰", Kind.EXEMPT, date(2025, 2, 10), "长期患病"),
    ("彭立新", Kind.MOBILE, date(2025, 11, 1), "随子女居住郑州市，保持电话联系"),
)
COMMITTEE = (
    ("孙德厚", Post.SECRETARY),
    ("叶春梅", Post.ORGANISATION),
    ("罗美玲", Post.PUBLICITY),
    ("董建勋", Post.DISCIPLINE),
)
LEADERS = ("邵广田", "韩秀荣")


def show(people_by_account: Mapping[str, User], today: date) -> None:
    """Load the branch once; what is there already stays."""
    if Branch.objects.exists():
        return
    Demonstration(by=people_by_account["organizer"]).load(people_by_account, today)


class Demonstration:
    """Records the branch as its organisation member would."""

    def __init__(self, *, by: User) -> None:
        self.by = by
        self.branch = branches.found_branch(
            Branch(name="鹤壁市慈善总会离退休干部党支部", superior="中共鹤壁市民政局机关委员会", founded_on=FOUNDED),
            by=by,
            form_key=uuid4(),
        )
        self.people: dict[str, Person] = {}

    def load(self, people_by_account: Mapping[str, User], today: date) -> None:
        committee = self.body(Body.Kind.COMMITTEE, "支委会")
        groups = [self.body(Body.Kind.GROUP, "第一党小组"), self.body(Body.Kind.GROUP, "第二党小组")]
        for number, invented in enumerate(MEMBERS, start=1):
            self.people[invented.name] = self.record(invented, f"1380000{number:04d}")
        for name, post in COMMITTEE:
            self.term(name, post, committee)
        for invented in MEMBERS:
            if invented.stage in StageChange.MEMBERS:
                is_leader = invented.name in LEADERS
                self.term(
                    invented.name, Post.GROUP_LEADER if is_leader else Post.GROUP_MEMBER, groups[invented.group - 1]
                )
        for name, kind, day, reason in CIRCUMSTANCES:
            row = Circumstance(person=self.people[name], kind=kind, starts_on=day, reason=reason)
            records.record_circumstance(row, by=self.by, form_key=uuid4())
        self.let_some_go()
        self.hold_events(today)
        for name, account in (("孙德厚", "secretary"), ("叶春梅", "organizer")):
            people.change_person(
                self.people[name], by=self.by, reason="关联登录账号", account=people_by_account[account]
            )

    def body(self, kind: str, name: str) -> Body:
        return branches.found_body(
            Body(branch=self.branch, kind=kind, name=name, founded_on=FOUNDED), by=self.by, form_key=uuid4()
        )

    def record(self, one: Invented, phone: str) -> Person:
        is_on_probation = one.stage == Stage.PROBATIONARY
        day = CHOSEN if is_on_probation else one.confirmed or one.admitted
        came = max(day, FOUNDED) if day else date(2021, 2, 8)
        entry = people.NewPerson(
            branch=self.branch,
            name=one.name,
            starts_on=came,
            stage=Stage.CANDIDATE if is_on_probation else one.stage,
            stage_on=day,
            admitted_on=one.admitted if one.confirmed else None,
            arrival=Arrival.FOUNDED if one.stage in {Stage.FULL} else Arrival.HERE,
            sex=one.sex,
            birth_month=date(*one.born, 1),
            post=one.post,
            phone=phone,
            retired_on=one.retired,
        )
        person = people.register_person(entry, by=self.by, form_key=uuid4())
        if is_on_probation:
            change = StageChange(person=person, stage=one.stage, on=one.admitted, basis="支部党员大会决议")
            belonging.record_stage(change, by=self.by, form_key=uuid4())
        return person

    def term(self, name: str, post: str, body: Body) -> None:
        person = self.people[name]
        first = person.stage_changes.filter(stage__in=StageChange.MEMBERS).earliest("on")
        day = max(ELECTED, person.memberships.get().starts_on, first.on)
        due = DUE if body.kind == Body.Kind.COMMITTEE else None
        row = Term(person=person, branch=self.branch, body=body, post=post, starts_on=day, due_on=due)
        records.record_term(row, by=self.by, form_key=uuid4())

    def hold_events(self, today: date) -> None:
        """A visit that was attended, a lecture still to come whose notice was given, and one being prepared."""
        visit = self.event("visit", "参观毛连洞村红色教育基地", today - timedelta(days=12), place="淇滨区毛连洞村")
        announce_in_time(visit, by=self.by)
        marks = {row.pk: (Status.PRESENT, "") for row in visit.attendance.filter(status=Status.EXPECTED)}
        marks[visit.attendance.get(person=self.people["彭立新"]).pk] = (Status.LEAVE, "外出探亲")
        marks[visit.attendance.get(person=self.people["秦玉芬"]).pk] = (Status.ONLINE, "")
        marks[visit.attendance.get(person=self.people["蒋素云"]).pk] = (Status.ABSENT, "")
        events.record_attendance(visit, marks, by=self.by)
        lecture = self.event(
            "lecture", "学习党的二十大精神", today + timedelta(days=5), place="三楼会议室", with_others=True
        )
        announce_in_time(lecture, by=self.by)
        self.event("general", "讨论预备党员转正事项", today + timedelta(days=20))

    def event(self, kind: str, topic: str, day: date, **facts: object) -> LifeEvent:
        chair, recorder = self.people["孙德厚"], self.people["叶春梅"]
        row = LifeEvent(
            branch=self.branch, kind=kind, topic=topic, held_on=day, chair=chair, recorder=recorder, **facts
        )
        return events.prepare_event(row, by=self.by, form_key=uuid4())

    def let_some_go(self) -> None:
        """One was transferred out, one has died: the rolls of earlier days still have them."""
        gone = Invented("毕庆丰", M, (1950, 6), "原市农机局局长", date(1979, 7, 1), date(1980, 7, 1), date(2010, 7, 1))
        dead = Invented("鲁振山", M, (1938, 3), "原公社书记", date(1961, 7, 1), date(1962, 7, 1), date(1998, 4, 1))
        person = self.record(gone, "13800000098")
        belonging.transfer_out(person, by=self.by, day=date(2025, 6, 10), went_to="郑州市金水区某社区党支部")
        change = StageChange(person=self.record(dead, ""), stage=Stage.DECEASED, on=date(2024, 12, 3), basis="因病去世")
        belonging.record_stage(change, by=self.by, form_key=uuid4())
