"""The code on a printed sign-in sheet: the same one for the same meeting, found again however typed, never guessed."""

from uuid import uuid4

import pytest
from django.urls import reverse

from partybranch.models import LifeEvent
from partybranch.services import sheet_codes
from partybranch.services.sheet_codes import ALPHABET, UnknownSheet
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as, person
from tests.partybranch.factories import an_event

pytestmark = pytest.mark.django_db


def test_code_is_eight_places_of_what_is_read_without_doubt():
    code = sheet_codes.code_of(an_event())

    assert len(code) == 8
    assert set(code) <= set(ALPHABET)
    assert not set("01ILO") & set(ALPHABET)
    assert sheet_codes.shown(code) == f"{code[:4]}-{code[4:]}"


@pytest.mark.parametrize("number", [1, 30, 31, 923_520, 923_521, 40_000_000])
def test_every_number_is_found_again(number):
    event = an_event()
    event.pk = number

    code = sheet_codes.code_of(event)

    assert sheet_codes._read(code[: -sheet_codes.CHECK]) == number


@pytest.mark.parametrize(
    "how",
    [
        "{code}",
        " {lower} ",
        "{first}-{second}",
        "{first} {second}",
        "{first}—{second}",
        "https://192.168.1.5:8443/party/s/{code}/",
        "http://party.example/party/s/{code}",
    ],
)
def test_meeting_is_found_however_the_code_is_typed(how):
    an_event(topic="另一个会")
    event = an_event()
    code = sheet_codes.code_of(event)

    text = how.format(code=code, lower=code.lower(), first=code[:4], second=code[4:])

    assert sheet_codes.event_of(text, by=person("organisation_member")) == event


def test_full_width_letters_are_the_same_code():
    event = an_event()
    wide = "".join(chr(ord(place) + 0xFEE0) for place in sheet_codes.code_of(event))

    assert sheet_codes.event_of(wide, by=person("branch_secretary")) == event


def test_neither_another_check_nor_another_meeting_nor_a_stranger_finds_anything():
    event = an_event()
    member_of_branch = person("organisation_member")
    code = sheet_codes.code_of(event)
    other = "2" if code[-1] != "2" else "3"
    absent = LifeEvent(pk=event.pk + 1000)

    for text in ("", "ABC", f"{code[:-1]}{other}", f"2222{code[4:]}", sheet_codes.code_of(absent), "😀" * 8, "2" * 40):
        with pytest.raises(UnknownSheet):
            sheet_codes.event_of(text, by=member_of_branch)
    for stranger in (UserFactory(), person("auditor"), person("administrator")):
        with pytest.raises(UnknownSheet):
            sheet_codes.event_of(code, by=stranger)


def test_check_depends_on_the_key_of_the_office(settings):
    event = an_event()
    code = sheet_codes.code_of(event)
    settings.INDEX_KEY = "another key"

    assert sheet_codes.code_of(event)[:4] == code[:4]
    assert sheet_codes.code_of(event) != code


def test_qr_holds_the_address_where_phones_reach_one_and_else_the_code(settings):
    event = an_event()
    code = sheet_codes.code_of(event)
    settings.SITE_URL = ""
    assert sheet_codes.qr_text(event) == code
    settings.SITE_URL = "https://192.168.1.5:8443/"
    assert sheet_codes.qr_text(event) == f"https://192.168.1.5:8443/party/s/{code}/"
    assert sheet_codes.code_in(sheet_codes.qr_text(event)) == code


def test_address_and_typed_code_lead_to_the_names_of_the_meeting(client):
    log_in_as(client, "organisation_member")
    event = an_event()
    code = sheet_codes.code_of(event)
    names = reverse("partybranch:life_attendance", args=[event.pk])

    assert client.get(reverse("partybranch:sheet_open", args=[code])).url == names
    assert (
        client.post(reverse("partybranch:sheet"), {"code": sheet_codes.shown(code), "form_key": str(uuid4())}).url
        == names
    )


def test_wrong_code_gets_a_sentence_and_stays_typed(client):
    log_in_as(client, "organisation_member")
    response = client.post(reverse("partybranch:sheet"), {"code": "ABCD-EFGH", "form_key": str(uuid4())})

    assert list(response.context["form"].errors["code"]) == [
        "没有哪次会议用这个编码。请对照签到表核对：共八位字母和数字，没有 0、1、I、L、O。"
    ]
    assert response.context["form"]["code"].value() == "ABCD-EFGH"


def test_address_of_no_meeting_is_not_found_and_leads_to_typing_the_code(client):
    log_in_as(client, "organisation_member")

    response = client.get(reverse("partybranch:sheet_open", args=["ABCDEFGH"]))

    assert response.status_code == 404
    assert "没有哪次会议用这个编码" in response.content.decode()
    assert f'action="{reverse("partybranch:sheet")}"' in response.content.decode()
