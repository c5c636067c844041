"""处理进度: one's own work, how far it is, and what to do when it failed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from hebi_charity.core.registry import work_sources
from hebi_charity.files import services as files
from hebi_charity.jobs import services
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.templatetags.jobs import pace, spoken_duration, step_text
from tests.audit.factories import make_person
from tests.jobs.factories import make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make_person("clerk")


@pytest.fixture
def web(client, clerk):
    client.force_login(clerk, backend="hebi_charity.accounts.backends.RoleBackend")
    return client


@pytest.fixture(autouse=True)
def nothing_is_sent(monkeypatch):
    monkeypatch.setattr(services, "send", lambda job_id: True)


def test_list_shows_ones_own_work_only(web, clerk):
    own = make_job(asked_by=clerk)
    make_job(asked_by=make_person("other"))

    response = web.get(reverse("jobs:list"))

    assert response.context["object_list"] == [own]


@pytest.mark.parametrize("count", [1, 5])
def test_list_query_count_does_not_grow(web, clerk, count, django_assert_max_num_queries):
    for _ in range(count):
        make_job(asked_by=clerk, state="done")

    with django_assert_max_num_queries(12) as counted:
        web.get(reverse("jobs:list"))
    assert len([query for query in counted.captured_queries if "jobs_job" in query["sql"]]) == 1


@pytest.mark.parametrize(("state", "asks_again"), [("waiting", True), ("running", True), ("done", False)])
def test_list_asks_again_while_something_moves(web, clerk, state, asks_again):
    make_job(asked_by=clerk, state=state)

    content = web.get(reverse("jobs:list"), headers={"HX-Request": "true"}).content.decode()

    assert ('hx-trigger="every 3s"' in content) is asks_again
    assert "<html" not in content


def test_list_of_failed_work_gives_reason_and_button(web, clerk):
    job = make_job(asked_by=clerk, state="failed", error="第 17 行的金额不是数字。")
    make_job(asked_by=clerk)

    response = web.get(reverse("jobs:list"), {"state": "failed"})

    assert response.context["object_list"] == [job]
    assert "第 17 行的金额不是数字。" in response.content.decode()
    assert "重新处理" in response.content.decode()


def test_foreign_work_does_not_exist(web):
    job = make_job(asked_by=make_person("other"), state="failed")

    for name, method in (("detail", web.get), ("retry", web.post), ("cancel", web.post)):
        assert method(reverse(f"jobs:{name}", args=[job.pk])).status_code == 404


@pytest.mark.parametrize("name", ["retry", "cancel"])
def test_acts_need_a_post(web, clerk, name):
    job = make_job(asked_by=clerk, state="failed")

    assert web.get(reverse(f"jobs:{name}", args=[job.pk])).status_code == 405


def test_running_work_shows_count_rate_and_time_left(web, clerk):
    job = make_job(
        asked_by=clerk,
        state="running",
        started_at=Now() - timedelta(seconds=100),
        progress_done=10_000,
        progress_total=49_691,
        progress_text="正在写入",
    )

    content = web.get(reverse("jobs:detail", args=[job.pk])).content.decode()

    assert "正在写入" in content
    assert "10,000 / 49,691" in content
    assert "20 %" in content
    assert "每秒 100 条" in content
    assert "约剩 6 分" in content


def test_progress_alone_is_given_to_htmx_and_stops_asking_when_done(web, clerk):
    running = make_job(asked_by=clerk, state="running")
    done = make_job(asked_by=clerk, state="done", result_url="/reports/1/", note="共 300 行")

    def partial(job):
        return web.get(reverse("jobs:detail", args=[job.pk]), headers={"HX-Request": "true"}).content.decode()

    assert f'hx-get="{running.get_absolute_url()}"' in partial(running)
    assert "hx-get" not in partial(done)
    assert 'href="/reports/1/"' in partial(done)
    assert "共 300 行" in partial(done)


def test_retry_sets_failed_work_going_again(web, clerk):
    job = make_job(asked_by=clerk, state="failed")

    response = web.post(reverse("jobs:retry", args=[job.pk]))

    assert response.url == job.get_absolute_url()
    assert Job.objects.get(pk=job.pk).state == "waiting"


def test_retry_of_done_work_says_so(web, clerk):
    job = make_job(asked_by=clerk, state="done")

    response = web.post(reverse("jobs:retry", args=[job.pk]), follow=True)

    assert "无需重新处理" in response.content.decode()


def test_cancel_takes_waiting_work_back(web, clerk):
    job = make_job(asked_by=clerk)

    web.post(reverse("jobs:cancel", args=[job.pk]))

    assert Job.objects.get(pk=job.pk).state == "cancelled"


def test_cancel_of_begun_work_says_so(web, clerk):
    job = make_job(asked_by=clerk, state="running")

    response = web.post(reverse("jobs:cancel", args=[job.pk]), follow=True)

    assert "不能再取消" in response.content.decode()


def test_output_is_for_who_asked_alone(client, clerk):
    keeper = make_person("keeper", "jobs.view_all_jobs")
    job = make_job(asked_by=clerk, state="done")
    output = files.store(b"%PDF-1.7", name="a.pdf", by=None, owner=job)

    assert files.may_open(clerk, output)
    assert not files.may_open(keeper, output)


@pytest.mark.parametrize("state", ["done", "failed", "running"])
def test_who_looks_after_the_system_sees_that_work_runs_and_nothing_of_it(client, clerk, state):
    keeper = make_person("keeper", "jobs.view_all_jobs")
    said = {"title": "Merge of 演导2026-000001", "note": "新增 6,661 笔", "result_url": "/imports/77/"}
    said |= {"progress_done": 80516593, "progress_text": "80,516,593.00 元", "error": "第 17 行的金额不对。"}
    job = make_job(asked_by=clerk, kind="imports.merge", state=state, **said)
    client.force_login(keeper, backend="hebi_charity.accounts.backends.RoleBackend")

    pages = [client.get(reverse("jobs:list")), client.get(job.get_absolute_url())]
    pages.append(client.get(job.get_absolute_url(), headers={"HX-Request": "true"}))

    for page in (page.content.decode() for page in pages):
        assert "导入合并" in page
        for told in ("000001", "6,661", "80516593", "80,516,593", "/imports/77/", "第 17 行"):
            assert told not in page
    client.force_login(clerk, backend="hebi_charity.accounts.backends.RoleBackend")
    assert "演导2026-000001" in client.get(job.get_absolute_url()).content.decode()


def test_failed_work_waits_on_the_start_page_of_who_asked(clerk):
    make_job(asked_by=clerk, state="failed")
    make_job(asked_by=clerk, state="failed", finished_at=Now() - timedelta(days=8))
    make_job(asked_by=make_person("other"), state="failed")

    (item,) = work_sources.get("jobs.failed")(clerk)

    assert (item.count, item.url) == (1, "/jobs/?state=failed")


@pytest.mark.parametrize(("seconds", "spoken"), [(8, "8 秒"), (130, "2 分 10 秒"), (3900, "1 小时 5 分")])
def test_spoken_duration(seconds, spoken):
    assert spoken_duration(timedelta(seconds=seconds)) == spoken


def test_pace_says_nothing_before_anything_is_done():
    assert pace(make_job(state="running")) == ""
    assert pace(make_job(state="running", started_at=Now() - timedelta(seconds=60), progress_done=10)) == "每分钟 10 条"


def test_pace_counts_from_where_a_resumed_work_began_again():
    job = make_job(state="running", started_at=Now() - timedelta(seconds=10), started_from=1000, progress_done=1100)

    assert 9 < job.rate <= 10


def test_step_text_of_long_waiting_work_says_that_it_is_kept():
    job = make_job()

    assert step_text(job).startswith("正在排队")

    job.asked_at = timezone.now() - timedelta(seconds=30)
    assert step_text(job).startswith("后台服务正忙")


def test_percent():
    assert make_job(progress_done=1, progress_total=3).percent == 33
    assert make_job(progress_done=1).percent is None
    assert make_job(state="done").percent == 100
    assert make_job(asked_at=datetime(2026, 1, 1, tzinfo=UTC)).worked_seconds == 0.0
