"""The bytes in the store against what was given: whoever plants others is found, and gets nothing handed out."""

import logging
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from PIL import Image

from hebi_charity.audit.books import differences
from hebi_charity.audit.models import Entry
from hebi_charity.files import services
from hebi_charity.files.models import Attachment
from hebi_charity.files.proof import is_as_given
from tests.audit.factories import make_person

pytestmark = pytest.mark.django_db
PDF, OTHER = b"%PDF-1.7 as it was given", b"%PDF-1.7 planted instead"


def plant(attachment: Attachment, content: bytes) -> None:
    Path(default_storage.path(attachment.path)).write_bytes(content)


def found() -> list[tuple[str, str, str]]:
    return [(each.check, each.record, each.sentence) for each in differences(with_files=True)]


def named(attachment: Attachment) -> list[tuple[str, str, str]]:
    sentence = f"存储的文件 {attachment.pk}（SHA-256 {attachment.sha256[:16]}）丢失，或者内容与存入时不同。"
    return [("files", str(attachment.pk), sentence)]


@pytest.mark.parametrize("content", [OTHER, PDF[:-1], PDF + b" ", b""])
def test_planted_bytes_are_named(content):
    services.store(b"%PDF-1.7 another", name="b.pdf", by=None)
    attachment = services.store(PDF, name="a.pdf", by=None)
    assert found() == []

    plant(attachment, content)

    assert not is_as_given(attachment)
    assert found() == named(attachment)


def test_missing_bytes_are_named():
    attachment = services.store(PDF, name="a.pdf", by=None)

    default_storage.delete(attachment.path)

    assert found() == named(attachment)


def test_row_with_another_size_is_named():
    attachment = services.store(PDF, name="a.pdf", by=None)
    twin = Attachment.objects.create(sha256=attachment.sha256, size=5, content_type="application/pdf", name="a.pdf")

    assert found() == named(twin)


def test_files_are_read_only_when_asked_for():
    attachment = services.store(PDF, name="a.pdf", by=None)
    plant(attachment, OTHER)

    assert differences() == []
    out = StringIO()
    call_command("check_books", stdout=out)
    assert out.getvalue() == "check_books: 0 differences\n"
    with pytest.raises(SystemExit):
        call_command("check_books", "--files", stdout=out)
    assert out.getvalue().endswith("check_books: 1 differences\n")


def test_planted_bytes_give_way_when_the_right_ones_come_again(caplog):
    first = services.store(PDF, name="a.pdf", by=None)
    plant(first, OTHER)

    with caplog.at_level(logging.ERROR):
        second = services.store(PDF, name="b.pdf", by=None)

    with second.open() as content:
        assert content.read() == PDF
    assert is_as_given(first)
    assert "written anew" in caplog.text


def test_planted_bytes_are_handed_to_nobody(client, caplog):
    clerk = make_person("clerk")
    attachment = services.store("姓名\n张三".encode(), name="名单.csv", by=clerk)
    plant(attachment, "姓名\n李四".encode())
    client.force_login(clerk, backend="hebi_charity.accounts.backends.RoleBackend")

    with caplog.at_level(logging.ERROR):
        response = client.get(reverse("files:download", args=[attachment.pk]))

    assert response.status_code == 409
    page = response.content.decode()
    assert "这个文件存入后被改动，不能下载" in page
    assert "李四" not in page
    assert [(entry.act, entry.actor) for entry in Entry.objects.of(attachment)] == [(services.REFUSED, clerk)]
    assert attachment.sha256 in caplog.text
    assert "名单" not in caplog.text


def test_no_small_picture_is_made_of_planted_bytes(client):
    clerk = make_person("clerk")
    attachment = services.store(_picture("white"), name="a.png", by=clerk)
    plant(attachment, _picture("black"))
    client.force_login(clerk, backend="hebi_charity.accounts.backends.RoleBackend")

    assert client.get(reverse("files:thumbnail", args=[attachment.pk])).status_code == 409
    assert not default_storage.exists(attachment.thumbnail_path)


def _picture(colour: str) -> bytes:
    stored = BytesIO()
    Image.new("RGB", (40, 20), colour).save(stored, format="PNG")
    return stored.getvalue()
