"""The pages of the Party branch that are looked at, each at 200 % text too."""

from tests.screens.pages import FIRST_ROW, Screen


def _of_branch(name: str, address: str, *follow: str) -> Screen:
    return Screen(f"branch-{name}", "secretary", f"/party/{address}", follow)


BRANCH_SCREENS = (
    _of_branch("roll", ""),
    _of_branch("person", "", FIRST_ROW),
    _of_branch("medal", "medal/"),
    _of_branch("bodies", "branches/", "main li a"),
    _of_branch("life", "life/"),
    _of_branch("event", "life/", FIRST_ROW),
    _of_branch("event-open", "life/?state=noticed", FIRST_ROW),
    _of_branch("event-filed", "life/?state=filed&kind=visit", FIRST_ROW),
    _of_branch("event-minutes", "life/?state=noticed", FIRST_ROW, "a[href$='/record/']"),
    _of_branch("event-together", "life/?state=filed&kind=life", FIRST_ROW),
    _of_branch("past", "branches/1/life/past/"),
    _of_branch("year", "year/"),
    _of_branch("year-article", "year/?year=2022"),
    _of_branch("requirements", "year/requirements/"),
    _of_branch("requirement-form", "year/requirements/new/"),
    _of_branch("warnings", "warnings/"),
    _of_branch("calendar", "year/calendar/"),
    _of_branch("exams", "exams/"),
    _of_branch("exam", "exams/?state=closed", FIRST_ROW),
    _of_branch("exam-form", "branches/1/exams/new/"),
    _of_branch("exam-telephone", "exams/?mode=oral&state=open", FIRST_ROW, "a[href$='/oral/']"),
    _of_branch("exam-screen", "exams/?mode=oral&state=open", FIRST_ROW, "a[href$='/screen/']"),
    _of_branch("exam-results", "exams/?mode=written&state=open", FIRST_ROW, "a[href$='/results/']"),
    _of_branch("question-banks", "banks/"),
    _of_branch("question-bank", "banks/", FIRST_ROW),
    Screen("branch-papers", "secretary", "/reports/papers/"),
    Screen("branch-paper", "secretary", "/reports/papers/", (FIRST_ROW,)),
    _of_branch("honours", "honours/"),
    _of_branch("honour", "honours/", ".wall-card:has(img) a"),
    _of_branch("honour-drawn", "honours/", ".wall-card:has(.plaque-drawn) a"),
    _of_branch("honour-form", "honours/new/"),
    _of_branch("honour-timeline", "honours/timeline/"),
    _of_branch("rankings", "honours/registers/rankings/"),
    _of_branch("press-report", "honours/registers/press/", FIRST_ROW),
    _of_branch("thanks", "honours/registers/thanks/"),
    _of_branch("study", "study/?year=2022"),
    _of_branch("study-now", "study/"),
    _of_branch("study-self", "branches/1/study/self/new/"),
    _of_branch("study-course", "branches/1/study/courses/new/"),
    _of_branch("study-record", "study/?year=2022", FIRST_ROW, FIRST_ROW),
    _of_branch("study-person", "study/?year=2022", FIRST_ROW),
    _of_branch("study-plan", "study/?year=2022", "a[href*='/study/plans/']"),
    _of_branch("study-hours", "study/hours/"),
    _of_branch("materials", "study/materials/"),
    _of_branch("material", "study/materials/", FIRST_ROW),
    _of_branch("material-list", "study/materials/", "main li a"),
)
