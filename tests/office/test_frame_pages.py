"""The frame's own pages: start page, search, health, large text, error pages."""

import pytest
from django.test import Client, override_settings

from hebi_charity.accounts.models import User
from hebi_charity.core.registry import (
    SearchHit,
    StartFigure,
    StartPanel,
    WorkItem,
    search_sources,
    start_sources,
    work_sources,
)
from hebi_charity.office.views.health import valkey_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create_user("wanglin", full_name="王林")


@pytest.fixture
def web(person, client):
    client.force_login(person)
    return client


@pytest.fixture
def registered(monkeypatch):
    """Register sources for one test."""

    def add(registry, *sources):
        items = {f"test{number}": (number, source) for number, source in enumerate(sources)}
        monkeypatch.setattr(registry, "_items", items)

    for registry in (work_sources, search_sources, start_sources):
        add(registry)
    return add


def test_start_page_puts_overdue_work_first_and_leaves_out_what_counts_zero(web, registered):
    registered(
        work_sources,
        lambda user: [WorkItem("待复核的捐赠", 3, "/a/"), WorkItem("没有的事", 0, "/b/")],
        lambda user: [WorkItem("已退回的导入", 2, "/c/", overdue=True)],
    )

    page = web.get("/").content.decode()

    assert page.index("已退回的导入") < page.index("待复核的捐赠")
    assert "没有的事" not in page


def test_start_page_says_what_to_do_first_when_empty(web, registered):
    registered(start_sources, lambda user: StartPanel(first_steps=[("登记第一笔捐赠", "/donations/new/")]))

    page = web.get("/").content.decode()

    assert 'href="/donations/new/"' in page
    assert "登记第一笔捐赠" in page


def test_start_page_shows_each_figure_with_the_list_behind_it(web, registered):
    figure = StartFigure("本月捐赠", "1,200.00", "/donations/?month=2026-11", "3 笔")
    registered(start_sources, lambda user: StartPanel(figures=[figure]))

    page = web.get("/").content.decode()

    assert 'href="/donations/?month=2026-11"' in page
    assert "1,200.00" in page


def test_work_count_adds_up_what_waits(web, registered):
    registered(work_sources, lambda user: [WorkItem("a", 3, "/"), WorkItem("b", 2, "/", overdue=True)])

    assert web.get("/work/count/").content.decode().strip() == '<span class="frame-count is-overdue">5</span>'


def test_search_asks_every_source_with_the_words_and_the_person(web, registered, person):
    asked = []

    def source(user, query):
        asked.append((user.pk, query))
        return [SearchHit("张三", "捐赠人", "/donors/7/", "捐赠人")]

    registered(search_sources, source)

    page = web.get("/search/", {"q": "  张\u3000三\x00 "}).content.decode()

    assert asked == [(person.pk, "张 三")]
    assert 'href="/donors/7/"' in page


def test_search_without_words_asks_nobody(web, registered):
    registered(search_sources, lambda user, query: pytest.fail("asked"))

    assert web.get("/search/", {"q": " "}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/search/", "/work/count/"])
def test_frame_pages_need_a_log_in(client, path):
    assert client.get(path).status_code == 302


def test_large_text_enlarges_every_page_of_the_person(web, person):
    person.is_large_text = True
    person.save(update_fields=["is_large_text"])

    assert '<html lang="zh-CN" data-bs-theme="light" class="is-large">' in web.get("/").content.decode()


def test_live_answers_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/live").json() == {"live": True}


def test_ready_tells_that_append_only_is_enforced(client):
    facts = client.get("/health/ready").json()

    assert facts["ready"] is True
    assert facts["append_only_enforced"] is True


def test_ready_does_not_depend_on_valkey(client):
    with override_settings(CELERY_BROKER_URL="redis://127.0.0.1:1/0"):
        answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json()["valkey"] is False


def test_valkey_that_never_answers_is_given_up_after_half_a_second(silent_port):
    from time import monotonic

    started = monotonic()
    with override_settings(CELERY_BROKER_URL=f"redis://127.0.0.1:{silent_port}/0"):
        assert valkey_answers() is False
    assert monotonic() - started < 1.5


@pytest.fixture
def silent_port():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_unknown_address_gives_a_page_in_the_frame_when_logged_in(web):
    answer = web.get("/no-such-page/")

    assert answer.status_code == 404
    assert "data-error-page" in answer.content.decode()
    assert 'id="menu"' in answer.content.decode()


def test_form_without_its_token_gives_the_page_that_says_what_to_do(person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)

    answer = strict.post("/search/", {"q": "1"})

    assert answer.status_code == 403
    assert "data-error-page" in answer.content.decode()


@pytest.mark.parametrize(("mode", "shown"), [("demo", True), ("real", False)])
def test_band_is_on_every_page_of_the_demonstration_only(web, mode, shown):
    with override_settings(HEBI_MODE=mode):
        assert ('class="demo-band"' in web.get("/").content.decode()) is shown


def test_sign_is_found_by_browsers_that_ask_for_it_themselves(client):
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer.url) == (302, "/static/img/mark.svg")
