"""The browser's own text at 200 % (WCAG 2.2, 1.4.4): text follows it, and no page is wider than the window."""

import pytest

from tests.browser import LARGE_TEXT, log_in
from tests.donations.staff import person as account
from tests.partybranch.factories import attend, member, noticed_event, term

pytestmark = pytest.mark.journey


@pytest.fixture
def records(db):
    found = member(name="欧阳建国")
    term(found)
    event = noticed_event(topic="参观红色教育基地，重温入党誓词，开展主题党日活动")
    attend(event, found)
    return found, event


def test_pages_fit_with_text_of_twice_the_size(large, site, records):
    found, event = records
    log_in(large, site, account("branch_secretary").username)
    pages = ["/", "/party/", found.get_absolute_url(), "/party/people/new/", "/party/life/", event.get_absolute_url()]

    for address in [*pages, f"{event.get_absolute_url()}attendance/", "/party/branches/", "/party/medal/"]:
        large.goto(f"{site}{address}")
        size = large.evaluate("getComputedStyle(document.body).fontSize")
        width = large.evaluate("document.documentElement.scrollWidth")
        assert (address, size) == (address, f"{LARGE_TEXT}px")
        assert width <= large.viewport_size["width"], address
