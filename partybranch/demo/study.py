"""The branch's study of 2022 as the press tells it: plan, four books, notes, a course whose learners then taught.

Titles of the books and how the branch studied are known; days, prices, hours, notes and people are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

from partybranch.demo.drawn import drawn
from partybranch.lists.study import STUDIED
from partybranch.models import (
    Attendance,
    Body,
    Branch,
    HourRule,
    IssueList,
    LearningRecord,
    LifeEvent,
    LifePicture,
    MaterialLoan,
    MaterialPurchase,
    Membership,
    PassOnDuty,
    Person,
    StudyMaterial,
    StudyOccasion,
    StudyPlan,
    StudyPlanItem,
)
from partybranch.services import learning, materials, study, study_plans

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Unit, Form, Source = HourRule.Unit, StudyPlanItem.Form, MaterialPurchase.Source
AIM = "巩固拓展党史学习教育成果，学习贯彻党的二十大精神，以党建促业务。自学与集中学习、线上学习与线下学习相结合。"
PERSONAL_AIM = "完成全年学习任务，联系本职工作写出体会。"
PERSONAL_TASKS = (
    "通读《中国共产党简史》，每季度两章",
    "学习《习近平新时代中国特色社会主义思想学习问答》",
    "学习《毛泽东、邓小平、江泽民、胡锦涛关于中国共产党历史论述摘要》",
    "对照《做合格的共产党员》检查自己",
    "原原本本学习党的二十大文件",
    "写心得体会两篇",
)
# From the month, to the month, what, form, who leads.
ITEMS = (
    (1, 3, "《中国共产党简史》", Form.TOGETHER, "孙德厚"),
    (1, 12, "个人按学习计划自学", Form.SELF, ""),
    (3, 3, "请领导讲党课：从党的百年历程看初心使命", Form.LECTURE, "叶春梅"),
    (4, 4, "参观辉县郭亮村", Form.VISIT, "罗美玲"),
    (5, 5, "微信党课：《做合格的共产党员》", Form.ONLINE, "罗美玲"),
    (7, 7, "参观淇滨区毛连洞村", Form.VISIT, "邵广田"),
    (8, 9, "“99公益日”业务培训和现场提问", Form.TRAINING, "沈志远"),
    (10, 12, "党的二十大精神", Form.TOGETHER, "孙德厚"),
)
# Title, publisher, copies, price of a copy.
BOOKS = (
    ("《习近平新时代中国特色社会主义思想学习问答》", "学习出版社、人民出版社", 24, "25.00"),
    ("《中国共产党简史》", "人民出版社、中共党史出版社", 30, "42.00"),
    ("《毛泽东、邓小平、江泽民、胡锦涛关于中国共产党历史论述摘要》", "中央文献出版社", 24, "22.00"),
    ("《做合格的共产党员》", "党建读物出版社", 24, "18.00"),
)
BOUGHT_ON, ISSUED_ON, NOT_SIGNED = date(2022, 2, 15), date(2022, 3, 1), ("彭立新",)
# Who, what, day, hours, note.
NOTES = (
    ("雷国栋", "《中国共产党简史》第一章", date(2022, 3, 8), "2", "治水先治心，老一辈修红旗渠靠的就是这股劲。"),
    ("蒋素云", "《做合格的共产党员》", date(2022, 5, 16), "2", "退休不褪色，社区里有困难老人我愿意多跑几趟。"),
    ("冯守义", "《习近平新时代中国特色社会主义思想学习问答》第三章", date(2022, 6, 9), "3", ""),
    (
        "韩秀荣",
        "党的二十大报告",
        date(2022, 10, 20),
        "4",
        "报告讲到引导、支持有意愿有能力的社会组织参与公益慈善，信心更足了。",
    ),
    ("郭长青", "党的二十大报告（送学上门）", date(2022, 10, 26), "2", "眼睛不好，请组长读，听了两个上午。"),
)
LEARNERS = ("沈志远", "段晓莉")


def show(people_by_account: Mapping[str, User], today: date) -> None:
    """Load it once, into the branch of the demonstration."""
    branch = Branch.objects.filter(bodies__kind=Body.Kind.COMMITTEE).first()
    if branch is None or StudyPlan.objects.exists():
        return
    story = Story(branch, by=people_by_account["organizer"], secretary=people_by_account["secretary"])
    story.plan_the_year(2022)
    story.plan_the_year(today.year)
    story.buy_and_hand_out(today)
    story.study_alone(today)
    story.go_to_courses(today)
    story.credit_meetings(today)


class Story:
    """Records the study as the organisation member would; the secretary confirms."""

    def __init__(self, branch: Branch, *, by: User, secretary: User) -> None:
        self.branch, self.by, self.secretary = branch, by, secretary
        self.people = {row.name: row for row in Person.objects.filter(memberships__branch=branch)}

    def plan_the_year(self, year: int) -> None:
        plan = StudyPlan(
            branch=self.branch,
            year=year,
            aim=AIM,
            personal_aim=PERSONAL_AIM,
            personal_tasks="\n".join(PERSONAL_TASKS),
        )
        plan = study_plans.make_plan(plan, by=self.by, form_key=uuid4())
        for first, last, subject, form, leader in ITEMS:
            item = StudyPlanItem(
                plan=plan,
                first_month=first,
                last_month=last,
                subject=subject,
                form=form,
                leader=self.people.get(leader),
            )
            study_plans.add_item(item, by=self.by, form_key=uuid4())
        study_plans.make_personal_plans(plan, by=self.by)

    def buy_and_hand_out(self, today: date) -> None:
        """Every member of that day gets all four; one has not signed yet, and a copy too many is lent."""
        titles = []
        for number, (title, publisher, copies, price) in enumerate(BOOKS):
            row = StudyMaterial(branch=self.branch, title=title, publisher=publisher)
            row = materials.add_material(row, by=self.by, form_key=uuid4())
            purchase = MaterialPurchase(
                material=row,
                bought_on=BOUGHT_ON,
                copies=copies,
                unit_price=Decimal(price),
                paid_from=Source.DUES if number else Source.PARTY_FUNDS,
                seller="鹤壁市新华书店",
                invoice_no=f"0012345{number}",
            )
            materials.record_purchase(purchase, by=self.by, form_key=uuid4())
            titles.append(row)
        stays = Membership.objects.on(ISSUED_ON).filter(branch=self.branch)
        people = list(Person.objects.filter(memberships__in=stays).order_by("sort_key", "pk"))
        issued = IssueList(branch=self.branch, title="2022年党员学习用书", issued_on=ISSUED_ON)
        issued = materials.hand_out(issued, people, dict.fromkeys(titles, 1), by=self.by, form_key=uuid4())
        signed = [person.pk for person in people if person.name not in NOT_SIGNED]
        materials.tick_signed(issued, signed, by=self.by)
        day = today - timedelta(days=50)
        loan = MaterialLoan(
            material=titles[1], person=self.people["欧阳静"], lent_on=day, due_on=day + timedelta(days=90)
        )
        materials.lend(loan, by=self.by, form_key=uuid4())

    def study_alone(self, today: date) -> None:
        """Notes of 2022 are confirmed, the first with its photograph; three of this month wait."""
        rows = [self.state(*one, has_picture=not number) for number, one in enumerate(NOTES)]
        learning.confirm_learning(rows, by=self.secretary)
        for number, name in enumerate(("田桂兰", "罗美玲", "侯文博"), start=1):
            self.state(name, "《习近平谈治国理政》专题", today - timedelta(days=3 * number), "2", "")

    def state(
        self, name: str, subject: str, day: date, hours: str, note: str, *, has_picture: bool = False
    ) -> LearningRecord:
        length = learning.Measure(Unit.SELF_HOUR, Decimal(hours))
        shown = [drawn(LifePicture.Kind.PAGE, day, 0)] if has_picture else []
        entry = study.Statement(self.branch, self.people[name], subject, day, day, length, note)
        return study.state_self_study(entry, by=self.by, form_key=uuid4(), pictures=shown)

    def go_to_courses(self, today: date) -> None:
        """选派骨干参加上级培训，学成后再作为教师: those of 2022 taught; one course of the last winter is still open."""
        first = self.course(
            "慈善组织网络募捐业务骨干培训班", date(2022, 8, 15), date(2022, 8, 17), LEARNERS, place="郑州市"
        )
        for name, subject, day in (
            (LEARNERS[0], "转授：网络募捐项目设计和“99公益日”规则", date(2022, 8, 26)),
            (LEARNERS[1], "转授：公开募捐备案、票据和信息公开", date(2022, 8, 29)),
        ):
            duty = PassOnDuty.objects.get(occasion=first, person=self.people[name])
            lecture = study.Lecture(
                self.branch, duty.person, subject, day, learning.Measure(Unit.HOUR, Decimal(2)), duty=duty
            )
            study.record_lecture(lecture, by=self.by, form_key=uuid4())
        self.course(
            "全省慈善信息化培训班",
            date(today.year - 1, 12, 30),
            date(today.year, 1, 2),
            LEARNERS[1:],
            due_on=date(today.year, 12, 31),
            days="4",
        )

    def course(
        self, title: str, first: date, last: date, names: tuple[str, ...], *, days: str = "3", **facts: object
    ) -> StudyOccasion:
        entry = study.Course(
            branch=self.branch,
            title=title,
            organiser="河南省慈善总会",
            place=facts.get("place", "线上"),
            starts_on=first,
            ends_on=last,
            measure=learning.Measure(Unit.FULL_DAY, Decimal(days)),
            people=tuple(self.people[name] for name in names),
            due_on=facts.get("due_on"),
        )
        return study.record_course(entry, by=self.by, form_key=uuid4())

    def credit_meetings(self, today: date) -> None:
        """Hours of all meetings that were held, but for the last one: that waits on the page."""
        held = LifeEvent.objects.filter(branch=self.branch, kind__in=STUDIED, held_on__lte=today)
        held = held.exclude(state__in=[LifeEvent.State.DRAFT, LifeEvent.State.CANCELLED])
        held = held.filter(attendance__status__in=Attendance.CAME).distinct().order_by("held_on", "pk")
        for event in list(held)[:-1]:
            usual = learning.measure_of(event)
            # A morning together is two hours.
            length = learning.Measure(Unit.HOUR, Decimal(2)) if usual.unit == Unit.HOUR else usual
            learning.credit_event(event, by=self.by, measure=length)
