"""A photograph of a signed sheet finds its meeting, also turned, skewed, dark; what is not read is kept."""

from io import BytesIO
from uuid import uuid4

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageEnhance, ImageFilter

from hebi_charity.files.models import Attachment
from partybranch.models import LifePicture
from partybranch.services import sheet_codes, sheet_reading
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_branch, an_event, member, noticed_event

pytestmark = pytest.mark.django_db


def a_sheet(text: str, side: int = 1700) -> Image.Image:
    """A page as a telephone takes it: the square in its upper corner, 22 mm of 210, lines below."""
    page = Image.new("L", (side, int(side * 1.414)), 235)
    square = BytesIO()
    segno.make(text, error="m").save(square, kind="png", scale=8, border=4)
    wide = int(side * 22 / 210)
    page.paste(Image.open(square).convert("L").resize((wide, wide)), (side - wide - side // 12, side // 12))
    for row in range(8, 24):
        page.paste(60, (side // 10, row * side // 20, side - side // 10, row * side // 20 + 3))
    return page


def photographed(page: Image.Image, name: str = "签到表.jpg", quality: int = 80) -> SimpleUploadedFile:
    content = BytesIO()
    page.convert("RGB").save(content, "JPEG", quality=quality)
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def skewed(page: Image.Image) -> Image.Image:
    """Held at an angle: the upper edge is shorter than the lower one."""
    wide, high = page.size
    corners = (
        -0.06 * wide,
        -0.04 * high,
        0.04 * wide,
        1.03 * high,
        0.97 * wide,
        1.01 * high,
        1.08 * wide,
        -0.02 * high,
    )
    return page.transform(page.size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR, fillcolor=120)


WAYS = {
    "straight": lambda page: page,
    "quarter": lambda page: page.rotate(90, expand=True),
    "upside down": lambda page: page.rotate(180),
    "leaning": lambda page: page.rotate(17, expand=True, fillcolor=90, resample=Image.Resampling.BILINEAR),
    "skewed": skewed,
    "skewed and turned": lambda page: skewed(page).rotate(-100, expand=True, fillcolor=60),
    "dark": lambda page: ImageEnhance.Contrast(page.point(lambda value: value // 3)).enhance(0.6),
    "unsharp": lambda page: page.filter(ImageFilter.GaussianBlur(1)),
    "small": lambda page: page.resize((900, 1272)),
    "large": lambda page: page.resize((4000, 5656)),
}


@pytest.mark.parametrize("way", WAYS)
def test_code_is_read_however_the_sheet_was_photographed(way, settings):
    settings.SITE_URL = "https://192.168.1.5:8443"
    event = an_event()
    photograph = photographed(WAYS[way](a_sheet(sheet_codes.qr_text(event))))

    assert [sheet_codes.code_in(text) for text in sheet_reading.texts_on(photograph)] == [sheet_codes.code_of(event)]


def test_what_is_no_picture_says_nothing():
    for content in (b"", b"not a picture", b"\xff\xd8\xff\xe0" + b"\0" * 40, b"GIF89a" + b"\0" * 30):
        assert list(sheet_reading.texts_on(BytesIO(content))) == []


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def event():
    a_branch()
    member(name="甲")
    return noticed_event()


ADDRESS = "partybranch:sheet"


def sent(client, photograph=None, **facts):
    files = {"photograph": photograph} if photograph else {}
    return client.post(reverse(ADDRESS), {"form_key": str(uuid4())} | facts | files)


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_photograph_leads_to_the_names_and_is_kept_as_the_meeting_s_sheet(client, organizer, event):
    response = sent(client, photographed(a_sheet(sheet_codes.qr_text(event)).rotate(90, expand=True)))

    names = reverse("partybranch:life_attendance", args=[event.pk])
    assert response.url == names
    picture = LifePicture.objects.get()
    assert (picture.event, picture.kind, picture.added_by) == (event, "sheet", organizer)
    page = client.get(names).content.decode()
    assert "签到表已存入这次会议。现在勾选姓名。" in page
    assert picture.attachment.large_url in page


def test_photograph_without_a_readable_code_is_kept_until_the_code_is_typed(client, organizer, event):
    response = sent(client, photographed(Image.new("L", (800, 1100), 200)))
    assert errors(response)["code"][0].startswith("照片里没有读出编码。照片已保留")
    kept = response.context["form"]["kept"].value()
    assert Attachment.objects.get().thumbnail_url in response.content.decode()

    response = sent(client, kept=kept, code="ABCD-EFGH")
    assert errors(response) == {
        "code": ["没有哪次会议用这个编码。请对照签到表核对：共八位字母和数字，没有 0、1、I、L、O。"]
    }
    assert response.context["form"]["kept"].value() == kept
    response = sent(client, kept=kept, code=sheet_codes.code_of(event))

    assert response.url == reverse("partybranch:life_attendance", args=[event.pk])
    assert LifePicture.objects.get().attachment_id == int(kept)


def test_nobody_gives_a_colleague_s_photograph_to_a_meeting(client, organizer, event):
    stored = Attachment.objects.create(
        sha256="0" * 64, size=1, content_type="image/jpeg", name="a.jpg", stored_by=UserFactory()
    )

    sent(client, kept=stored.pk, code=sheet_codes.code_of(event))

    assert LifePicture.objects.count() == 0


def test_neither_photograph_nor_code_gets_a_sentence(client, organizer):
    assert errors(sent(client)) == {"photograph": ["请拍下签到表，或者填写方块码下面的编码。"]}


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "空.jpg"), (b"%PDF-1.7\n%%EOF\n", "签到表.pdf"), (b"\0\0\0\x18ftypheic", "照片.heic")]
)
def test_what_is_no_picture_is_refused_beside_the_place(client, organizer, content, name):
    response = sent(client, SimpleUploadedFile(name, content))

    assert list(errors(response)) == ["photograph"]
    assert errors(response)["photograph"][0].startswith(f"“{name}”：")


def test_sheet_of_a_meeting_in_preparation_says_why_it_is_not_kept(client, organizer):
    draft = an_event()

    response = sent(client, photographed(a_sheet(sheet_codes.qr_text(draft))))

    assert errors(response) == {"code": ["请先发出通知，固定应到名单。"]}
    assert LifePicture.objects.count() == 0
