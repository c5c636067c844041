"""Every page of every menu, in a real browser, on a desk and on a phone."""

from types import SimpleNamespace

import pytest

from hebi_charity.accounts.models import User
from hebi_charity.accounts.services.demo import ensure_demo_people
from hebi_charity.office.context import Frame
from tests.browser import DESK, PHONE, axe, log_in

pytestmark = pytest.mark.journey


def menu_addresses():
    """Address → one person who may open it."""
    found = {"/": User.objects.get(username="clerk")}
    for user in User.objects.order_by("pk"):
        for line in Frame(SimpleNamespace(user=user, path="/")).lines:
            found.setdefault(line.url, user)
    return found


def test_every_menu_page_is_whole_and_without_barrier(page, site, committed_db):
    ensure_demo_people("correct horse 7")

    for address, user in menu_addresses().items():
        log_in(page, site, user)
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            answer = page.goto(f"{site}{address}")
            assert answer.status == 200, (address, user.username)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], f"{address} is {width} px wide on a screen of {size['width']}"
            axe(page)
