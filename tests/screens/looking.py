"""One pair of eyes: somebody's browser at one width, and the pictures of what it shows."""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.chromium import DESK, PHONE

TALLEST = 2600  # pixels: as far as a person scrolls
CARDS_CUT_OFF = """[...document.querySelectorAll(".table-frame")]
    .some(frame => frame.querySelector(".table-cards") && frame.scrollWidth > frame.clientWidth)"""


class Trouble(SystemExit):
    """A page answered with an error or complained in the browser's console; nothing more is taken."""


def save(png: bytes, path: Path) -> None:
    """Keep a picture small: few colours."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(96).save(path, optimize=True)


def save_paper(pdf: Path, name: str, folder: Path, *, last: int = 1000) -> None:
    """Every page of a PDF as a picture, up to the last one that is wanted."""
    with tempfile.TemporaryDirectory() as made:
        subprocess.run(["pdftoppm", "-r", "70", "-l", str(last), "-png", str(pdf), f"{made}/page"], check=True)
        for number, page in enumerate(sorted(Path(made).glob("page*.png")), start=1):
            save(page.read_bytes(), folder / f"{name}-{number}.png")


class Looker:
    """Somebody at the office; "" is a stranger at its door."""

    def __init__(self, browser: Browser, site: str, folder: Path, size: dict[str, int] = DESK) -> None:
        self.site, self.folder, self.size = site, folder, size
        self.context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=size)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def log_in(self, person: str, password: str) -> None:
        self.page.goto(f"{self.site}/accounts/login/")
        self.page.fill("input[name=name]", person)
        self.page.fill("input[type=password]", password)
        self.page.press("input[type=password]", "Enter")
        self.page.wait_for_load_state("networkidle")

    def go(self, address: str, *follow: str) -> None:
        """Open an address, then follow links by their selectors. Raises Trouble."""
        answer = self.page.goto(f"{self.site}{address}")
        if answer is None or not answer.ok:
            raise Trouble(f"{address}: {answer and answer.status}")
        for selector in follow:
            self.page.locator(selector).first.click()
            self.page.wait_for_load_state()
        self.page.wait_for_load_state("networkidle")

    def take(self, name: str) -> None:
        """The page at this width, whole unless it is very long.

        Raises Trouble when it is wider than the window, or when a table that became cards is wider than its frame.
        """
        self.page.wait_for_load_state("networkidle")
        if self.page.evaluate("document.documentElement.scrollWidth") > self.size["width"]:
            raise Trouble(f"{name}: wider than {self.size['width']}")
        if self.size == PHONE and self.page.evaluate(CARDS_CUT_OFF):
            raise Trouble(f"{name}: words are cut off at {self.size['width']}")
        # As tall a window as the page: a bar fixed to the window's foot would lie across the middle of the picture.
        height = min(self.page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        self.page.set_viewport_size(self.size | {"height": max(height, self.size["height"])})
        save(self.page.screenshot(), self.folder / f"{name}-{self.size['width']}.png")
        self.page.set_viewport_size(self.size)

    def take_at_both_widths(self, name: str) -> None:
        for self.size in (PHONE, DESK):
            self.page.set_viewport_size(self.size)
            self.take(name)

    def take_paper(self, name: str) -> None:
        """The page as the browser prints it."""
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            self.page.pdf(path=file.name, prefer_css_page_size=True, print_background=True)
            save_paper(Path(file.name), name, self.folder)

    def leave(self) -> None:
        self.context.close()
        if self.complaints:
            raise Trouble(str(self.complaints))
