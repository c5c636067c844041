"""Addresses answer browsers, and an address that only acts says so."""

import pytest
from django.urls import reverse

from tests.accounts.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(client):
    client.force_login(make_person("donation_clerk"))
    return client


def test_put_is_never_taken_for_a_post(web):
    response = web.put(reverse("donations:create"), {"amount": "100"})

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")


def test_opening_an_address_that_only_acts_says_what_to_do(web):
    response = web.get(reverse("donations:review", args=[1]))

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "请用浏览器的后退键回到原来的页面" in response.content.decode()


def test_setting_is_recorded_on_its_page(client):
    client.force_login(make_person("accountant"))
    address = reverse("office:setting", args=["donations.publicity_sentence"])

    assert client.get(address).status_code == 200
    response = client.post(address, {"value": "新的一句", "valid_from": "2026-01-01", "legal_basis": "决定3号"})

    assert response.url == address
    assert "新的一句" in client.get(address).content.decode()
