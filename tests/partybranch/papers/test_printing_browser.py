"""Printing from the page of a meeting and of a branch, seen made, found again: in a real browser."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import run_job
from hebi_charity.reports.models import Paper
from tests.browser import DESK, PHONE, axe, log_in
from tests.donations.staff import person
from tests.partybranch.factories import a_branch
from tests.partybranch.record.factories import ready_event

pytestmark = pytest.mark.journey
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


def print_it(page, name: str) -> None:
    """Press the button; a worker makes the paper while the progress page is open."""
    page.get_by_role("button", name=name).click()
    page.wait_for_url(re.compile("/jobs/"))
    run_job(Job.objects.latest("pk").pk)
    page.get_by_role("link", name="查看结果").click()


def no_barrier(page, size) -> None:
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    axe(page)


@SIZES
def test_sheet_and_record_of_a_meeting_are_printed_and_found_again(page, site, size):
    branch = a_branch("离退休干部党支部")
    event = ready_event(topic="学习二十大精神", held_on=date(2022, 10, 16), branch=branch)
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))

    for name in ("打印签到表", "打印会议记录"):
        page.goto(f"{site}/party/life/{event.pk}/")
        print_it(page, name)
        expect(page.get_by_role("link", name="下载PDF")).to_be_visible()
        no_barrier(page, size)
    page.goto(f"{site}/party/life/{event.pk}/")
    expect(page.get_by_role("link", name="已打印")).to_have_count(2)
    page.goto(f"{site}/reports/papers/")
    no_barrier(page, size)
    expect(page.get_by_role("link", name="签到表 2022-10-16 学习二十大精神")).to_be_visible()
    page.get_by_role("link", name="会议记录 2022-10-16 学习二十大精神").click()
    expect(page.get_by_role("link", name="打开对应的记录")).to_be_visible()

    kinds = list(Paper.objects.order_by("pk").values_list("kind", "version", "subject_id"))
    assert kinds == [("partybranch.sign_in_sheet", 1, event.pk), ("partybranch.meeting_record", 1, event.pk)]


@SIZES
def test_ledger_of_a_year_is_bound_from_the_page_of_the_branch_and_again_after_a_change(page, site, size):
    branch = a_branch("离退休干部党支部")
    ready_event(topic="学习二十大精神", held_on=date(2022, 10, 16), branch=branch)
    page.set_viewport_size(size)
    log_in(page, site, person("branch_secretary"))

    page.goto(f"{site}/party/branches/{branch.pk}/")
    page.get_by_role("combobox", name="年度").select_option("2022")
    print_it(page, "打印年度台账")
    expect(page.get_by_role("heading", name="年度台账 2022 离退休干部党支部")).to_be_visible()
    ready_event(topic="补上的一次", held_on=date(2022, 11, 16), branch=branch)
    print_it(page, "再次打印")
    expect(page.get_by_role("link", name=re.compile("第 1 次"))).to_be_visible()
    no_barrier(page, size)

    papers = list(Paper.objects.order_by("version"))
    assert [(one.kind, one.subject_key, one.version) for one in papers] == [
        ("partybranch.ledger", "2022", 1),
        ("partybranch.ledger", "2022", 2),
    ]
    assert [len(one.facts["records"]) for one in papers] == [1, 2]
