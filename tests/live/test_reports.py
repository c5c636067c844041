"""A report is made once, at whatever moment its worker is killed."""

import time
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from hebi_charity.files.models import Use
from hebi_charity.office.models import NumberSeries
from hebi_charity.reports import services
from hebi_charity.reports.models import Report
from tests.donations.factories import UserFactory, reviewed_gift, set_up_office
from tests.live.conftest import wait_until

pytestmark = pytest.mark.live

SEPTEMBER = date(2022, 9, 1)


@pytest.mark.parametrize("after", [0.3, 1.0, 2.5])
def test_report_whose_worker_is_killed_is_made_once(start, state_of, after):
    set_up_office(SEPTEMBER)
    reviewed_gift(amount=Decimal("321.00"))
    start("scheduler")
    worker = start("worker")
    job = services.ask_for_report("monthly", SEPTEMBER, by=UserFactory(), form_key=uuid4())
    wait_until(lambda: state_of(job) != "waiting")

    time.sleep(after)
    worker.kill()
    start("worker")

    wait_until(lambda: state_of(job) == "done")
    report = Report.objects.get()
    assert report.facts["sections"][0]["gift_income"]["this_month"] == "321.00"
    assert NumberSeries.objects.get(kind="report").last == 1
    assert Use.objects.filter(owner_type="reports.report").count() == 1
