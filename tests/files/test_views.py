"""The way to a stored file."""

import pytest
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.files import services
from tests.audit.factories import make_person

pytestmark = pytest.mark.django_db


def test_download_is_an_attachment_that_no_browser_guesses_at(client):
    clerk = make_person("clerk")
    attachment = services.store(b"%PDF-1.7", name="回单.pdf", by=clerk)
    client.force_login(clerk, backend="hebi_charity.accounts.backends.RoleBackend")

    response = client.get(reverse("files:download", args=[attachment.pk]))

    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E5%9B%9E%E5%8D%95.pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert not Entry.objects.filter(act=services.DOWNLOADED).exists()


def test_download_of_a_table_is_logged(client):
    clerk = make_person("clerk")
    attachment = services.store("姓名\n张三".encode(), name="名单.csv", by=clerk)
    client.force_login(clerk, backend="hebi_charity.accounts.backends.RoleBackend")

    response = client.get(reverse("files:download", args=[attachment.pk]))
    b"".join(response.streaming_content)

    entry = Entry.objects.get(act=services.DOWNLOADED)
    assert (entry.actor, entry.object_id) == (clerk, attachment.pk)
    assert "名单" not in entry.object_label


def test_foreign_file_does_not_exist(client):
    clerk, other = make_person("clerk"), make_person("other")
    attachment = services.store(b"%PDF-1.7", name="a.pdf", by=other)
    client.force_login(clerk, backend="hebi_charity.accounts.backends.RoleBackend")

    assert client.get(reverse("files:download", args=[attachment.pk])).status_code == 404


def test_download_needs_a_login(client):
    response = client.get(reverse("files:download", args=[1]))

    assert response.status_code == 302
