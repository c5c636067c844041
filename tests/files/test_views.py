"""The way to a stored file."""

from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from hebi_charity.audit.models import Entry
from hebi_charity.files import services
from tests.audit.factories import make_person

pytestmark = pytest.mark.django_db
BACKEND = "hebi_charity.accounts.backends.RoleBackend"


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


def test_large_picture_fills_a_page_and_is_shown_not_saved(client):
    person, stored = make_person("clerk"), BytesIO()
    Image.new("RGB", (3200, 1600), "white").save(stored, format="PNG")
    attachment = services.store(stored.getvalue(), name="锦旗.png", by=person)
    client.force_login(person, backend=BACKEND)

    response = client.get(attachment.large_url)

    with Image.open(BytesIO(b"".join(response.streaming_content))) as shown:
        assert (shown.format, shown.size) == ("JPEG", (1600, 800))
    assert "attachment" not in response.get("Content-Disposition", "")


def test_what_is_no_picture_has_no_large_one(client):
    person = make_person("clerk")
    attachment = services.store(b"%PDF-1.7", name="a.pdf", by=person)
    client.force_login(person, backend=BACKEND)

    assert attachment.large_url == ""
    assert client.get(reverse("files:large", args=[attachment.pk])).status_code == 404
