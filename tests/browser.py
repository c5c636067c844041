"""A real browser for tests: `page` fails on any console error or CSP violation, `axe(page)` on serious barriers.

    pytestmark = pytest.mark.journey

    def test_clerk_registers_a_gift(page, site):
        log_in(page, site, "clerk")          # any account in the database, without the log-in page
        page.goto(f"{site}/donations/new/")
        axe(page)

`site` serves the product on the test database with real commits, which is made anew after the test.
`console.forgive(text)` says beforehand which complaint is expected: browsers print every answer of 403, for example.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread

from hebi_charity.accounts.models import User
from tests.chromium import CHROMIUM, DESK, FLAGS, PHONE

# Playwright runs an event loop in this thread; Django's own test database is used from it all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

LARGE_TEXT = 32  # pixels: the browser's own text at 200 % (WCAG 2.2, 1.4.4)
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    root = ("--no-sandbox",) if os.environ.get("STARTED_BY_ROOT") or os.geteuid() == 0 else ()
    executable = {"executable_path": CHROMIUM} if CHROMIUM else {}
    return browser_type_launch_args | executable | {"args": [*FLAGS, *root]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": DESK}


@dataclass
class Console:
    """What the browser complained about."""

    errors: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def forgive(self, text: str) -> None:
        self.forgiven.append(text)

    def hear(self, text: str) -> None:
        self.errors.append(text)

    @property
    def unforgiven(self) -> list[str]:
        return [error for error in self.errors if not any(text in error for text in self.forgiven)]


@pytest.fixture
def console():
    return Console()


@pytest.fixture
def page(context, console):
    """A page in Chromium; the test fails at its end when the browser complained."""
    context.add_init_script(TELL_VIOLATIONS)
    context.set_default_timeout(10_000)
    context.on("weberror", lambda error: console.hear(str(error.error)))
    context.on("console", lambda message: console.hear(message.text) if message.type == "error" else None)
    yield context.new_page()
    assert console.unforgiven == []


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def large(request, site, browser_type, browser_type_launch_args, console):
    """A page of a browser whose own text is set to 200 %, on a desk and on a phone.

    It is closed before the site ends: a page that is left open asks on for what waits.
    """
    flags = [*browser_type_launch_args["args"], f"--blink-settings=defaultFontSize={LARGE_TEXT}"]
    with browser_type.launch(**browser_type_launch_args | {"args": flags}) as browser:
        page = browser.new_page(viewport=request.param, locale="zh-CN")
        page.on("console", lambda said: console.hear(said.text) if said.type == "error" else None)
        yield page
    assert console.unforgiven == []


@pytest.fixture
def site(committed_db):
    """The product's address, served from this process on the test database."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


def log_in(page, site: str, who: str | User) -> User:
    """Give the browser a session of this account, as if it had come through the log-in page."""
    user = who if isinstance(who, User) else User.objects.get(username=who)
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    return user


def axe(page, *, within: str = "body") -> None:
    """Assert that axe-core finds no serious or critical barrier on the page as it is now."""
    script = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
    page.evaluate(script.read_text(encoding="utf-8"))
    found = page.evaluate("(within) => axe.run(within, {resultTypes: ['violations']})", within)
    barriers = [
        f"{violation['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:200]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert barriers == []
