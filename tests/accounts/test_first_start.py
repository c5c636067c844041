"""The first start: only while nothing exists, only with the code, all at once, only once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from donations.models import Fund
from hebi_charity.accounts import setup_code
from hebi_charity.accounts.models import RoleAssignment, User
from hebi_charity.accounts.services.first_start import is_open
from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.office.models import Organisation, Period
from tests.accounts.factories import make_person

CREDIT_CODE = "53410600MJ00000003"  # invented; its check digit fits
PASSWORD = "shi tou ji dan 7"
ORGANISATION = {
    "name": "某市慈善总会",
    "credit_code": CREDIT_CODE,
    "holds_status": "yes",
    "public_fundraising_since": "20170301",
}
ADMINISTRATOR = {"full_name": "吴小磊", "username": "", "password": PASSWORD, "password_again": PASSWORD}
CLERK = {"full_name": "林晓燕", "username": "", "roles": ["donation_clerk", "relief_officer"]}


@pytest.fixture
def empty(settings, tmp_path):
    """An office in real mode where nothing is set up, and its code."""
    settings.HEBI_MODE, settings.HEBI_VAR = "real", tmp_path
    return setup_code.make()


def address(step: str) -> str:
    return reverse("accounts:first_start_step", args=[step])


def admitted(code: str) -> Client:
    client = Client()
    assert client.post(reverse("accounts:first_start"), {"code": code}).url == address("organisation")
    return client


def answered(client: Client) -> Client:
    """Every step answered, the last page not yet confirmed."""
    client.post(address("organisation"), ORGANISATION)
    client.post(address("administrator"), ADMINISTRATOR)
    client.post(address("people"), CLERK | {"next": "yes"})
    client.post(address("books"), {"books_from": f"{dates.today():%Y-%m}"})
    client.post(address("funds"), {"funds": ["FXD", "JZ"]})
    return client


@pytest.mark.django_db
def test_whole_first_start(empty):
    client = answered(admitted(empty.upper().replace("-", " ")))
    page = client.get(address("check"))
    assert ["月" in page.content.decode(), "林晓燕（linxiaoyan）" in page.content.decode()] == [True, True]

    done = client.post(address("check"))

    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.credit_code) == ("某市慈善总会", CREDIT_CODE)
    assert organisation.public_fundraising_since == date(2017, 3, 1)
    assert Period.objects.order_by("month").first().month == dates.month_start(dates.today())
    held = RoleAssignment.objects.values_list("user__username", "role__code", "granted_by__username")
    assert sorted(held) == [
        ("linxiaoyan", "donation_clerk", "wuxiaolei"),
        ("linxiaoyan", "relief_officer", "wuxiaolei"),
        ("wuxiaolei", "administrator", None),
    ]
    assert User.objects.get(username="wuxiaolei").check_password(PASSWORD)
    slip = done.context["slips"][0]
    assert User.objects.get(username="linxiaoyan").check_password(slip.password)
    assert sorted(Fund.objects.values_list("name", flat=True)) == ["抗灾救灾专项资金", "非限定慈善资金"]
    # The administrator is logged in and stands before the duty of the second factor.
    assert client.get("/").url.startswith("/accounts/own/second-factor/")


@pytest.mark.django_db
def test_first_start_is_in_the_log(empty):
    answered(admitted(empty)).post(address("check"))

    acts = list(Entry.objects.order_by("pk").values_list("act", "actor__username"))
    by = "wuxiaolei"
    assert acts == [
        ("accounts.person_added", None),
        ("accounts.role_granted", None),
        ("accounts.password_changed", by),
        ("organisation.set_up", by),
        ("accounts.person_added", by),
        ("accounts.role_granted", by),
        ("accounts.role_granted", by),
        ("accounts.one_time_password_issued", by),
        ("fund.made", by),
        ("fund.made", by),
        ("accounts.logged_in", by),
    ]


@pytest.mark.django_db
def test_nothing_is_kept_before_the_last_page_and_the_password_never_in_clear(empty):
    client = answered(admitted(empty))

    assert (Organisation.objects.count(), User.objects.count(), Fund.objects.count()) == (0, 0, 0)
    assert PASSWORD not in str(dict(client.session))


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["organisation", "administrator", "people", "books", "funds", "check"])
def test_no_step_without_the_code(empty, client, step):
    for method in (client.get, client.post):
        assert method(address(step)).url == reverse("accounts:first_start")


@pytest.mark.django_db
def test_wrong_code_is_refused_and_logged(empty, client):
    page = client.post(reverse("accounts:first_start"), {"code": "aaaa-aaaa"})

    assert "启用码不对" in page.content.decode()
    assert Entry.objects.get().act == "accounts.setup_code_refused"
    assert client.get(address("organisation")).url == reverse("accounts:first_start")


@pytest.mark.django_db
def test_no_code_fits_where_none_was_made(empty, client):
    setup_code.forget()

    assert not setup_code.fits("")
    assert not setup_code.fits(empty)


@pytest.mark.django_db
def test_log_in_leads_to_the_first_start(empty, client):
    assert client.get("/").url.startswith("/accounts/login/")
    assert client.get(reverse("accounts:login")).url == reverse("accounts:first_start")


def gone(client: Client) -> list[int]:
    pages = [reverse("accounts:first_start"), address("organisation"), address("check")]
    return [method(page).status_code for page in pages for method in (client.get, client.post)]


@pytest.mark.django_db
def test_gone_once_the_office_is_open(empty, django_capture_on_commit_callbacks):
    other = answered(admitted(empty))
    with django_capture_on_commit_callbacks(execute=True):
        answered(admitted(empty)).post(address("check"))

    assert gone(other) == gone(Client()) == [404] * 6
    assert not setup_code.path().exists()
    assert Client().get(reverse("accounts:login")).status_code == 200


@pytest.mark.django_db
def test_gone_where_anybody_is_there_or_in_the_demonstration(empty, settings):
    make_person()
    assert gone(Client()) == [404] * 6

    User.objects.update(is_active=False, left_on=date(2026, 1, 1))
    assert not is_open()


@pytest.mark.django_db
def test_gone_in_the_demonstration(empty, settings):
    settings.HEBI_MODE = "demo"

    assert gone(Client()) == [404] * 6
    with pytest.raises(CommandError):
        call_command("first_start")


@pytest.mark.django_db
def test_steps_give_back_what_was_typed(empty):
    client = answered(admitted(empty))

    pages = {step: client.get(address(step)).content.decode() for step in ("organisation", "books", "administrator")}
    assert 'value="某市慈善总会"' in pages["organisation"]
    assert f'value="{dates.today():%Y-%m}"' in pages["books"]
    assert 'value="吴小磊"' in pages["administrator"]
    assert PASSWORD not in pages["administrator"]
    # The password stays when both boxes are left empty.
    client.post(address("administrator"), ADMINISTRATOR | {"password": "", "password_again": "", "username": "boss"})
    client.post(address("check"))
    assert User.objects.get(username="boss").check_password(PASSWORD)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"credit_code": "53410600MJ00000001"}, "校验位"),
        ({"credit_code": ""}, "请填写法人登记证书上的统一社会信用代码"),
        ({"name": " "}, "请填写"),
        ({"holds_status": ""}, "请选择是否具有公开募捐资格"),
        ({"public_fundraising_since": ""}, "请填写取得公开募捐资格的日期"),
        ({"public_fundraising_since": "2999-01-01"}, "2999-01-01"),
    ],
)
def test_organisation_is_checked_and_what_was_typed_stays(empty, changes, sentence):
    page = admitted(empty).post(address("organisation"), ORGANISATION | changes).content.decode()

    assert sentence in page
    assert 'value="某市慈善总会"' in page or "name" in changes


@pytest.mark.django_db
def test_organisation_without_the_status_has_no_day(empty):
    client = admitted(empty)
    answered(client)
    client.post(address("organisation"), ORGANISATION | {"holds_status": "no"})
    client.post(address("check"))

    assert Organisation.objects.get().public_fundraising_since is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "short", "password_again": "short"}, "至少"),
        ({"password": "12345678", "password_again": "12345678"}, "这个密码太常见"),
        ({"password": "wuxiaolei1", "password_again": "wuxiaolei1"}, "密码就是您的姓名"),
        ({"password_again": "another word"}, "两次输入的密码不一样"),
        ({"username": "Wu Lei"}, "小写字母"),
    ],
)
def test_administrator_is_checked(empty, changes, sentence):
    page = admitted(empty).post(address("administrator"), ADMINISTRATOR | changes).content.decode()

    assert sentence in page


@pytest.mark.django_db
def test_roles_that_may_not_meet_are_refused_with_the_reason(empty):
    client = admitted(empty)
    client.post(address("administrator"), ADMINISTRATOR)

    page = client.post(address("people"), CLERK | {"roles": ["accountant", "cashier"]}).content.decode()

    assert "“会计”与“出纳”不能由同一人担任：管钱的人不能管账" in page
    assert "《会计法》" in page
    assert 'value="林晓燕"' in page


@pytest.mark.django_db
def test_two_people_of_one_name_get_two_accounts_and_one_goes_off_the_list(empty):
    client = admitted(empty)
    client.post(address("administrator"), ADMINISTRATOR)
    client.post(address("people"), CLERK)
    asked = client.post(address("people"), CLERK).content.decode()
    assert "名单里已有“林晓燕”" in asked
    assert "linxiaoyan2" not in asked
    client.post(address("people"), CLERK | {"is_namesake": "on"})

    page = client.get(address("people")).content.decode()
    assert [name in page for name in ("linxiaoyan<", "linxiaoyan2<")] == [True, True]
    client.post(address("people"), {"remove": "linxiaoyan"})
    page = client.get(address("people")).content.decode()
    assert [name in page for name in ("linxiaoyan<", "linxiaoyan2<")] == [False, True]


@pytest.mark.django_db
def test_account_of_the_administrator_is_taken(empty):
    client = admitted(empty)
    client.post(address("administrator"), ADMINISTRATOR)

    page = client.post(address("people"), CLERK | {"username": "wuxiaolei"}).content.decode()

    assert "已经有人用了" in page


@pytest.mark.django_db
@pytest.mark.parametrize("month", ["2999-01", "2001-01", "13月"])
def test_month_of_the_books_is_in_reason(empty, month):
    client = admitted(empty)

    assert client.post(address("books"), {"books_from": month}).status_code == 200
    assert client.post(address("books"), {"books_from": "2022年9月"}).url == address("funds")


@pytest.mark.django_db
def test_last_page_leads_back_to_the_first_open_step(empty):
    client = admitted(empty)
    client.post(address("organisation"), ORGANISATION)

    for method in (client.get, client.post):
        assert method(address("check")).url == address("administrator")
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_last_page_says_which_document_would_be_stuck(empty):
    page = answered(admitted(empty)).get(address("check")).content.decode()

    assert "捐赠：经办、复核须由 2 个不同的人办理，目前只有林晓燕可以办理。" in page


@pytest.mark.django_db
def test_command_makes_the_code_while_nothing_is_there(empty, capsys):
    setup_code.forget()

    call_command("first_start")
    assert setup_code.path().stat().st_mode & 0o777 == 0o600
    assert capsys.readouterr().out == "first_start: waiting\n"
    code = setup_code.make()
    answered(admitted(code)).post(address("check"))
    call_command("first_start")
    assert capsys.readouterr().out == "first_start: done\n"
    assert not setup_code.path().exists()


@pytest.mark.django_db
def test_lost_administrator_is_not_made_before_the_first_start(empty):
    with pytest.raises(CommandError, match="还没有启用"):
        call_command("reset_admin")


@pytest.mark.race
def test_of_two_browsers_one_opens_the_office(committed_db, empty):
    browsers = [answered(admitted(empty)) for _number in range(4)]
    start = Barrier(len(browsers))

    def finish(client: Client) -> int:
        try:
            start.wait()
            return client.post(address("check")).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(browsers)) as pool:
        codes = sorted(pool.map(finish, browsers))

    assert codes[0] == 200
    assert set(codes[1:]) <= {302, 404}
    assert (Organisation.objects.count(), User.objects.count()) == (1, 2)
