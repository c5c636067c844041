"""What constraints and triggers of exams hold: each broken once past the services, with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from hebi_charity.core import dates
from partybranch.models import Draw, Exam, ExamBank, Examinee, ExamResult, Question, QuestionBank, SheetQuestion
from partybranch.services import draws, exams
from tests.donations.factories import UserFactory
from tests.partybranch.exams.factories import (
    a_bank,
    a_question,
    a_written_exam,
    an_exam,
    bank_of,
    drawn,
    marked,
    new_question,
    result,
)
from tests.partybranch.factories import member

WITHOUT_REASON = "撤销的记录要写明撤销人、时间和原因。"
CLOSED = "这次考试已结束或已取消，内容不能再改。"
RIGHT_FITS = "正确答案与题型不符：单选写一个字母，多选按顺序写几个字母，判断写对或错，简答不写字母。"
CHOICES = "选择题至少要有 A、B 两个选项；简答题不写选项。"
NO_ANSWER = "正确答案的字母没有对应的选项。请补上这个选项或改正答案。"
FOREIGN = "这道题不在本次考试的题库中，或已撤销。请另选一题。"
WAITS = "还有抽出的题目没有登记结果。请先登记，再结束考试。"
NOT_ON_LIST = "此人不在这次考试的应考名单上。"
NOT_YET = "考试日期还没有到。请到当天再抽题、登记。"
FITS_EXAM = "考试结果与考试形式不符：计分的考试要填得分，是否通过由得分决定。"
GONE = {"withdrawn_by": UserFactory, "withdrawn_at": timezone.now, "withdrawal_reason": lambda: "x"}
MARKED = {"marked_by": UserFactory, "marked_at": timezone.now}


def question(**facts: object) -> Callable[[], object]:
    return lambda: a_question(**facts)


def question_of(**columns: object) -> Callable[[], object]:
    """A question with these columns, past what the forms read."""
    values = new_question().columns() | columns
    return lambda: Question.objects.create(bank=a_bank(), recorded_by=UserFactory(), **values)


def oral(**facts: object) -> Exam:
    member()
    return an_exam(**facts)


def written(**facts: object) -> Exam:
    member()
    return a_written_exam(**facts)


def exam_of(**facts: object) -> Callable[[], object]:
    return lambda: oral(**facts)


def changed(make: Callable[[], object], **values: object) -> Callable[[], object]:
    def break_it() -> object:
        row = make()
        given = {name: value() if callable(value) else value for name, value in values.items()}
        return type(row).objects.filter(pk=row.pk).update(**given)

    return break_it


def again(make: Callable[[], object], **values: object) -> Callable[[], object]:
    """Another row like this one."""

    def break_it() -> object:
        row = make()
        row.refresh_from_db()
        names = {column.attname for column in row._meta.concrete_fields} - {"id", "recorded_at"}
        given = {name: value() if callable(value) else value for name, value in values.items()}
        return type(row).objects.create(**({name: getattr(row, name) for name in names} | given))

    return break_it


def two_waiting(same: str) -> Callable[[], object]:
    """A second draw of the same person, or of the same question, while the first waits."""

    def break_it() -> object:
        member(name="甲"), member(name="乙")
        exam = an_exam()
        first = drawn(exam)
        facts = {"examinee": first.examinee, "question": first.question}
        facts |= (
            {"question": Question.objects.live().exclude(pk=first.question_id).first()}
            if same == "examinee"
            else {"examinee": exam.examinees.exclude(pk=first.examinee_id).first()}
        )
        return Draw.objects.create(exam=exam, number=2, recorded_by=UserFactory(), **facts)

    return break_it


def draw_of(exam: Exam, **facts: object) -> Draw:
    values = {"number": 99, "examinee": exam.examinees.first(), "question": Question.objects.live().first()} | facts
    return Draw.objects.create(exam=exam, recorded_by=UserFactory(), **values)


def result_of(exam: Exam, **facts: object) -> ExamResult:
    values = {"examinee": exam.examinees.first(), "outcome": "passed"} | facts
    return ExamResult.objects.create(exam=exam, recorded_by=UserFactory(), **values)


def closed(make: Callable[[Exam], object]) -> Callable[[], object]:
    return lambda: make(exams.close_exam(oral(), by=UserFactory()))


def closed_while_one_waits() -> object:
    exam = oral()
    drawn(exam)
    closing = {"state": "closed", "closed_by": UserFactory(), "closed_at": timezone.now()}
    return Exam.objects.filter(pk=exam.pk).update(**closing)


def judged_after_calling_off() -> object:
    row = drawn(oral())
    Exam.objects.filter(pk=row.exam_id).update(state="cancelled", cancelled_reason="停电")
    return Draw.objects.filter(pk=row.pk).update(outcome="passed", marked_by=UserFactory(), marked_at=timezone.now())


def question_withdrawn_meanwhile() -> object:
    exam = oral(banks=[bank_of(1)])
    found = Question.objects.live().get()
    Question.objects.filter(pk=found.pk).update(**{name: value() for name, value in GONE.items()})
    return draw_of(exam, question=found)


def of_another_list() -> Examinee:
    member(name="别人")
    return an_exam(title="另一次").examinees.first()


def tomorrow() -> Exam:
    return oral(held_on=dates.today() + timedelta(days=1))


def sheet_line(exam: Exam, **facts: object) -> SheetQuestion:
    values = {"number": 99, "question": a_question(exam.sources.get().bank), "points": Decimal(1)} | facts
    return SheetQuestion.objects.create(exam=exam, **values)


def twice_on_the_sheet() -> object:
    exam = written(number=1)
    return sheet_line(exam, question=exam.sheet.get().question)


CASES: dict[str, tuple[Callable[[], object], str]] = {
    "question_bank_has_name": (lambda: a_bank_without_name(), "请填写题库名称。"),
    "question_has_text": (question_of(text=""), "请填写题目。"),
    "question_once_in_bank": (again(a_question), "题库里已有这道题。"),
    "question_right_has_answer": (question(right="E"), NO_ANSWER),
    "question_right_has_answer: one of several": (question(kind="multiple", right="AF"), NO_ANSWER),
    "question_right_fits_kind": (question(right="AB"), RIGHT_FITS),
    "question_right_fits_kind: several": (question(kind="multiple", right="A"), RIGHT_FITS),
    "question_right_fits_kind: out of order": (question(kind="multiple", right="BA"), RIGHT_FITS),
    "question_right_fits_kind: none": (question(right=""), RIGHT_FITS),
    "question_right_fits_kind: of a short one": (
        question(kind="short", answers=(), reference="x", right="A"),
        RIGHT_FITS,
    ),
    "question_answers_without_gap": (question_of(answer_e="", answer_f="x"), "请从 A 起依次填写选项，中间不要空缺。"),
    "question_answers_fit_kind": (question(answers=("只有一个",), right="A"), CHOICES),
    "question_answers_fit_kind: judgement": (question(kind="judge", right="A"), CHOICES),
    "question_answers_fit_kind: short": (question(kind="short", right="", reference="x"), CHOICES),
    "question_short_has_reference": (question(kind="short", answers=(), right=""), "简答题要写参考答案。"),
    "question_withdrawn_has_reason": (again(a_question, text="x", withdrawn_at=timezone.now), WITHOUT_REASON),
    "draw_withdrawn_has_reason": (again(lambda: marked(oral()), number=2, withdrawn_at=timezone.now), WITHOUT_REASON),
    "examresult_withdrawn_has_reason": (
        again(lambda: result(written(), score=Decimal(60)), withdrawn_at=timezone.now),
        WITHOUT_REASON,
    ),
    "exam_has_title": (changed(oral, title=""), "请填写考试名称。"),
    "exam_event_is_named": (exam_of(takes_part="event"), "请选择由哪次组织生活的到会人员参加。"),
    "exam_resit_names_earlier": (exam_of(takes_part="resit"), "请选择补考的是哪次考试。"),
    "exam_resit_names_earlier: of all": (lambda: an_exam(resit_of=oral()), "请选择补考的是哪次考试。"),
    "exam_points_of_written": (exam_of(points_to_pass=Decimal(60)), "合格分数必须大于 0，并且只用于笔试。"),
    "exam_hours_within_a_day": (exam_of(hours=Decimal(0)), "一次考试所计学时要大于 0，最多 24 学时。"),
    "exam_closed_has_person": (changed(oral, state="closed"), "已结束的考试要写明结束人和时间。"),
    "exam_cancelled_has_reason": (changed(oral, state="cancelled"), "请填写取消考试的原因。"),
    "exam_bank_once": (
        lambda: ExamBank.objects.create(exam=oral(), bank=ExamBank.objects.get().bank),
        "这次考试已选用这个题库。",
    ),
    "examinee_once": (again(lambda: oral().examinees.get()), "此人已在应考名单上。"),
    "sheet_number_once": (lambda: sheet_line(written(), number=1), "试卷上已有这个题号。"),
    "sheet_question_once": (twice_on_the_sheet, "试卷上已有这道题。"),
    "sheet_points_not_negative": (lambda: sheet_line(written(), points=Decimal(-1)), "分数不能小于 0。"),
    "partybranch_sheetquestion_number_check": (lambda: sheet_line(written(), number=-1), "“题号”不能小于 0。请核对。"),
    "partybranch_draw_number_check": (lambda: draw_of(oral(), number=-1), "“抽题序号”不能小于 0。请核对。"),
    "draw_number_once": (
        again(lambda: marked(oral()), outcome="", marked_by_id=None, marked_at=None),
        "另一部手机正好同时抽题。请再抽一次。",
    ),
    "draw_person_waits_once": (two_waiting("examinee"), "此人正在回答另一道题。请再抽一次。"),
    "draw_question_waits_once": (two_waiting("question"), "这道题正在提问。请再抽一次。"),
    "draw_marked_has_person": (changed(lambda: drawn(oral()), outcome="passed"), "结果要写明登记人和时间。"),
    "draw_away_has_reason": (
        changed(lambda: drawn(oral()), outcome="away", **MARKED),
        "请写明此人不在场的原因。",
    ),
    "exam_result_once": (
        again(lambda: result(written(), score=Decimal(60))),
        "此人已有考试结果。请先写明原因撤销原来的结果。",
    ),
    "exam_result_score_not_negative": (
        lambda: result_of(written(), score=Decimal(-1), outcome="resit"),
        "分数不能小于 0。",
    ),
    "exam_result_wrong_are_numbers": (
        lambda: result_of(written(), score=Decimal(60), wrong="三"),
        "请填写题号，例如 3、7、12。",
    ),
    "partybranch_exam_is_open": (closed(draw_of), CLOSED),
    "partybranch_exam_is_open: judged": (judged_after_calling_off, CLOSED),
    "partybranch_exam_is_open: result": (closed(result_of), CLOSED),
    "partybranch_exam_is_open: list": (
        closed(lambda exam: Examinee.objects.create(exam=exam, person=member(name="后来"))),
        CLOSED,
    ),
    "partybranch_exam_is_open: bank": (closed(lambda exam: ExamBank.objects.create(exam=exam, bank=a_bank())), CLOSED),
    "partybranch_exam_closed_when_judged": (closed_while_one_waits, WAITS),
    "partybranch_question_of_exam": (lambda: draw_of(oral(), question=a_question()), FOREIGN),
    "partybranch_question_of_exam: withdrawn": (question_withdrawn_meanwhile, FOREIGN),
    "partybranch_question_of_exam: sheet": (lambda: sheet_line(written(), question=a_question()), FOREIGN),
    "partybranch_question_of_exam: draw of a written one": (lambda: draw_of(written()), FOREIGN),
    "partybranch_examinee_of_exam": (lambda: draw_of(oral(), examinee=of_another_list()), NOT_ON_LIST),
    "partybranch_examinee_of_exam: result": (lambda: result_of(oral(), examinee=of_another_list()), NOT_ON_LIST),
    "partybranch_exam_has_come": (lambda: draws.draw(tomorrow(), by=UserFactory()), NOT_YET),
    "partybranch_exam_has_come: result": (lambda: result_of(tomorrow()), NOT_YET),
    "partybranch_result_fits_exam": (lambda: result_of(written(), score=Decimal(59)), FITS_EXAM),
    "partybranch_result_fits_exam: resit with a pass": (
        lambda: result_of(written(), score=Decimal(60), outcome="resit"),
        FITS_EXAM,
    ),
    "partybranch_result_fits_exam: no points": (lambda: result_of(written()), FITS_EXAM),
    "partybranch_result_fits_exam: points of an oral one": (lambda: result_of(oral(), score=Decimal(5)), FITS_EXAM),
    "partybranch_result_within_sheet": (
        lambda: result_of(written(), score=Decimal("100.5")),
        "得分超过了试卷总分。请核对。",
    ),
}


def a_bank_without_name() -> QuestionBank:
    return QuestionBank.objects.create(name="", recorded_by=UserFactory())
