"""The room of exams: question banks, questions put on the spot, written exams and their results."""

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from partybranch.demo import exams as demo
from partybranch.models import Draw, ExamResult
from partybranch.papers import exam_papers
from partybranch.registrations.room import MenuLine, Room

OUTCOMES = dict(ExamResult.Outcome.choices) | {code: label for code, label in Draw.Outcome.choices if code}

PAPERS = {
    "oral_exam": (_("Record of questions put on the spot"), exam_papers.oral_facts, "oral_exam"),
    "exam_sheet": (_("Exam sheet"), exam_papers.sheet_facts, "exam_sheet"),
    "exam_key": (_("Answer key"), exam_papers.key_facts, "exam_key"),
}


def _more() -> None:
    registry.demonstrations.register("partybranch.exams", demo.show, order=120)
    for key, (title, facts, template) in PAPERS.items():
        builder = registry.PaperBuilder(
            title=title,
            permission="partybranch.view_person",
            model="partybranch.exam",
            facts=facts,
            label=exam_papers.label,
            template=f"partybranch/papers/{template}.html",
            css="pdf/exams.css",
            side="party",
        )
        registry.paper_builders.register(f"partybranch.{key}", builder)


ROOM = Room(
    menu={
        "exams": MenuLine(_("Exams"), "exam_list", "help", 45),
        "banks": MenuLine(_("Question banks"), "bank_list", "list", 46),
    },
    refusals={
        "partybranch_exam_is_open": _("This exam is closed or was called off. Nothing of it can be changed any more."),
        "partybranch_exam_closed_when_judged": _(
            "A drawn question has no outcome yet. Please mark it first, then close the exam."
        ),
        "partybranch_exam_has_come": _("The day of this exam has not come. Please draw and record on that day."),
        "partybranch_question_of_exam": _(
            "This question is not in the banks of the exam, or was withdrawn. Please choose another one."
        ),
        "partybranch_examinee_of_exam": _("This person does not take part in this exam."),
        "partybranch_result_fits_exam": _(
            "The result does not fit the exam: points where the exam has them, and the pass follows from them."
        ),
        "partybranch_result_within_sheet": _("These are more points than the sheet gives. Please check them."),
    },
    acts={
        "party.bank_founded": _("made a question bank"),
        "party.bank_changed": _("changed a question bank"),
        "party.question_added": _("added a question"),
        "party.questions_added": _("added questions"),
        "party.question_corrected": _("corrected a question"),
        "party.question_replaced": _("replaced a question"),
        "party.question_withdrawn": _("withdrew a question"),
        "party.exam_prepared": _("prepared an exam"),
        "party.exam_changed": _("changed an exam"),
        "party.exam_closed": _("closed an exam"),
        "party.exam_called_off": _("called an exam off"),
        "party.draw_marked": _("marked an answer"),
        "party.draw_withdrawn": _("took back an answer"),
        "party.exam_results_recorded": _("recorded results of an exam"),
        "party.exam_result_withdrawn": _("withdrew a result of an exam"),
    },
    logged={
        "questionbank.question": registry.LoggedField(_("question")),
        "exam.taking_part": registry.LoggedField(_("taking part")),
        "exam.results": registry.LoggedField(_("results of the exam")),
        "exam.outcome": registry.LoggedField(_("outcome of the answer"), lambda code: str(OUTCOMES.get(code, code))),
    },
    binding=("question", "exam", "exambank", "examinee", "sheetquestion", "draw", "examresult"),
    more=_more,
)
