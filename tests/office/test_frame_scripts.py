"""The scripts of the frame in a real browser, on pages made of the product's own base page and partials."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import expect

from hebi_charity.accounts.models import User
from hebi_charity.core.dates import DayError, format_day_in_full, parse_day
from tests.browser import axe, log_in

pytestmark = pytest.mark.journey

HTML = "text/html; charset=utf-8"
COUNTER = """
<form method="post" action="/try/saved/" data-draft="gift" data-enter-order>
  {% csrf_token %}
  <label class="form-label" for="id_name">姓名</label><input class="form-control" id="id_name" name="name">
  <label class="form-label" for="id_amount">金额</label>
  <input class="form-control" id="id_amount" name="amount" data-money>
  <label class="form-label" for="id_card">证件号</label>
  <input class="form-control" id="id_card" name="card" data-no-draft>
  <button class="btn btn-primary" type="submit">保存</button>
</form>
"""
LIST = """
<form method="post" action="/try/saved/" data-bulk data-no-guard>{% csrf_token %}
<div class="table-frame"><table class="table">
<thead><tr><th>选</th><th>编号</th><th class="number">金额（元）</th></tr></thead>
<tbody>
  {% for number, amount in rows %}<tr data-href="/try/{{ number }}/">
    <td class="row-check"><label><input type="checkbox" name="rows" value="{{ number }}" data-amount="{{ amount }}">
      <span class="visually-hidden">{{ number }}</span></label></td>
    <td><a href="/try/{{ number }}/">{{ number }}</a></td><td class="number">{{ amount }}</td></tr>{% endfor %}
