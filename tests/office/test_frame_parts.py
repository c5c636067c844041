"""The partials draw the same thing everywhere; the templates hold what the strict CSP and the old engines need."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from hebi_charity.core.registry import StartChart, navigation
from hebi_charity.core.static_files import SERVED, FrontEndFinder
from hebi_charity.office.context import Frame
from hebi_charity.office.states import LOOKS, look_of

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Papers are rendered to PDF on the server and never reach a browser.
PAGES = [path for path in TEMPLATES if not re.search(r"/(reports/monthly|donations/reporting)/", path.as_posix())]


def part(name, **context):
    return " ".join(render_to_string(f"includes/_{name}.html", context).split())


@pytest.mark.parametrize(
    ("amount", "drawn"),
    [
        (Decimal("1234567.5"), '<span class="money">1,234,567.50</span>'),
        (Decimal("-3"), '<span class="money money-negative">-3.00</span>'),
        (Decimal("0"), '<span class="money">0.00</span>'),
        (None, '<span class="money">—</span>'),
    ],
)
def test_money_is_never_abbreviated(amount, drawn):
    assert part("money", amount=amount) == drawn


def test_money_shows_unit_and_capitals_when_asked():
    drawn = part("money", amount=Decimal("100"), unit=True, words="壹佰元整")

    assert drawn == '<span class="money">100.00 元</span><span class="money-words">人民币壹佰元整</span>'


def test_moment_is_shown_in_local_time_and_a_day_as_it_is():
    late = datetime(2026, 2, 28, 16, 30, tzinfo=UTC)

    assert ">2026-03-01 00:30</time>" in part("date", value=late)
    assert ">2026-03-01</time>" in part("date", value=date(2026, 3, 1))
    assert part("date", value=None) == "—"


def test_person_who_left_is_named_as_such():
    assert "王林（已停用）" in part("person", person=SimpleNamespace(full_name="王林", is_active=False))
    assert part("person", person=None) == "—"


@pytest.mark.parametrize("state", LOOKS)
def test_state_has_a_chinese_word_a_tone_and_a_shape_that_exists(state):
    look = look_of(state)
    icons = (ROOT / "static" / "img" / "icons.svg").read_text(encoding="utf-8")

    assert re.fullmatch(r"[\u4e00-\u9fff]+", str(look.word))
    assert f'id="shape-{look.shape}"' in icons
    assert f".state-{look.tone} " in (ROOT / "static" / "css" / "parts.css").read_text(encoding="utf-8")


def test_state_words_are_those_of_the_glossary():
    words = {code: str(look_of(code).word) for code in ("registered", "reviewed", "reversed", "voided", "bounced")}

    assert words == {
        "registered": "待复核",
        "reviewed": "已复核",
        "reversed": "已冲销",
        "voided": "已作废",
        "bounced": "退票",
    }


def test_state_label_replaces_the_word_but_not_the_colour():
    drawn = part("state", state="reversed", label="已冲销（整批）")

    assert 'class="state state-red state-struck"' in drawn
    assert "已冲销（整批）" in drawn


def test_unknown_state_is_drawn_grey_with_its_code():
    assert 'class="state state-grey"' in part("state", state="nonsense")


def test_progress_polls_only_while_there_is_an_address():
    running = part("progress", done=1234, total=2468, text="已合并 1,234 行", state="running", poll_url="/jobs/1/")

    assert 'hx-get="/jobs/1/" hx-trigger="every 2s"' in running
    assert 'value="1234" max="2468"' in running
    assert "50 %" in running
    assert "hx-get" not in part("progress", done=2, total=2, text="完成", state="done", result_url="/x/")


def test_failed_work_shows_its_reason():
    drawn = part("progress", done=1, total=2, text="停在第 17 行", state="failed", reason="第 17 行的金额不是数字。")

    assert "第 17 行的金额不是数字。" in drawn
    assert "<progress" not in drawn


def test_confirmation_says_what_will_happen_and_one_button_says_it():
    drawn = part(
        "confirm",
        action_url="/a/",
        button="复核通过 3 笔，共 1,200.00 元",
        facts=[("捐赠人", "<张三>")],
        back_url="/b/",
    )

    assert drawn.count("<button") == 1
    assert "复核通过 3 笔，共 1,200.00 元</button>" in drawn
    assert "<dd>&lt;张三&gt;</dd>" in drawn
    assert 'href="/b/"' in drawn


def test_history_names_reason_and_what_changed():
    entry = SimpleNamespace(
        at=datetime(2026, 3, 1, 1, 0, tzinfo=UTC),
        by="系统",
        act="登记",
        reason="补录",
        changes=[("金额", "1.00", "2.00")],
    )
    drawn = part("history", entries=[entry])

    assert "2026-03-01 09:00" in drawn
    assert "原因：补录" in drawn
    assert "<del>1.00</del> → 2.00" in drawn


def test_attachments_are_links_with_their_size():
    file = SimpleNamespace(name="捐款名单.xlsx", size=2048, get_absolute_url="/files/1/")

    assert 'href="/files/1/"' in part("attachments", attachments=[file])
    assert part("attachments", attachments=[]).endswith("没有附件。</p>")


def test_chart_has_its_table_with_exact_figures():
    chart = StartChart("11月每日捐赠收入", "元", ["11-01", "</script>"], ["1234.50", "0.00"])
    drawn = part("chart", chart=chart, chart_id="c1")

    assert '<td class="number">1,234.50</td>' in drawn
    assert drawn.count("</script>") == 1


class FilterForm(forms.Form):
    q = forms.CharField(label="姓名", required=False)
    state = forms.ChoiceField(label="状态", choices=[("", "全部"), ("reviewed", "已复核")], required=False)
    since = forms.DateField(label="从", required=False)
    least = forms.DecimalField(label="金额不少于", required=False)
    is_large = forms.BooleanField(label="只看大额", required=False)


def filter_bar(query):
    request = RequestFactory().get(f"/donations/?{query}")
    form = FilterForm(QueryDict(query))
    return " ".join(render_to_string("includes/_filter_bar.html", {"filter_form": form}, request).split())


def test_filters_in_force_are_chips_that_remove_themselves_and_go_back_to_the_first_page():
    drawn = filter_bar("q=张&state=reviewed&least=1000&is_large=on&after=x")

    chips = dict(re.findall(r'<a class="chip" href="([^"]*)"><span>([^<]*)</span>', drawn))
    assert chips == {
        "?state=reviewed&amp;least=1000&amp;is_large=on": "姓名：张",
        "?q=%E5%BC%A0&amp;least=1000&amp;is_large=on": "状态：已复核",
        "?q=%E5%BC%A0&amp;state=reviewed&amp;is_large=on": "金额不少于：1,000.00",
        "?q=%E5%BC%A0&amp;state=reviewed&amp;least=1000": "只看大额",
    }


def test_three_filters_are_open_and_the_rest_folded():
    opened, folded = filter_bar("").split("<details")

    assert [name in opened for name in ('name="q"', 'name="state"', 'name="since"')] == [True, True, True]
    assert [name in folded for name in ('name="least"', 'name="is_large"')] == [True, True]
    assert "chips" not in opened + folded


def test_form_errors_are_summed_up_with_links_to_their_fields():
    class Form(forms.Form):
        amount = forms.DecimalField(label="金额")

    form = Form({"amount": "一百"})
    drawn = render_to_string("bootstrap5/errors.html", {"form": form})

    assert 'href="#id_amount"' in drawn
    assert 'role="alert"' in drawn


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_template_has_no_inline_script_or_handler(path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"\son(click|change|input|submit|load|keydown)=|hx-on|javascript:", text) == []
    assert re.findall(r"<script(?![^>]*(\bsrc=|type=\"application/json\"))", text) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_page_has_no_inline_style_and_nothing_that_needs_scripts_we_do_not_serve(path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"\sstyle=|<style|data-bs-toggle|https?://", text) == []


@pytest.mark.parametrize("path", sorted((ROOT / "static" / "css").glob("*.css")), ids=lambda path: path.name)
def test_style_sheet_keeps_to_what_chromium_109_knows(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert re.findall(r"oklch|color-mix|light-dark|@scope|@starting-style|^\s*&", text, re.MULTILINE) == []


@pytest.mark.parametrize("path", sorted((ROOT / "static" / "js").glob("*.js")), ids=lambda path: path.name)
def test_script_keeps_to_what_the_rules_allow(path):
    text = path.read_text(encoding="utf-8")

    assert (
        re.findall(
            r"\beval\(|new Function|innerHTML|setAttribute\(\"style|document\.write|\.toSorted|Promise\.try", text
        )
        == []
    )


def test_every_menu_entry_leads_to_a_page_and_has_an_icon():
    icons = (ROOT / "static" / "img" / "icons.svg").read_text(encoding="utf-8")

    for entry in navigation:
        assert reverse(entry.url_name).startswith("/")
        assert not entry.icon or f'id="{entry.icon}"' in icons, entry.icon


class Person:
    """Somebody with these permissions."""

    is_authenticated = True

    def __init__(self, *permissions):
        self.permissions = permissions

    def has_perm(self, permission):
        return permission in self.permissions


def test_menu_shows_only_what_the_person_may_open(monkeypatch):
    request = RequestFactory().get("/")
    request.user = Person("audit.view_entry")

    shown = {line.entry.permission for line in Frame(request).lines}

    assert shown <= {"", "audit.view_entry"}
    assert "audit.view_entry" in shown


def test_only_the_listed_package_files_are_served():
    finder = FrontEndFinder()

    assert [name for name, _storage in finder.list([])] == list(SERVED)
    assert finders.find("vendor/htmx.org/dist/htmx.min.js").endswith("htmx.min.js")
    assert finders.find("vendor/htmx.org/package.json") is None
    assert finders.find("vendor/axe-core/axe.min.js") is None
    assert finders.find("htmx.org/dist/htmx.min.js") is None


def test_every_file_gets_a_hashed_name(settings, tmp_path):
    from django.core.management import call_command

    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", verbosity=0, interactive=False)

    assert len(list(tmp_path.glob("css/frame.*.css"))) == 1
    assert len(list(tmp_path.glob("vendor/@tabler/core/dist/css/tabler.min.*.css"))) == 1
