"""What is kept of a file, and who may open it."""

import hashlib
import os
import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, connection, transaction
from PIL import Image

from hebi_charity.audit.models import Entry
from hebi_charity.core.registry import file_access
from hebi_charity.files import services
from hebi_charity.files.models import Attachment, Use
from tests.audit.factories import make_person

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%invented\n"


def picture(kind="JPEG", *, size=(40, 20), orientation=None):
    image = Image.new("RGB", size, "white")
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
        exif[0x010F] = "Camera of the invented clerk"
    stored = BytesIO()
    image.save(stored, format=kind, exif=exif)
    return stored.getvalue()


def workbook(member):
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr(member, "<x/>")
    return stored.getvalue()


def test_store_keeps_content_under_its_sha256():
    clerk = make_person("clerk")

    attachment = services.store(PDF, name="收据.pdf", by=clerk)

    attachment = Attachment.objects.get(pk=attachment.pk)
    assert attachment.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (attachment.size, attachment.content_type, attachment.name) == (len(PDF), "application/pdf", "收据.pdf")
    assert attachment.stored_by == clerk
    with attachment.open() as content:
        assert content.read() == PDF


def test_stored_file_is_readable_by_its_owner_alone():
    attachment = services.store(PDF + b"private", name="a.pdf", by=None)

    assert os.stat(default_storage.path(attachment.path)).st_mode & 0o777 == 0o600


def test_equal_content_is_kept_once_with_two_rows():
    first = services.store(PDF, name="a.pdf", by=None)
    second = services.store(BytesIO(PDF), name="b.pdf", by=None)

    assert first.pk != second.pk
    assert first.path == second.path


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        ("姓名,金额\n张三,100\n".encode(), "text/plain"),
        (b"\xef\xbb\xbf" + "姓名".encode(), "text/plain"),
        ("姓名,金额\n张三,100\n".encode("gb18030"), "text/plain"),
        ("姓名".encode("utf-16"), "text/plain"),
        (workbook("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (workbook("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"),
            "application/vnd.ms-excel",
        ),
        (picture("PNG"), "image/png"),
        (picture("WEBP"), "image/webp"),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16", "xlsx", "docx", "xls", "png", "webp"],
)
def test_type_comes_from_the_content(content, content_type):
    assert services.store(content, name="anything.exe", by=None).content_type == content_type


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "不能保存这种文件"),
        (workbook("classes.dex"), "不能保存这种文件"),
        (b"PK\x03\x04broken", "不能保存这种文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "不能保存这种文件"),
        (picture()[:300], "图片已损坏"),
        (b"%PDF-" + b"0" * 50 * 1024 * 1024, "文件大于 50 MB"),
        (b"\xff\xd8\xff" + b"0" * 20 * 1024 * 1024, "图片大于 20 MB"),
    ],
    ids=[
        "empty",
        "program",
        "other archive",
        "broken archive",
        "other ole",
        "broken picture",
        "large",
        "large picture",
    ],
)
def test_store_refuses_with_a_sentence(content, sentence):
    with pytest.raises(services.FileRefused, match=sentence):
        services.store(content, name="a.jpg", by=None)

    assert not Attachment.objects.exists()


def test_picture_with_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr("hebi_charity.files.pictures.MOST_PIXELS", 799)

    with pytest.raises(services.FileRefused, match="像素过多"):
        services.store(picture(size=(40, 20)), name="a.jpg", by=None)


def test_picture_is_turned_upright_and_loses_its_metadata():
    attachment = services.store(picture(orientation=6), name="a.jpg", by=None)

    with attachment.open() as content:
        stored = content.read()
    assert b"invented clerk" not in stored
    with Image.open(BytesIO(stored)) as image:
        assert image.size == (20, 40)
        assert dict(image.getexif()) == {}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\名单\\捐款.xls", "捐款.xls"),
        ("a\r\nb.pdf", "ab.pdf"),
        ("", "file"),
        ("长" * 200 + ".pdf", "长" * 146 + ".pdf"),
    ],
)
def test_file_name_is_plain(given, kept):
    assert services.store(PDF, name=given, by=None).name == kept


def test_attachments_of_a_record_in_order():
    clerk = make_person("clerk")
    first = services.store(PDF, name="a.pdf", by=clerk, owner=clerk)
    second = services.store(PDF + b"2", name="b.pdf", by=clerk)
    services.store(PDF + b"3", name="c.pdf", by=clerk)
    services.attach(second, to=clerk, by=clerk)

    assert services.attachments_of(clerk) == [first, second]


