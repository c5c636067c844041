"""Pictures of the product for docs/screens: every page at both widths, every page of its papers.

    python -m tests.screens pages  http://127.0.0.1:8000 PASSWORD docs/screens   the running demonstration, bin/run
    python -m tests.screens branch http://127.0.0.1:8000 PASSWORD docs/screens   the same, of the Party branch alone
    python -m tests.screens branch-papers URL PASSWORD docs/screens              all that the branch prints
    python -m tests.screens wizard http://127.0.0.1:8000 CODE docs/screens       an empty office, bin/run --real
    python -m tests.screens paper  FILE.pdf docs/screens

PASSWORD stands in the demonstration's data folder; two lists are taken in on the way. A page that answers with an
error, is wider than the window, or complains in the browser's console ends the run. The pictures are for looking at;
nothing compares them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.chromium import CHROMIUM, DESK, FLAGS, PHONE
from tests.screens.branch_pages import BRANCH_SCREENS
from tests.screens.branch_papers import take_papers
from tests.screens.looking import Looker, save_paper
from tests.screens.pages import FIRST_ROW, SCREENS, Screen
from tests.screens.stories import open_office, take_file_in

SLIPS = ("a4", "wide", "narrow")


def take_pages(
    browser: Browser, site: str, password: str, folder: Path, screens: tuple[Screen, ...], *, ending: str = ""
) -> None:
    for size in (DESK, PHONE):
        for person in dict.fromkeys(screen.person for screen in screens):
            looker = Looker(browser, site, folder, size)
            if person:
                looker.log_in(person, password)
            for screen in screens:
                if screen.person == person:
                    looker.go(screen.address, *screen.follow)
                    looker.take(f"{screen.name}{ending}")
            looker.leave()


def take_branch(play: Playwright, browser: Browser, site: str, password: str, folder: Path) -> None:
    """The branch's pages, and again with the browser's own text set to 200 % (WCAG 2.2, 1.4.4)."""
    take_pages(browser, site, password, folder, BRANCH_SCREENS)
    large = launch(play, "--blink-settings=defaultFontSize=32")
    take_pages(large, site, password, folder, BRANCH_SCREENS, ending="-200")
    large.close()


def take_slips(browser: Browser, site: str, password: str, folder: Path) -> None:
    clerk = Looker(browser, site, folder)
    clerk.log_in("clerk", password)
    clerk.go("/donations/?state=reviewed", FIRST_ROW, "a[href$='/slip/']")
    address = clerk.page.url.removeprefix(site).partition("?")[0]
    for shape in SLIPS:
        clerk.go(f"{address}?format={shape}")
        clerk.take_paper(f"slip-{shape}")
    clerk.leave()


def launch(play: Playwright, *flags: str) -> Browser:
    return play.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, "--no-sandbox", *flags])


def main(what: str, *words: str) -> None:
    folder = Path(words[-1])
    folder.mkdir(parents=True, exist_ok=True)
    if what == "paper":
        save_paper(Path(words[0]), Path(words[0]).stem, folder)
        return
    site, secret = words[:2]
    with sync_playwright() as play:
        browser = launch(play)
        if what == "wizard":
            open_office(browser, site, secret, folder)
        elif what == "branch-papers":
            take_papers(browser, site, secret, folder)
        elif what == "branch":
            take_branch(play, browser, site, secret, folder)
        else:
            take_file_in(browser, site, secret, folder)
            take_pages(browser, site, secret, folder, SCREENS)
            take_branch(play, browser, site, secret, folder)
            take_slips(browser, site, secret, folder)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