</tbody></table></div>
{% include "includes/_bulk_bar.html" with button="复核通过" %}
</form>
"""


@pytest.fixture
def show(page, site):
    """Show a page made of this content at /try/, for a person who is logged in; gives the page back."""
    user = User.objects.create_user("wanglin", full_name="王林")
    log_in(page, site, user)

    def serve(content, *, idle_seconds=0, logged_in=True, **context):
        request = RequestFactory().get("/try/")
        request.user = user if logged_in else AnonymousUser()
        request.idle_seconds = idle_seconds
        get_token(request)
        text = "{% extends 'base.html' %}{% load frame %}{% block title %}试{% endblock %}"
        text += "{% block page_title %}试用{% endblock %}{% block content %}" + content + "{% endblock %}"
        answer = HttpResponse(engines["django"].from_string(text).render(context, request))
        policy = page.request.get(f"{site}/accounts/login/").headers["content-security-policy"]
        return {
            "body": answer.content,
            "content_type": "text/html; charset=utf-8",
            "headers": {"Content-Security-Policy": policy},
        }

    def shown(content, **kwargs):
        answer = serve(content, **kwargs)
        page.route("**/try/", lambda route: route.fulfill(**answer))
        page.route("**/try/saved/", lambda route: route.fulfill(**serve("<p data-saved>已保存</p>")))
        page.goto(f"{site}/try/")
        return page

    shown.serve = serve
    return shown


AMOUNTS = [
    ("1409.50", "人民币壹仟肆佰零玖元伍角"),
    ("6007.14", "人民币陆仟零柒元壹角肆分"),
    ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
    ("325.04", "人民币叁佰贰拾伍元零肆分"),
    ("107000.53", "人民币壹拾万柒仟元零伍角叁分"),
    ("518000000", "人民币伍亿壹仟捌佰万元整"),
    ("38,169,900", "人民币叁仟捌佰壹拾陆万玖仟玖佰元整"),
    ("１００００００01", "人民币壹亿零壹元整"),
    ("0.05", "人民币伍分"),
    ("0", "金额必须大于 0。"),
    ("零元整", "金额必须大于 0。"),
    ("一百", "¥100.00　人民币壹佰元整"),
    ("壹佰元伍角", "¥100.50　人民币壹佰元零伍角"),
    ("3万", "¥30,000.00　人民币叁万元整"),
    ("1.5万元", "¥15,000.00　人民币壹万伍仟元整"),
    ("10000000000000", "人民币壹拾万亿元整"),
    ("", ""),
    ("一百二", "这不是金额。请输入数字，例如 1200 或 1200.50。"),
    ("3万5", "这不是金额。请输入数字，例如 1200 或 1200.50。"),
    ("1.234", "金额最多到分，小数点后不超过两位。"),
    ("100000000000000", "金额过大。"),
]


def test_capitals_follow_the_amount_while_it_is_typed(show):
    page = show(COUNTER)

    for typed, words in AMOUNTS:
        page.locator("#id_amount").fill(typed)
        expect(page.locator("#id_amount_words")).to_have_text(words)
    axe(page)


def test_capitals_in_the_browser_are_those_of_the_server(show):
    from decimal import Decimal

    from hebi_charity.core.money import amount_in_words

    page = show(COUNTER)
    texts = [
        f"{yuan}.{fen:02d}"
        for yuan in (0, 7, 10, 20, 101, 1010, 10010, 100100, 20300405, 10**13)
        for fen in (0, 1, 20, 35)
    ]
    texts += ["99999999999999.99", "10203040506070.80", "1000000010000.01", "100010001.00", "9800005000"]

    said = [amount_in_words(Decimal(text)) for text in texts]
    seen = page.evaluate("(texts) => texts.map((text) => window.hebi.amountInWords(text))", texts)
    seen_of_capitals = page.evaluate("(texts) => texts.map((text) => window.hebi.amountInWords(text))", said)

    assert seen == said
    assert seen_of_capitals == said


def test_enter_goes_from_field_to_field_and_saves_at_the_last(show):
    page = show(COUNTER)
    page.locator("#id_name").focus()
    page.keyboard.type("张三")
    page.keyboard.press("Enter")
    expect(page.locator("#id_amount")).to_be_focused()
    page.keyboard.type("100")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("已保存")


def test_ctrl_enter_saves_from_any_field(show):
    page = show(COUNTER)
    page.locator("#id_name").fill("张三")
    page.keyboard.press("Control+Enter")

    expect(page.locator("main")).to_contain_text("已保存")


def test_second_click_on_save_sends_nothing(show):
    page = show(COUNTER)
    sent = []
    page.route("**/try/saved/", lambda route: sent.append(route.request.method))  # the answer never comes
    page.evaluate("const form = document.querySelector('main form'); form.requestSubmit(); form.requestSubmit();")
    page.wait_for_timeout(300)

    assert sent == ["POST"]


def drafts_of(page):
    return page.evaluate(
        "JSON.stringify(Object.entries(localStorage).filter(([key]) => key.startsWith('hebi.draft.')))"
    )


def test_draft_comes_back_without_the_identifier_and_goes_when_saved(show):
    page = show(COUNTER)
    page.locator("#id_name").fill("李四")
    page.locator("#id_amount").fill("88")
    page.locator("#id_card").fill("110101199003070000")
    page.wait_for_timeout(600)
    assert "110101199003070000" not in drafts_of(page)

    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    page.go_back()
    page.reload()

    expect(page.locator("#id_name")).to_have_value("李四")
    expect(page.locator("#id_card")).to_have_value("")
    expect(page.locator("#id_amount_words")).to_have_text("人民币捌拾捌元整")
    expect(page.locator("#messages")).to_contain_text("已恢复您上次填写但没有保存的内容。")

    page.locator("main .btn-primary").last.click()
    expect(page.locator("main")).to_contain_text("已保存")
    page.wait_for_load_state("load")  # the scripts run after the page is shown
    assert drafts_of(page) == "[]"


def test_draft_outlives_a_fault_of_the_server_and_the_page_opened_after_it(show, console):
    page = show(COUNTER)
    console.forgive("500")
    page.route("**/try/saved/", lambda route: route.fulfill(status=500, body="broken", content_type=HTML))
    page.route("**/try/list/", lambda route: route.fulfill(**show.serve("<p>清单</p>")))
    page.locator("#id_name").fill("李四")
    page.locator("main .btn-primary").last.click()
    expect(page.locator("body")).to_have_text("broken")

    page.goto(page.url.replace("saved", "list"))
    expect(page.locator("main")).to_contain_text("清单")
    page.goto(page.url.replace("list/", ""))

    expect(page.locator("#id_name")).to_have_value("李四")


def test_typing_replaces_what_a_draft_brought_back_and_is_never_added_to_it(show):
    page = show(COUNTER.replace('name="name"', 'name="name" autofocus'))
    page.locator("#id_name").fill("李四")
    page.locator("#id_amount").fill("88")
    page.wait_for_timeout(600)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#id_amount")).to_have_value("88")

    page.keyboard.type("王五")
    page.keyboard.press("Tab")
    page.keyboard.type("20")

    expect(page.locator("#id_name")).to_have_value("王五")
    expect(page.locator("#id_amount")).to_have_value("20")


DAYS = [
    ("0905", "2026年9月5日 星期六"),
    ("9-5", "2026年9月5日 星期六"),
    ("9月5日", "2026年9月5日 星期六"),
    ("２０２２。９。５", "2022年9月5日 星期一"),
    ("20240229", "2024年2月29日 星期四"),
    ("2022-09-05 08:30", "2022年9月5日 星期一"),
    ("今天", "2026年11月25日 星期三"),
    ("前天", "2026年11月23日 星期一"),
    ("", ""),
    ("2023-02-29", "这不是日期。请写成 2026-03-01、0301、3.1 或 今天。"),
    ("2026", "这不是日期。请写成 2026-03-01、0301、3.1 或 今天。"),
    ("下周", "这不是日期。请写成 2026-03-01、0301、3.1 或 今天。"),
    ("12-1", "2026年12月1日 星期二　晚于今天。"),
]


def test_day_that_is_understood_follows_what_is_typed(show):
    page = show("<p>试</p>")
    page.clock.set_fixed_time("2026-11-24T20:00:00Z")  # in Shanghai the day after has begun
    page = show('<form><label for="id_day">日期</label><input id="id_day" data-day data-no-future></form>')

    for typed, words in DAYS:
        page.locator("#id_day").fill(typed)
        expect(page.locator("#id_day_day")).to_have_text(words)


def test_days_in_the_browser_are_those_of_the_server(show):
    page = show("<p>试</p>")
    texts = [
        "20260301",
        "2026/3/1",
        "2026.3.1",
        "2026年3月1日",
        "１９９９-１２-３１",
        "2100-02-28",
        "1899-01-01",
        "2100-02-29",
        "2026 年 3 月 1 日",
        "2026年3月1号",
        "2026、3。1.",
        "3月1号",
        "1985.7",
        "198507",
    ]

    seen = page.evaluate("(texts) => texts.map((text) => window.hebi.dayInWords(text).split(' ')[0])", texts)

    assert seen == [said_by_server(text) for text in texts]


def said_by_server(text):
    try:
        return format_day_in_full(parse_day(text, today=date(2026, 11, 25)))
    except DayError:
        return ""


def test_draft_can_be_discarded(show):
    page = show(COUNTER)
    page.locator("#id_name").fill("李四")
    page.wait_for_timeout(600)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("button", name="不要，清除").click()

    expect(page.locator("#id_name")).to_have_value("")
    assert drafts_of(page) == "[]"


def test_draft_is_wiped_at_log_out(show, site):
    page = show(COUNTER)
    page.locator("#id_name").fill("李四")
    page.wait_for_timeout(600)
    assert "李四" in drafts_of(page)

    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(site)
    page.locator(".frame-account summary").click()
    page.locator("[data-logout] button").click()
    page.wait_for_url("**/login/**")

    assert drafts_of(page) == "[]"


def test_leaving_with_unsaved_work_asks_and_staying_keeps_it(show):
    page = show(COUNTER)
    page.locator("#id_name").press_sequentially("张")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator(".frame-brand").click(no_wait_after=True)
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    expect(page.locator("#id_name")).to_have_value("张")
    page.on("dialog", lambda dialog: dialog.accept())


def test_bulk_choice_says_how_many_and_how_much(show):
    page = show(LIST, rows=[("a1", "1200.05"), ("a2", "99999999999999.99"), ("a3", "0.10")])
    sentence, button = page.locator("[data-bulk-sentence]"), page.locator("[data-bulk-act]")
    expect(sentence).to_have_text("尚未选择。")
    expect(button).to_be_disabled()

    page.locator("input[value=a1]").check()
    page.locator("input[value=a2]").check()
    expect(sentence).to_have_text("已选 2 笔，共 100,000,000,001,200.04 元。")
    page.locator("[data-bulk-all]").check()
    expect(sentence).to_have_text("已选 3 笔，共 100,000,000,001,200.14 元。")
    expect(button).to_be_enabled()
    axe(page)


def test_j_and_k_walk_the_rows_x_chooses_and_enter_opens(show):
    page = show(LIST, rows=[("a1", "1.00"), ("a2", "2.00")])
    page.route("**/try/a*/", lambda route: route.fulfill(**show.serve("<p>一条记录</p>")))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("input[value=a2]")).to_be_checked()
    page.locator("a[href='/try/a2/']").focus()
    page.keyboard.press("k")
    page.keyboard.press("Enter")

    page.wait_for_url("**/try/a1/")


def test_click_on_a_row_opens_its_record(show):
    page = show(LIST, rows=[("a1", "1.00")])
    page.route("**/try/a*/", lambda route: route.fulfill(**show.serve("<p>一条记录</p>")))
    page.locator("td.number").click()

    page.wait_for_url("**/try/a1/")


SUGGEST = """
<form method="post" action="/try/saved/" data-enter-order>{% csrf_token %}
  <label class="form-label" for="id_name">姓名</label>
  <input class="form-control" id="id_name" name="name" autocomplete="off"
    data-suggest="names" data-suggest-clears="id_donor"
    hx-get="/try/names/" hx-trigger="input changed delay:50ms" hx-target="#names">
  <div class="suggestions" id="names"></div>
  <input type="hidden" id="id_donor" name="donor" value="">
  <label class="form-label" for="id_next">金额</label><input class="form-control" id="id_next" name="next">
