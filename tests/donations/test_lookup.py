"""A query code read over the telephone: how it stands with the gift, without anybody's name."""

from decimal import Decimal

import pytest
from django.urls import reverse

from donations.services.query_codes import is_query_code, normal_code
from donations.services.registering import void_donation
from donations.services.reversing import approve_reversal, request_reversal
from donations.services.reviewing import record_bounce
from tests.donations.factories import FundFactory, UserFactory, registered_gift, reviewed_gift, set_up_office
from tests.donations.staff import log_in_as
from tests.imports.factories import merged_pool

pytestmark = pytest.mark.django_db
ABOUT = "您2022年9月5日的捐赠 100.00 元（现金）："


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def bounced():
    return record_bounce(reviewed_gift(arrival="pending"), by=UserFactory(), reason="存款不足")


def voided():
    gift = registered_gift()
    return void_donation(gift, by=gift.recorded_by, reason="重复登记")


def reversed_gift():
    gift = reviewed_gift()
    approve_reversal(request_reversal(gift, by=UserFactory(), reason="重复"), by=UserFactory())
    return gift


@pytest.mark.parametrize(
    ("make", "standing"),
    [
        (registered_gift, "已登记，正在复核，感谢您的爱心。"),
        (reviewed_gift, "已到账并复核，感谢您的爱心。"),
        (lambda: reviewed_gift(arrival="pending"), "已登记，款项尚未到账。"),
        (lambda: reviewed_gift(arrival="platform"), "平台已收到，由平台与我会结算。"),
        (bounced, "款项被银行退回，未到账。"),
        (voided, "这笔登记已作废，原因请向我们询问。"),
        (reversed_gift, "原登记有误，已冲销更正，请向我们询问新的登记号。"),
    ],
)
def test_answer_says_how_it_stands_and_names_nobody(client, make, standing):
    gift = make()
    log_in_as(client, "donation_clerk")

    response = client.get(reverse("donations:lookup"), {"code": f" {gift.query_code.lower()} "})

    assert response.context["gift"] == gift
    assert response.context["answer"] == ABOUT + standing
    assert "李霞" not in response.content.decode()


def test_code_with_letters_that_no_code_has_is_said(client):
    log_in_as(client, "donation_clerk")

    page = client.get(reverse("donations:lookup"), {"code": "O0I1LA"}).content.decode()

    assert "查询码为六位，不含 0、O、1、I、L。" in page


def test_unknown_code_says_what_to_do(client):
    log_in_as(client, "donation_clerk")

    assert "没有这个查询码" in client.get(reverse("donations:lookup"), {"code": "ABC234"}).content.decode()


@pytest.mark.parametrize(("typed", "code"), [("ａｂｃ２３４", "ABC234"), (" ab c2 34 ", "ABC234")])
def test_code_is_read_however_it_is_typed(typed, code):
    assert normal_code(typed) == code
    assert is_query_code(code)


def test_record_says_from_which_file_and_line_it_came(client):
    imported = merged_pool()
    pool = imported.donations.get()
    log_in_as(client, "donation_clerk")

    page = client.get(pool.get_absolute_url()).content.decode()

    assert "由文件导入" in page
    assert f'<a href="{imported.get_absolute_url()}">{imported.import_no}</a>' in page


@pytest.mark.parametrize("count", [1, 5])
def test_record_query_count_does_not_grow(client, count, django_assert_num_queries):
    parts = tuple((FundFactory(), Decimal("1.00")) for _ in range(count))
    gift = registered_gift(amount=Decimal(count), allocations=parts)
    log_in_as(client, "accountant")
    client.get(gift.get_absolute_url())

    with django_assert_num_queries(13):
        client.get(gift.get_absolute_url())
