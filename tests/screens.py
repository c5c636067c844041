"""Pictures of the running demonstration's pages at both widths, and of every page of its papers, for docs/screens.

    python -m tests.screens http://127.0.0.1:8000 PASSWORD docs/screens

The demonstration must be running (`bin/run`); PASSWORD stands in its data folder. A page that answers with an error,
or that complains in the browser's console, ends the run. The pictures are for looking at; nothing compares them.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import CHROMIUM, DESK, FLAGS, PHONE

TALLEST = 2600


@dataclass(frozen=True)
class Screen:
    """One page: the picture's name, who looks, and the way there: an address, then links to follow by selector."""

    name: str
    person: str
    address: str
    follow: tuple[str, ...] = ()


FIRST_ROW = "tr[data-href] a"
SCREENS = (
    Screen("login", "", "/accounts/login/"),
    Screen("start-clerk", "clerk", "/"),
    Screen("start-accountant", "accountant", "/"),
    Screen("start-approver", "approver", "/"),
    Screen("start-secretary", "secretary", "/"),
    Screen("gifts-list", "accountant", "/donations/"),
    Screen("gift-form", "clerk", "/donations/new/"),
    Screen("gift-record", "accountant", "/donations/", (FIRST_ROW,)),
    Screen("gift-to-review", "accountant", "/donations/?state=registered", (FIRST_ROW,)),
    Screen("gift-slip", "clerk", "/donations/?state=reviewed", (FIRST_ROW, "a[href$='/slip/']")),
    Screen("reversals", "approver", "/donations/reversals/"),
    Screen("donors", "clerk", "/donations/donors/"),
    Screen("donor", "clerk", "/donations/donors/", (FIRST_ROW,)),
    Screen("search", "accountant", "/search/?q=王"),
    Screen("funds", "accountant", "/donations/funds/"),
    Screen("fund", "accountant", "/donations/funds/", (FIRST_ROW,)),
    Screen("campaigns", "accountant", "/donations/campaigns/"),
    Screen("campaign", "accountant", "/donations/campaigns/", (FIRST_ROW,)),
    Screen("imports", "clerk", "/imports/"),
    Screen("import-new", "clerk", "/imports/new/"),
    Screen("months", "accountant", "/months/"),
    Screen("month", "accountant", "/months/", ("main table a",)),
    Screen("reports", "leader", "/reports/"),
    Screen("people", "admin", "/accounts/people/"),
    Screen("person", "admin", "/accounts/people/", ("main table a",)),
    Screen("posts", "admin", "/accounts/posts/"),
    Screen("own-account", "clerk", "/accounts/own/"),
    Screen("log", "auditor", "/audit/"),
    Screen("settings", "accountant", "/settings/"),
    Screen("progress", "accountant", "/jobs/"),
)


def save(png: bytes, path: Path) -> None:
    """Keep a picture small: few colours, and not longer than a person scrolls."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
    picture.quantize(96).save(path, optimize=True)


def log_in(page: Page, site: str, person: str, password: str) -> None:
    page.goto(f"{site}/accounts/login/")
    page.fill("input[name=name]", person)
    page.fill("input[type=password]", password)
    page.press("input[type=password]", "Enter")
    page.wait_for_load_state("networkidle")


def go(page: Page, site: str, screen: Screen) -> None:
    answer = page.goto(f"{site}{screen.address}")
    if answer is None or not answer.ok:
        raise SystemExit(f"{screen.name}: {answer and answer.status}")
    for selector in screen.follow:
        page.locator(selector).first.click()
        page.wait_for_load_state()
    page.wait_for_load_state("networkidle")


def take_all(browser: Browser, site: str, password: str, folder: Path) -> None:
    for size in (DESK, PHONE):
        for person in dict.fromkeys(screen.person for screen in SCREENS):
            context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=size)
            page = context.new_page()
            complaints: list[str] = []
            page.on("console", lambda text, heard=complaints: heard.append(text.text) if text.type == "error" else None)
            if person:
                log_in(page, site, person, password)
            for screen in SCREENS:
                if screen.person == person:
                    go(page, site, screen)
                    save(page.screenshot(full_page=True), folder / f"{screen.name}-{size['width']}.png")
            if complaints:
                raise SystemExit(f"{person}: {complaints}")
            context.close()


def paper(pdf: Path, name: str, folder: Path) -> None:
    """Every page of a PDF as a picture."""
    with tempfile.TemporaryDirectory() as made:
        subprocess.run(["pdftoppm", "-r", "70", "-png", str(pdf), f"{made}/page"], check=True)
        for number, page in enumerate(sorted(Path(made).glob("page*.png")), start=1):
            save(page.read_bytes(), folder / f"{name}-{number}.png")


def main(site: str, password: str, folder: str, *papers: str) -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    for pdf in papers:
        paper(Path(pdf), Path(pdf).stem, Path(folder))
    with sync_playwright() as play:
        root = ["--no-sandbox"]
        browser = play.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *root])
        take_all(browser, site, password, Path(folder))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
