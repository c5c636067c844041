"""The second factor: asked in real mode only, by app or by a printed sheet."""

import pytest
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from hebi_charity.accounts import errors, services
from hebi_charity.accounts.models import User
from hebi_charity.accounts.services import second_factor
from hebi_charity.audit.models import Entry
from tests.accounts.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db
CHECK, SETUP = reverse("accounts:second_factor_check"), reverse("accounts:second_factor")


@pytest.fixture
def real(settings):
    settings.HEBI_MODE = "real"


def log_in(client, user):
    return client.post(reverse("accounts:login"), {"name": user.username, "password": PASSWORD}, follow=True)


def sheet_codes(user):
    return second_factor.make_sheet(user, by=user)[1]


@pytest.mark.parametrize("role", ["approver", "cashier", "administrator", "auditor"])
def test_role_must_set_it_up_before_work_in_real_mode(client, real, role):
    user = make_person(role)

    assert log_in(client, user).request["PATH_INFO"] == SETUP
    assert client.get("/").url.startswith(SETUP)


@pytest.mark.parametrize("address", ["office:work_count", "office:awake"])
def test_what_the_frame_asks_does_not_carry_the_page_away(client, real, address):
    log_in(client, make_person("approver"))

    answer = client.get(reverse(address), headers={"HX-Request": "true"})

    assert (answer.status_code, answer.get("HX-Redirect")) == (204, None)


@pytest.mark.parametrize("role", ["donation_clerk", "accountant", "leadership", "branch_secretary"])
def test_other_roles_work_without(client, real, role):
    log_in(client, make_person(role))

    assert client.get("/accounts/own/").status_code == 200


def test_demonstration_never_asks(client):
    log_in(client, make_person("approver"))

    assert client.get("/accounts/own/").status_code == 200


def test_sheet_is_made_shown_once_and_opens_the_work(client, real):
    user = make_person("approver")
    log_in(client, user)

    page = client.post(reverse("accounts:second_factor_sheet"))

    codes = list(StaticToken.objects.filter(device__user=user).order_by("token").values_list("token", flat=True))
    assert len(set(codes)) == 20
    assert all(f"{code[:4]} {code[4:]}" in page.content.decode() for code in codes)
    assert "no-store" in page.headers["Cache-Control"]
    assert client.get(reverse("accounts:second_factor_sheet")).status_code == 405
    assert client.get("/accounts/own/").status_code == 200


def test_code_of_the_sheet_opens_the_work_once(client, real):
    user = make_person("approver")
    code = sheet_codes(user)[0]
    assert log_in(client, user).request["PATH_INFO"] == CHECK

    response = client.post(CHECK, {"code": f"{code[:4]} {code[4:]}", "next": "/accounts/own/"})

    assert response.url == "/accounts/own/"
    assert client.get("/accounts/own/").status_code == 200
    assert StaticToken.objects.filter(device__user=user).count() == 19
    with pytest.raises(errors.CodeRefused):
        second_factor.check_code(user, code=code)


def test_wrong_code_is_refused_and_logged(client, real):
    user = make_person("approver")
    sheet_codes(user)
    log_in(client, user)

    response = client.post(CHECK, {"code": "00000000"})

    assert "验证码不对或已经用过" in response.content.decode()
    assert client.get("/accounts/own/").url.startswith(CHECK)
    assert Entry.objects.filter(act="accounts.second_factor_failed", object_id=user.pk).count() == 1


def test_trying_again_at_once_says_when(real):
    user = make_person("approver")
    code = sheet_codes(user)[0]
    for _attempt in range(2):
        with pytest.raises(errors.CodeRefused):
            second_factor.check_code(user, code="00000000")

    with pytest.raises(errors.CodeRefused, match="之后再试"):
        second_factor.check_code(user, code=code)


def test_wrong_code_of_the_app_does_not_close_the_sheet(real):
    user = make_person("approver")
    TOTPDevice.objects.create(user=user, confirmed=True)
    code = sheet_codes(user)[0]
    for _attempt in range(3):
        with pytest.raises(errors.CodeRefused):
            second_factor.check_code(user, code="000000")

    assert isinstance(second_factor.check_code(user, code=code), StaticDevice)


def test_app_is_set_up_with_its_first_code(client, real):
    user = make_person("approver")
    log_in(client, user)
    page = client.get(reverse("accounts:second_factor_app")).content.decode()
    device = TOTPDevice.objects.get(user=user)
    assert second_factor.key_to_type(device) in page
    assert 'src="data:image/svg+xml' in page

    wrong = client.post(reverse("accounts:second_factor_app"), {"code": "12"})
    assert "验证码不对" in wrong.content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    response = client.post(reverse("accounts:second_factor_app"), {"code": f"{totp(device.bin_key):06d}"})

    assert response.url == SETUP
    assert client.get("/accounts/own/").status_code == 200


def test_password_alone_does_not_replace_the_second_factor(client, real):
    user = make_person("approver")
    before = set(sheet_codes(user))
    log_in(client, user)

    assert client.get(SETUP).url.startswith(CHECK)
    assert client.post(reverse("accounts:second_factor_sheet")).url.startswith(CHECK)
    assert set(StaticToken.objects.values_list("token", flat=True)) == before


def test_second_factor_stays_good_over_the_time_out(client, real):
    user = make_person("approver")
    code = sheet_codes(user)[0]
    log_in(client, user)
    client.post(CHECK, {"code": code})
    session = client.session
    session["seen_at"] -= 3600
    session.save()
    assert client.get("/accounts/own/").status_code == 302

    client.post(reverse("accounts:unlock"), {"password": PASSWORD})

    assert client.get("/accounts/own/").status_code == 200


def test_script_is_led_to_the_duty(client, real):
    log_in(client, make_person("approver"))

    response = client.get("/", headers={"HX-Request": "true"})

    assert (response.status_code, response.headers["HX-Redirect"]) == (204, SETUP)


def test_reset_takes_everything_away_and_ends_sessions(real):
    admin, user = make_person("administrator"), make_person("approver")
    sheet_codes(user)
    epoch = User.objects.get(pk=user.pk).session_epoch

    services.reset_second_factor(user, by=admin, reason="码单丢失")

    assert not second_factor.has_second_factor(user)
    assert User.objects.get(pk=user.pk).session_epoch == epoch + 1
    assert Entry.objects.get(act="accounts.second_factor_reset").reason == "码单丢失"


def test_administrator_does_not_reset_the_own_second_factor(real):
    admin = make_person("administrator")

    with pytest.raises(errors.NotOnOneself):
        services.reset_second_factor(admin, by=admin, reason="x")