</form>
"""
OPTIONS = """<ul class="suggestions-list" role="listbox" aria-label="捐赠人">
<li role="option" data-fill='{"id_donor": "7", "id_name": "张三"}'>张三 <small>138****0000</small></li>
<li role="option" data-fill='{"id_donor": "8", "id_name": "张三丰"}'>张三丰</li></ul>"""


def test_suggestion_is_chosen_by_arrows_and_enter_and_undone_by_typing(show):
    page = show(SUGGEST)
    page.route("**/try/names/**", lambda route: route.fulfill(body=OPTIONS, content_type="text/html; charset=utf-8"))
    page.locator("#id_name").press_sequentially("张")
    expect(page.locator("[role=option]")).to_have_count(2)
    axe(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#id_name")).to_have_value("张三丰")
    expect(page.locator("#id_donor")).to_have_value("8")
    expect(page.locator("[role=option]")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("#id_next")).to_be_focused()
    page.locator("#id_name").press_sequentially("甲")
    expect(page.locator("#id_donor")).to_have_value("")


def test_suggestion_is_chosen_by_a_finger(show):
    page = show(SUGGEST)
    page.route("**/try/names/**", lambda route: route.fulfill(body=OPTIONS, content_type="text/html; charset=utf-8"))
    page.locator("#id_name").press_sequentially("张")
    page.locator("[role=option]").first.click()

    expect(page.locator("#id_donor")).to_have_value("7")


def test_copy_works_where_the_clipboard_is_closed(show):
    page = show('<p id="words">截至今日</p><button class="btn btn-secondary" data-copy="#words">复制文字</button>')
    page.evaluate("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page.get_by_role("button", name="复制文字").click()

    expect(page.locator("#messages")).to_contain_text("已复制。")


def test_progress_asks_on_its_own_until_the_work_is_done(show):
    part = '{%% include "includes/_progress.html" with done=%s total=4 text="合并" state="%s" %s %%}'
    page = show(part % (1, "running", 'poll_url="/try/progress/"'))
    done = show.serve(part % (4, "done", 'result_url="/"'))
    asked = []

    def answer(route):
        asked.append(route.request.headers.get("x-background"))
        part = re.search(r'<div class="progress-box".*?</p>\s*</div>', done["body"].decode(), re.DOTALL)
        route.fulfill(body=part[0], content_type="text/html; charset=utf-8")

    page.route("**/try/progress/", answer)
    expect(page.get_by_role("link", name="查看结果")).to_be_visible()
    page.wait_for_timeout(2500)

    assert asked == ["1"]


def test_refused_act_is_told_in_a_sentence(show, console):
    console.forgive("403")
    console.forgive("500")
    page = show('<button class="btn btn-secondary" hx-post="/try/act/">做</button>')
    page.route("**/try/act/", lambda route: route.fulfill(status=403, body=""))
    page.get_by_role("button", name="做", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("您没有权限进行这项操作。")
    page.route("**/try/act/", lambda route: route.fulfill(status=500, body=""))
    page.get_by_role("button", name="做", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("服务器出错，没有改动任何数据，请重试。")


def test_idle_cover_hides_the_page_and_gives_it_back_untouched(show, console):
    console.forgive("422")
    page = show(COUNTER, idle_seconds=2)
    answers = [{"status": 422, "json": {"sentence": "密码不正确。"}}, {"status": 200, "json": {"csrf_token": "n" * 64}}]
    page.route("**/accounts/login/unlock/", lambda route: route.fulfill(**answers.pop(0)))
    page.locator("#id_name").press_sequentially("王五")

    expect(page.locator("#idle-cover")).to_be_visible()
    expect(page.locator("#id_name")).not_to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#idle-cover")).to_be_visible()
    axe(page)
    page.locator("#idle-password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.locator("#idle-answer")).to_have_text("密码不正确。")
    page.locator("#idle-password").fill("right")
    page.keyboard.press("Enter")

    expect(page.locator("#idle-cover")).not_to_be_visible()
    expect(page.locator("#id_name")).to_have_value("王五")
    tokens = page.evaluate("Array.from(document.getElementsByName('csrfmiddlewaretoken')).map((it) => it.value)")
    assert set(tokens) == {"n" * 64}
    page.on("dialog", lambda dialog: dialog.accept())


def test_answer_that_asks_for_a_log_in_covers_the_page(show, console):
    console.forgive("401")
    page = show('<button class="btn btn-secondary" hx-get="/try/part/">看</button>', idle_seconds=900)
    refused = {"status": 401, "headers": {"X-Login-Required": "unlock"}, "body": "{}"}
    page.route("**/try/part/", lambda route: route.fulfill(**refused))
    page.get_by_role("button", name="看", exact=True).click()

    expect(page.locator("#idle-cover")).to_be_visible()
