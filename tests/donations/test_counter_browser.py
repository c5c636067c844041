"""The counter with the keyboard alone, in a real browser: six fields, Enter, suggestions, capitals, the slip."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from donations.models import Donation
from tests.browser import PHONE, axe, log_in
from tests.donations.factories import FundFactory, known_donor, set_up_office
from tests.donations.staff import person

pytestmark = pytest.mark.journey


@pytest.fixture
def counter(page, site):
    """The counter form of a clerk, freshly opened, with two funds to choose from."""
    set_up_office()
    FundFactory(code="FXD", name="非限定慈善资金")
    FundFactory(code="ZHCJ", name="灾后重建专项资金")
    log_in(page, site, person("donation_clerk"))
    page.goto(f"{site}/donations/new/")
    return page


def type_gift(page, name: str, amount: str) -> None:
    """Name and amount, then Enter through way, wish, publication and telephone; the last one saves."""
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.keyboard.type(amount)
    for _ in range(5):
        page.keyboard.press("Enter")


def test_gift_is_saved_by_enter_and_the_next_begins(counter):
    expect(counter.locator("#id_name")).to_be_focused()
    counter.keyboard.type("李霞")
    counter.keyboard.press("Enter")
    counter.keyboard.type("1,200.5")
    expect(counter.get_by_text("人民币壹仟贰佰元零伍角")).to_be_visible()
    for _ in range(5):
        counter.keyboard.press("Enter")

    expect(counter.locator("#messages")).to_contain_text("已保存")
    expect(counter.locator("#id_name")).to_be_focused()
    type_gift(counter, "王五", "20")
    expect(counter.locator("main")).to_contain_text("王五")

    assert list(Donation.objects.order_by("pk").values_list("donor__name", "amount")) == [
        ("李霞", Decimal("1200.50")),
        ("王五", Decimal("20.00")),
    ]


def test_six_fields_are_in_sight_and_the_page_has_no_barrier(counter):
    visible = counter.locator("main form[data-enter-order]").evaluate(
        "form => Array.from(form.elements).filter(e => e.matches('input:not([type=hidden]), select')"
        " && window.hebi.isVisible(e)).map(e => e.name)"
    )

    assert visible == ["name", "amount", "channel", "fund", "public_mode", "phone"]
    axe(counter)
    counter.set_viewport_size(PHONE)
    assert counter.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_suggested_donor_is_chosen_with_the_arrow_keys(counter):
    donor = known_donor(name="周小满", phone="13800009876")
    counter.keyboard.type("zxm", delay=30)
    expect(counter.locator("#donor-list [role=option]")).to_contain_text("周小满")
    counter.keyboard.press("ArrowDown")
    counter.keyboard.press("Enter")
    expect(counter.locator("#id_name")).to_have_value("周小满")
    counter.keyboard.press("Enter")
    counter.keyboard.type("50")
    for _ in range(5):
        counter.keyboard.press("Enter")

    expect(counter.locator("#messages")).to_contain_text("已保存")
    assert Donation.objects.get().donor == donor


def test_possible_duplicate_is_asked_about_and_never_confirmed_by_a_quick_hand(counter):
    type_gift(counter, "李霞", "100")
    expect(counter.locator("#messages")).to_contain_text("已保存")
    type_gift(counter, "李霞", "100")
    expect(counter.locator("[data-error-summary]")).to_be_focused()
    counter.keyboard.press("Enter")  # a quick hand's second Enter confirms nothing
    assert Donation.objects.count() == 1
    counter.keyboard.press("Tab")
    counter.keyboard.press("Tab")
    expect(counter.get_by_role("button", name="确认是另一笔捐赠，照常保存")).to_be_focused()
    counter.keyboard.press("Enter")

    expect(counter.locator("#messages")).to_contain_text("已保存")
    assert Donation.objects.count() == 2


def test_wrong_amount_keeps_what_was_typed(counter):
    type_gift(counter, "李霞", "一百多")

    expect(counter.locator("[data-error-summary]")).to_be_focused()
    expect(counter.locator("#id_name")).to_have_value("李霞")
    expect(counter.locator("#id_amount")).to_have_value("一百多")
    assert Donation.objects.count() == 0


def test_save_and_print_opens_the_print_dialogue_at_once(counter):
    counter.context.add_init_script("window.print = () => { window.hasPrinted = true; }")
    counter.reload()
    counter.keyboard.type("李霞")
    counter.keyboard.press("Enter")
    counter.keyboard.type("100")
    counter.get_by_role("button", name="保存并打印").press("Enter")

    expect(counter.locator(".slip")).to_contain_text("壹佰元整")
    counter.wait_for_function("window.hasPrinted === true")
    assert "补打" not in counter.locator(".slip").inner_text()
    assert Donation.objects.get().printed_times == 1


def test_own_name_for_publication_is_asked_where_it_is_chosen(counter):
    expect(counter.locator("#id_public_name")).to_be_hidden()
    counter.locator("#id_public_mode").select_option("custom")
    expect(counter.locator("#id_public_name")).to_be_visible()


def test_several_funds_and_foreign_money_are_worked_out_while_typing(counter):
    counter.locator("summary", has_text="更多").click()
    counter.locator("#id_currency").select_option("HKD")
    counter.locator("#id_foreign_amount").fill("1000")
    counter.locator("#id_booked_rate").fill("0.91235")
    expect(counter.locator("#id_amount")).to_have_value("912.35")
    counter.locator("#id_part-0-amount").fill("200")
    expect(counter.locator("[data-split-sum]")).to_have_text("另分出 200.00 元，其余 712.35 元归上面的资金项目。")
    counter.get_by_role("button", name="再加一个资金项目").click()
    expect(counter.locator("#id_part-2-fund")).to_be_focused()
    axe(counter)

    counter.locator("#id_part-0-fund").select_option(label="灾后重建专项资金")
    counter.locator("#id_name").fill("李霞")
    counter.keyboard.press("Control+Enter")
    expect(counter.locator("#messages")).to_contain_text("已保存")
    parts = Donation.objects.get().allocations.values_list("fund__code", "amount")
    assert list(parts) == [("FXD", Decimal("712.35")), ("ZHCJ", Decimal("200.00"))]
