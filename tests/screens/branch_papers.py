"""Every paper of the Party branch: printed by the running demonstration as a person prints it, then looked at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.screens.looking import Looker, save_paper
from tests.screens.pages import FIRST_ROW

WAIT = 120_000  # milliseconds: the yearly ledger is a book
FIRST_PAGES = 10  # of a book


@dataclass(frozen=True)
class PrintedPaper:
    """One paper: the picture's name, its kind, and the way to its button: an address, then links by selector."""

    name: str
    kind: str
    address: str
    follow: tuple[str, ...] = ()

    @property
    def button(self) -> str:
        return f"form[action$='/partybranch.{self.kind}/'] button"


BRANCH_PAPERS = (
    PrintedPaper("sign-in-sheet", "sign_in_sheet", "life/?state=noticed", (FIRST_ROW,)),
    PrintedPaper("meeting-record", "meeting_record", "life/?state=filed&kind=visit", (FIRST_ROW,)),
    PrintedPaper("year-paper", "year", "year/?year=2022"),
    PrintedPaper("ledger", "ledger", "year/?year=2022"),
    PrintedPaper("study-record-paper", "study_record", "study/?year=2022", (FIRST_ROW,)),
    PrintedPaper("personal-plans", "personal_plans", "study/?year=2022", ("a[href*='/study/plans/']",)),
    PrintedPaper("issue-list", "issue_list", "study/materials/", (FIRST_ROW, "a[href*='/lists/']")),
    PrintedPaper("oral-exam", "oral_exam", "exams/?mode=oral", (FIRST_ROW,)),
    PrintedPaper("exam-sheet", "exam_sheet", "exams/?mode=written", (FIRST_ROW,)),
    PrintedPaper("exam-key", "exam_key", "exams/?mode=written", (FIRST_ROW,)),
    PrintedPaper("honour-book", "honour_book", "honours/"),
)


def take_papers(browser: Browser, site: str, password: str, folder: Path) -> None:
    secretary = Looker(browser, site, folder)
    secretary.log_in("secretary", password)
    for paper in BRANCH_PAPERS:
        secretary.go(f"/party/{paper.address}", *paper.follow)
        secretary.page.locator(paper.button).first.click()
        _save(secretary.page, f"branch-{paper.name}", folder)
    secretary.leave()


def _save(page: Page, name: str, folder: Path) -> None:
    """The page of the work follows it by itself and offers the file when it is made; of a book the first pages."""
    with page.expect_download(timeout=WAIT) as got:
        page.locator("a[href^='/files/']").first.click(timeout=WAIT)
    save_paper(got.value.path(), name, folder, last=FIRST_PAGES)
