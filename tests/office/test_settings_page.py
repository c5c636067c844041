"""The page of the office's settings."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from hebi_charity.office.models import Organisation
from tests.accounts.factories import make_person

pytestmark = pytest.mark.django_db


def test_page_says_since_when_the_office_is_open_in_the_system(client):
    Organisation.objects.create(name="鹤壁市慈善总会", books_from=date(2022, 9, 1))
    Organisation.objects.update(set_up_at=datetime(2022, 9, 4, 17, 0, tzinfo=UTC))  # 5 September in Shanghai
    client.force_login(make_person("accountant"))

    page = client.get(reverse("office:settings")).content.decode()

    assert "<dt>本系统启用时间</dt><dd>" in page
    assert "2022-09-05" in page.partition("本系统启用时间")[2][:200]
