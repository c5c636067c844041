"""A gift is saved and a report asked for while the broker is stopped, silent or cut off; the report comes later."""

import socket
import time
from contextlib import ExitStack, contextmanager
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from donations.models import Donation
from hebi_charity.jobs.models import Job
from hebi_charity.reports.models import Report
from tests.donations.factories import FundFactory, set_up_office
from tests.donations.staff import log_in_as
from tests.live.conftest import told_of_broker, wait_until
from tests.live.test_broker import NOT_HELD_UP

pytestmark = pytest.mark.live

SEPTEMBER = date(2022, 9, 1)


@contextmanager
def stopped(valkey):
    valkey.kill()
    yield
    valkey.start()


@contextmanager
def silent(valkey):
    """What is sent is received, and nothing is ever answered."""
    valkey.fall_silent()
    yield
    valkey.speak_again()


@contextmanager
def cut_off(valkey):
    """Packets are dropped: the kernel does that to whoever knocks at a port whose waiting room is full."""
    with ExitStack() as stack:
        port = stack.enter_context(socket.socket())
        port.bind(("127.0.0.1", 0))
        port.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(port.getsockname())
        with told_of_broker(f"redis://127.0.0.1:{port.getsockname()[1]}/0"):
            yield


@pytest.fixture
def pages(committed_db, valkey):
    """A clerk and an accountant with their browsers, in an office whose books are open."""
    set_up_office(SEPTEMBER)
    FundFactory()
    browsers = Client(), Client()
    for browser, role in zip(browsers, ["donation_clerk", "accountant"], strict=True):
        log_in_as(browser, role)
        browser.get(reverse("office:start"))
    return browsers


def post(browser, address, **fields):
    """Send a form; how long the answer took, in seconds."""
    began = time.monotonic()
    response = browser.post(reverse(address), {"form_key": uuid4(), **fields})
    assert response.status_code == 302, response.content.decode()
    return time.monotonic() - began


@pytest.mark.parametrize("trouble", [stopped, silent, cut_off])
def test_gift_is_saved_and_report_comes_when_the_broker_is_back(start, valkey, pages, trouble, record_property):
    clerk, accountant = pages
    with trouble(valkey):
        gift = {"name": "李霞", "amount": "1,200", "channel": "cash", "donated_on": "2022-09-05", "public_mode": "full"}
        took = [
            post(clerk, "donations:create", **gift, phone="13812345678", fund=FundFactory().pk),
            post(accountant, "reports:create", kind="monthly", period_on=SEPTEMBER),
        ]
        assert Donation.objects.get().amount == Decimal("1200.00")
        job = Job.objects.get()
        page = accountant.get(job.get_absolute_url()).content.decode()

    assert (job.state, "正在排队" in page) == ("waiting", True)
    assert max(took) < NOT_HELD_UP
    record_property("seconds", took)
    print(f"gift saved in {took[0]:.2f} s, report asked for in {took[1]:.2f} s")  # noqa: T201 - the figures, with -s
    start("worker")
    start("scheduler")
    wait_until(lambda: Job.objects.get(pk=job.pk).state == "done")
    assert Report.objects.get().job == job
