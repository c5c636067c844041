"""The 99公益日 training of September 2022 with its questions put on the spot, and a sheet that was written since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

from partybranch.demo.exam_questions import CHARITY, STUDY
from partybranch.models import Attendance, Body, Branch, Exam, ExamResult, LifeEvent, Question, QuestionBank
from partybranch.services import draws, events, exam_results, exams, questions
from partybranch.services.question_text import rows_of

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

TRAINED_ON = date(2022, 9, 2)
Status, Kind, Outcome = Attendance.Status, Question.Kind, ExamResult.Outcome
# In the order of the draws: who drew what is chance, how many had to answer again is not.
OUTCOMES = (
    ("passed", "回答完整，联系了实际"),
    ("passed", ""),
    ("again", "票据一项没有答清，会后再看培训材料"),
    ("passed", ""),
    ("away", "接待来访，稍后补抽"),
    ("passed", ""),
    ("passed", "结合社区劝募作了说明"),
    ("again", "公开期限记错"),
    ("passed", ""),
)
SHEET = ((Kind.SINGLE, 8, 5), (Kind.MULTIPLE, 4, 6), (Kind.JUDGE, 6, 4), (Kind.SHORT, 1, 12))
SCORES = ((96, ""), (88, "3,9"), (74, "2,9,11"), (58, "1,3,9,10,12"), (90, "9"), (82, "4,9"))


def show(people_by_account: Mapping[str, User], today: date) -> None:
    """Load it once, into the branch of the demonstration."""
    branch = Branch.objects.filter(bodies__kind=Body.Kind.COMMITTEE).first()
    if branch is None or QuestionBank.objects.exists():
        return
    by = people_by_account["organizer"]
    charity = bank("慈善法规和“99公益日”业务", "慈善法、公开募捐、票据和“99公益日”实务", CHARITY, by=by)
    study = bank("党的理论和组织生活", "党章、支部工作条例、组织生活制度", STUDY, by=by)
    put_on_the_spot(branch, charity, by=by)
    write_a_sheet(branch, [charity, study], today - timedelta(days=40), by=by)
    prepare(branch, "党的理论学习现场提问", [study], today, takes_part=Exam.TakesPart.WAY, by=by)


def bank(name: str, topic: str, text: str, *, by: User) -> QuestionBank:
    row = questions.found_bank(QuestionBank(name=name, topic=topic), by=by, form_key=uuid4())
    checked = questions.check_rows(rows_of(text), bank=row)
    return questions.add_questions(row, checked.questions, by=by)


def training(branch: Branch, *, by: User) -> LifeEvent:
    """The training as the year's meetings have it, else one of its own to which all came, one on line."""
    held = LifeEvent.objects.filter(branch=branch, kind=LifeEvent.Kind.TRAINING, held_on__year=TRAINED_ON.year)
    held = held.filter(topic__contains="99公益日", attendance__status__in=Attendance.CAME).distinct().first()
    if held:
        return held
    row = LifeEvent(
        branch=branch,
        kind=LifeEvent.Kind.TRAINING,
        topic="“99公益日”业务培训",
        held_on=TRAINED_ON,
        place="三楼会议室",
        with_others=True,
        lecturer_kind=LifeEvent.Lecturer.EXPERT,
        lecturer="省慈善总会网络募捐部讲师",
    )
    event = events.give_notice(events.prepare_event(row, by=by, form_key=uuid4()), by=by)
    expected = list(event.attendance.filter(status=Status.EXPECTED).order_by("pk"))
    marks = {line.pk: (Status.PRESENT, "") for line in expected}
    marks[expected[-1].pk] = (Status.ONLINE, "")
    events.record_attendance(event, marks, by=by)
    return event


def prepare(branch: Branch, title: str, banks: list[QuestionBank], day: date, *, by: User, parts=(), **facts) -> Exam:
    exam = Exam(branch=branch, title=title, held_on=day, room="三楼会议室", **facts)
    return exams.prepare_exam(exam, banks=banks, parts=parts, by=by, form_key=uuid4())


def put_on_the_spot(branch: Branch, charity: QuestionBank, *, by: User) -> None:
    event = training(branch, by=by)
    facts = {"takes_part": Exam.TakesPart.EVENT, "event": event}
    exam = prepare(branch, "“99公益日”业务培训现场提问考试", [charity], event.held_on, by=by, **facts)
    for outcome, note in OUTCOMES:
        draws.mark(draws.draw(exam, by=by), by=by, outcome=outcome, note=note)
    # The others, and those who were to answer again or came later, until everybody has passed.
    while exam.results.live().count() < exam.examinees.count():
        draws.mark(draws.draw(exam, by=by), by=by, outcome="passed")
    exams.close_exam(exam, by=by)


def write_a_sheet(branch: Branch, banks: list[QuestionBank], day: date, *, by: User) -> None:
    parts = [exams.SheetPart(kind, count, Decimal(points)) for kind, count, points in SHEET]
    facts = {"mode": Exam.Mode.WRITTEN, "points_to_pass": Decimal(60), "takes_part": Exam.TakesPart.ALL}
    exam = prepare(branch, "业务和理论学习测试", banks, day, parts=parts, by=by, **facts)
    rows = list(exam.examinees.in_roll_order())
    typed = {
        row.pk: exam_results.TypedResult(score=Decimal(score), wrong=wrong)
        for row, (score, wrong) in zip(rows, SCORES * 4, strict=False)
    }
    exam_results.record_results(exam, typed, by=by)
