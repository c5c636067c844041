"""Papers of a gift: added on its page, seen by who may see the gift, and by nobody else."""

import hashlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from hebi_charity.audit.models import Entry
from hebi_charity.files.models import Attachment
from tests.accounts.factories import make_person
from tests.donations.factories import registered_gift, set_up_office

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%invented letter\n"


@pytest.fixture(autouse=True)
def office():
    set_up_office()


def scan(name: str = "支票.png", colour: str = "white", size: tuple[int, int] = (600, 300)) -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/png")


def letter(content: bytes = PDF, name: str = "来信.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def add(client, gift, *papers):
    return client.post(reverse("donations:attach", args=[gift.pk]), {"papers": papers})


def papers_of(gift) -> list[Attachment]:
    return list(Attachment.objects.of(gift))


def test_several_papers_are_added_and_shown(client):
    gift = registered_gift()
    client.force_login(make_person("donation_clerk"))

    response = add(client, gift, scan(), letter())

    assert response.url == f"{gift.get_absolute_url()}#papers"
    picture, paper = papers_of(gift)
    page = client.get(gift.get_absolute_url()).content.decode()
    assert f'src="{reverse("files:thumbnail", args=[picture.pk])}"' in page
    assert "支票.png" in page
    assert "来信.pdf" in page
    entries = Entry.objects.of(gift).filter(act="file.paper_added")
    assert [entry.changes["paper"] for entry in entries] == [
        [None, f"SHA-256 {attachment.sha256[:16]}"] for attachment in (picture, paper)
    ]


@pytest.mark.parametrize(
    ("papers", "sentence"),
    [
        ([], "请至少选择一个文件"),
        ([letter(b"MZ\x90\x00", "程序.pdf")], "“程序.pdf”：不能保存这种文件"),
        ([letter(b"", "空.pdf")], "文件是空的"),
        ([letter(PDF + bytes([number])) for number in range(10)], "一次最多 9 个文件"),
    ],
    ids=["none", "program", "empty", "ten"],
)
def test_refusal_stands_beside_the_choice_and_nothing_is_kept(client, papers, sentence):
    gift = registered_gift()
    client.force_login(make_person("donation_clerk"))

    response = add(client, gift, *papers)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert papers_of(gift) == []


def test_one_refused_paper_keeps_the_others_out(client):
    gift = registered_gift()
    client.force_login(make_person("donation_clerk"))

    add(client, gift, letter(), letter(b"MZ\x90\x00", "程序.pdf"))

    assert papers_of(gift) == []


def test_same_paper_twice_is_refused(client):
    gift, other = registered_gift(), registered_gift()
    client.force_login(make_person("donation_clerk"))
    add(client, gift, letter())

    assert "这个文件已经附在该记录上" in add(client, gift, letter(name="又一次.pdf")).content.decode()
    assert add(client, other, letter()).status_code == 302
    assert [len(papers_of(gift)), len(papers_of(other))] == [1, 1]


@pytest.mark.parametrize(
    ("role", "attaches", "opens"),
    [
        ("donation_clerk", 302, 200),
        ("accountant", 302, 200),
        ("cashier", 302, 200),
        ("approver", 403, 200),
        ("auditor", 403, 200),
        ("warehouse_keeper", 403, 404),
        ("administrator", 403, 404),
    ],
)
def test_who_adds_and_who_opens(client, role, attaches, opens):
    gift = registered_gift()
    client.force_login(make_person("donation_clerk"))
    add(client, gift, scan())
    picture = papers_of(gift)[0]
    client.force_login(make_person(role))

    assert add(client, gift, letter()).status_code == attaches
    for name in ("files:download", "files:thumbnail"):
        response = client.get(reverse(name, args=[picture.pk]))
        assert response.status_code == opens
        b"".join(response)  # read to its end, so that the file is closed
    assert (b"enctype" in client.get(gift.get_absolute_url()).content) is (attaches == 302)


def test_thumbnail_is_a_small_picture_of_our_own(client):
    gift = registered_gift()
    client.force_login(make_person("donation_clerk"))
    add(client, gift, scan(size=(1200, 300)))
    picture = papers_of(gift)[0]

    for _time in range(2):  # made, then kept
        response = client.get(reverse("files:thumbnail", args=[picture.pk]))
        with Image.open(BytesIO(b"".join(response.streaming_content))) as small:
            assert (small.format, small.size) == ("JPEG", (256, 64))
    assert response["X-Content-Type-Options"] == "nosniff"


def test_paper_that_is_no_picture_has_no_thumbnail(client):
    gift = registered_gift()
    client.force_login(make_person("donation_clerk"))
    add(client, gift, letter())
    paper = papers_of(gift)[0]

    assert paper.thumbnail_url == ""
    assert client.get(reverse("files:thumbnail", args=[paper.pk])).status_code == 404


def test_download_gives_the_bytes_as_a_file_to_save(client):
    gift = registered_gift()
    client.force_login(make_person("donation_clerk"))
    add(client, gift, letter())
    paper = papers_of(gift)[0]

    response = client.get(paper.get_absolute_url())

    assert hashlib.sha256(b"".join(response.streaming_content)).hexdigest() == paper.sha256
    assert response["Content-Disposition"].startswith("attachment")
