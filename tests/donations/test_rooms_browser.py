"""Every page of the donations in a real browser, on a desk and on a phone: no barrier, nothing too wide."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from donations.models import Donation
from donations.services.reversing import request_reversal
from hebi_charity.audit import services as audit
from hebi_charity.core import dates
from tests.browser import DESK, PHONE, axe, log_in
from tests.donations.factories import (
    CampaignFactory,
    UserFactory,
    known_donor,
    other_income,
    registered_gift,
    reviewed_gift,
    set_up_office,
)
from tests.donations.pools import registered_pool, reviewed_pool
from tests.donations.staff import person

pytestmark = pytest.mark.journey


@pytest.fixture
def rooms(page, site):
    """An accountant in an office where something of every kind was recorded."""
    set_up_office()
    campaign, donor = CampaignFactory(), known_donor(phone="13800009876")
    known_donor()
    for yuan in ("100.00", "2500.00"):
        reviewed_gift(amount=Decimal(yuan), campaign=campaign, donor=donor)
        reviewed_gift(amount=Decimal(yuan), donated_on=dates.today(), received_on=dates.today())
    gift, pool, interest = registered_gift(campaign=campaign), reviewed_pool("10.00", "20.00"), other_income()
    request_reversal(reviewed_gift(), by=UserFactory(), reason="同一笔捐款登记了两次")
    log_in(page, site, person("accountant"))
    addresses = [
        "/donations/",
        "/donations/?state=registered&sort=amount",
        "/donations/new/",
        "/donations/income/new/",
        f"/donations/{gift.pk}/",
        f"/donations/{gift.pk}/edit/",
        f"/donations/{interest.pk}/",
        f"/donations/income/{interest.pk}/edit/",
        f"/donations/{gift.pk}/slip/",
        f"/donations/{pool.pk}/",
        f"/donations/{pool.pk}/orders/",
        f"/donations/review/?rows={gift.pk}",
        "/donations/reversals/",
        f"/donations/lookup/?code={gift.query_code}",
        "/donations/donors/",
        f"/donations/donors/{donor.pk}/",
        f"/donations/donors/{donor.pk}/edit/",
        "/donations/funds/",
        "/donations/funds/new/",
        f"/donations/funds/{campaign.fund.pk}/",
        "/donations/campaigns/",
        "/donations/campaigns/new/",
        f"/donations/campaigns/{campaign.pk}/",
        "/donations/kinds/",
        "/donations/kinds/interest/",
        "/donations/kinds/interest/rules/new/",
        "/search/?q=李霞",
    ]
    return page, site, addresses


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_has_a_barrier_or_is_wider_than_the_screen(rooms, size):
    page, site, addresses = rooms
    page.set_viewport_size(size)
    wide = []
    for address in addresses:
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            wide.append(address)
        axe(page)
    assert wide == []


def test_rows_are_reviewed_in_bulk_from_the_list(rooms):
    page, site, _addresses = rooms
    page.goto(f"{site}/donations/?state=registered")
    page.locator("input[name=rows]").first.check()
    expect(page.locator("[data-bulk-sentence]")).to_contain_text("已选 1")
    page.get_by_role("button", name="复核所选").click()
    page.get_by_role("button", name="复核通过 1 笔").click()

    expect(page.locator("#messages")).to_contain_text("复核通过 1 笔")
    assert Donation.objects.registered().count() == 1


def test_list_is_walked_with_j_and_k_and_opened_with_enter(rooms):
    page, site, _addresses = rooms
    page.goto(f"{site}/donations/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    number = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_contain_text(number)


def test_personal_data_is_shown_in_full_on_the_page_after_a_reason(rooms):
    page, site, _addresses = rooms
    page.goto(f"{site}/donations/donors/?q=9876")
    page.get_by_role("link", name="李霞").click()
    expect(page.locator("main")).to_contain_text("138****9876")
    page.locator("summary", has_text="查看完整电话").click()
    page.get_by_label("查看完整信息的原因").fill("电话回访")
    page.get_by_role("button", name="显示完整信息（记入日志）").click()

    expect(page.locator("main")).to_contain_text("13800009876")
    page.get_by_role("link", name="恢复遮盖").click()
    expect(page.locator("main")).not_to_contain_text("13800009876")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_tables_with_long_numbers_and_digests_are_not_cut(page, site, width):
    set_up_office()
    pool = registered_pool("10.00")
    order = pool.orders.get()
    order.pk, order.row_no, order.order_no, order.nickname = (
        None,
        2,
        "42000017852020012" * 2,
        "一个相当长的捐赠人昵称不带空格",
    )
    order.donated_at = datetime(2022, 9, 5, 6, 30, tzinfo=UTC)
    order.save()
    audit.record(UserFactory(), "donation.changed", pool, changes={"note": ("0123456789abcdef" * 4, "f" * 64)})
    log_in(page, site, person("auditor"))
    page.set_viewport_size(width)

    for address in (pool.get_absolute_url(), "/audit/"):
        page.goto(f"{site}{address}")
        frames = page.locator(".table-frame")
        expect(frames.first).to_be_visible()
        assert frames.evaluate_all("frames => frames.filter(each => each.scrollWidth > each.clientWidth).length") == 0
        assert page.evaluate("document.documentElement.scrollWidth") == width["width"]
