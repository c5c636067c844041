"""A lock that others hold too long is said in a sentence, whatever page needs it, and what was typed goes out again."""

from contextlib import contextmanager
from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from donations.models import Donation, Fund
from hebi_charity.accounts.services import second_factor
from hebi_charity.office.busy import BusyMiddleware
from hebi_charity.reports import services
from hebi_charity.reports.models import Report
from tests.accounts.factories import make_person
from tests.donations.factories import FundFactory, known_donor, registered_gift, set_up_office
from tests.donations.test_pages import typed
from tests.sessions import session_of

pytestmark = pytest.mark.usefixtures("committed_db")
SAID = "别人正在处理"


@contextmanager
def locked(row, *, strength="UPDATE"):
    """Another session holds this row, and pages wait for it a moment only."""
    holder = session_of("DATABASE_URL", connection.settings_dict["NAME"])
    try:
        with holder.cursor() as cursor, connection.cursor() as own:
            cursor.execute("BEGIN")
            cursor.execute(f"SELECT 1 FROM {row._meta.db_table} WHERE id = %s FOR {strength}", [row.pk])
            own.execute("SET lock_timeout = '50ms'")
            yield
            own.execute("RESET lock_timeout")
            cursor.execute("ROLLBACK")
    finally:
        holder.close()


class _Inputs(HTMLParser):
    """Names and values of the hidden fields of the page's main part."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "input" and values.get("type") == "hidden":
            self.found.append((values.get("name"), values.get("value")))


def hidden(page: str) -> list[tuple[str, str]]:
    reader = _Inputs()
    reader.feed(page.partition("<main")[2])
    return [pair for pair in reader.found if pair[0] != "csrfmiddlewaretoken"]


def client_of(role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_person(role))
    return client


def test_retiring_a_fund_that_others_hold_is_sent_again_with_its_reason():
    set_up_office()
    fund = FundFactory()
    client = client_of("accountant")
    address = reverse("donations:fund_retire", args=[fund.pk])

    with locked(fund):
        answer = client.post(address, {"reason": "并入“助学”", "tick": ["1", "2"]})
    page = answer.content.decode()

    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert SAID in page
    assert f'action="{address}"' in page
    assert hidden(page) == [("reason", "并入“助学”"), ("tick", "1"), ("tick", "2")]
    assert client.post(address, dict(hidden(page))).status_code == 302
    assert not Fund.objects.get(pk=fund.pk).is_active


def test_printing_a_slip_that_others_hold_is_said():
    set_up_office()
    gift = registered_gift()
    with locked(gift):
        answer = client_of("donation_clerk").post(reverse("donations:slip_print", args=[gift.pk]))

    assert (answer.status_code, SAID in answer.content.decode()) == (503, True)
    assert Donation.objects.get().printed_times == 0


@pytest.mark.parametrize(("role", "name"), [("approver", "mark_checked"), ("leadership", "issue")])
def test_step_of_a_report_that_others_hold_is_said(role, name):
    set_up_office(date(2022, 8, 1))
    report = services.make_report("monthly", date(2022, 8, 1), by=make_person("accountant"))
    with locked(report):
        answer = client_of(role).post(reverse(f"reports:{name}", args=[report.pk]))
    page = answer.client.get(answer.url).content.decode()

    assert answer.url == report.get_absolute_url()
    assert "有人正在处理同一批记录。这次操作没有生效，请稍后重试。" in page
    assert Report.objects.get().state == "made"


@pytest.mark.parametrize(
    ("typed", "declared"),
    [
        ({"Password": "geheim", "note": "甲"}, ()),
        ({"new_password1": "geheim"}, ()),
        ({"code": "geheim", "next": "/"}, ("code",)),
        ({"pin": "geheim"}, "__ALL__"),
    ],
)
def test_form_with_secrets_is_opened_again_and_never_sent_back(rf, typed, declared):
    request = rf.post("/x/?next=/jobs/", typed)
    request.user = make_person("donation_clerk")
    request.sensitive_post_parameters = declared

    page = BusyMiddleware(None).process_exception(request, _timed_out()).content.decode()

    assert "geheim" not in page
    assert hidden(page) == []
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert 'href="/x/?next=/jobs/"' in page
    assert "再填写一次" in page


@pytest.mark.parametrize("name", ["login", "unlock", "password", "second_factor_check", "second_factor_app"])
def test_every_form_with_secrets_says_so(name):
    answer = client_of("donation_clerk").post(reverse(f"accounts:{name}"), {"code": "0", "password": "0"})

    assert answer.wsgi_request.sensitive_post_parameters


def test_forms_with_secrets_of_the_first_start_say_so(settings, tmp_path):
    settings.HEBI_MODE, settings.HEBI_VAR = "real", tmp_path
    steps = [reverse("accounts:first_start"), reverse("accounts:first_start_step", args=["administrator"])]

    answers = [Client().post(step, {"code": "0", "password": "0"}) for step in steps]

    assert [answer.wsgi_request.sensitive_post_parameters for answer in answers] == [
        ("code",),
        ("password", "password_again"),
    ]


def test_log_in_that_others_hold_is_opened_again():
    person = make_person("donation_clerk")
    person.set_password("geheimes Wort")
    person.save()
    address = f"{reverse('accounts:login')}?next=/jobs/"

    with locked(person):
        answer = Client().post(address, {"name": person.username, "password": "geheimes Wort"})
    page = answer.content.decode()

    assert (answer.status_code, SAID in page) == (503, True)
    assert "geheimes Wort" not in page
    assert person.full_name not in page  # nobody is logged in
    assert f'href="{address}"' in page


def test_code_of_the_second_factor_that_others_hold_is_never_sent_back():
    person = make_person("cashier")
    device, codes = second_factor.make_sheet(person, by=person)
    client = Client(raise_request_exception=False)
    client.force_login(person)
    address = reverse("accounts:second_factor_check")

    with locked(device):
        answer = client.post(address, {"code": codes[0], "next": "/"})
    page = answer.content.decode()

    assert (answer.status_code, SAID in page) == (503, True)
    assert codes[0] not in page
    assert hidden(page) == []
    assert client.post(address, {"code": codes[0], "next": "/"}).status_code == 302


def test_page_that_took_too_long_is_offered_again(rf):
    request = rf.get("/donations/?state=registered")
    request.user = make_person("donation_clerk")

    page = BusyMiddleware(None).process_exception(request, _timed_out()).content.decode()

    assert 'href="/donations/?state=registered"' in page
    assert hidden(page) == []


def test_other_faults_stay_faults(rf):
    assert BusyMiddleware(None).process_exception(rf.get("/"), ValueError()) is None


def _timed_out():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '10ms'")
            cursor.execute("SELECT pg_sleep(5)")
    except OperationalError as error:
        return error
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")
    raise AssertionError


@pytest.mark.parametrize("button", ["save", "print"])
def test_gift_is_said_to_be_saved_when_only_its_telephone_had_to_wait(button):
    set_up_office()
    donor = known_donor(name="李霞", phone="")
    client = client_of("donation_clerk")

    with locked(donor, strength="NO KEY UPDATE"):
        typed_in = typed(name="李霞", donor=donor.pk, phone="13800001111", **{button: "1"})
        page = client.post(reverse("donations:create"), typed_in, follow=True).content.decode()

    assert "捐赠已保存，电话没有保存" in page
    assert "没有生效" not in page
    assert Donation.objects.get().printed_times == (button == "print")