def test_same_file_is_attached_once():
    clerk = make_person("clerk")
    attachment = services.store(PDF, name="a.pdf", by=clerk, owner=clerk)

    with pytest.raises(IntegrityError, match="use_once"), transaction.atomic():
        services.attach(attachment, to=clerk, by=clerk)


def test_rolled_back_upload_leaves_no_row():
    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():
        services.store(PDF, name="a.pdf", by=None)
        raise Undone

    assert not Attachment.objects.exists()


def test_sweep_removes_old_orphans_only():
    kept = services.store(PDF + b"kept", name="a.pdf", by=None)
    orphan, young = (Attachment.path_of(hashlib.sha256(name).hexdigest()) for name in (b"orphan", b"young"))
    for path in (orphan, f"{orphan}.small", young, kept.thumbnail_path):
        default_storage.save(path, ContentFile(path.encode()))
    for path in (orphan, f"{orphan}.small", kept.path, kept.thumbnail_path):
        os.utime(default_storage.path(path), (0, 0))

    assert services.sweep_orphans() == 2

    assert not default_storage.exists(orphan)
    assert not default_storage.exists(f"{orphan}.small")
    assert default_storage.exists(kept.thumbnail_path)
    assert default_storage.exists(young)
    assert default_storage.exists(kept.path)


def test_file_that_goes_while_it_is_looked_at_is_no_orphan(monkeypatch):
    gone = Attachment.path_of(hashlib.sha256(b"gone").hexdigest())
    monkeypatch.setattr(services, "_stored_paths", lambda folder: iter([gone]))

    assert services.sweep_orphans() == 0


def test_interrupted_write_leaves_nothing_under_the_name():
    class Broken(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError("power cut")

    path = Attachment.path_of(hashlib.sha256(b"interrupted").hexdigest())

    with pytest.raises(OSError, match="power cut"):
        default_storage.save(path, Broken(b"x"))

    assert not default_storage.exists(path)
    assert os.listdir(os.path.dirname(default_storage.path(path))) == []


@pytest.mark.parametrize("table", ["files_attachment", "files_use"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 1", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_rows_cannot_be_changed(table, statement):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        cursor.execute(statement.format(table))


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [({"sha256": "A" * 64}, "attachment_sha256_is_hex"), ({"size": 0}, "attachment_not_empty")],
)
def test_constraint_refuses(fields, constraint):
    whole = {"sha256": "a" * 64, "size": 1, "content_type": "text/plain", "name": "a"}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Attachment.objects.create(**whole | fields)


# Who may open


@pytest.fixture
def users_open_their_own():
    file_access.register("accounts.user", lambda user, row: user == row)
    yield
    file_access._items.pop("accounts.user")


def test_file_without_record_opens_for_who_stored_it():
    clerk, other = make_person("clerk"), make_person("other")
    attachment = services.store(PDF, name="a.pdf", by=clerk)

    assert services.may_open(clerk, attachment)
    assert not services.may_open(other, attachment)


def test_file_of_a_record_opens_by_the_registered_check(users_open_their_own):
    clerk, other = make_person("clerk"), make_person("other")
    attachment = services.store(PDF, name="a.pdf", by=clerk, owner=other)

    assert services.may_open(other, attachment)
    assert not services.may_open(clerk, attachment)


def test_file_of_a_record_without_check_needs_view_permission_and_visibility():
    reader, stranger = make_person("reader", "audit.view_entry"), make_person("stranger")
    entry = Entry.objects.create(act="x.done")
    hidden = Entry.objects.create(act="x.done", side="party")
    shown_file = services.store(PDF, name="a.pdf", by=None, owner=entry)
    hidden_file = services.store(PDF + b"2", name="a.pdf", by=None, owner=hidden)

    assert services.may_open(reader, shown_file)
    assert not services.may_open(reader, hidden_file)
    assert not services.may_open(stranger, shown_file)


def test_file_of_a_vanished_kind_of_record_opens_for_nobody():
    clerk = make_person("clerk")
    attachment = services.store(PDF, name="a.pdf", by=clerk)
    Use.objects.create(attachment=attachment, owner_type="gone.model", owner_id=1)

    assert not services.may_open(clerk, attachment)
