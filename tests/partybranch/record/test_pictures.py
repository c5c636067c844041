"""Pictures of an event: metadata gone, turned without loss, a bad one refused alone, and nobody else opens them."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from hebi_charity.accounts.role_data import ROLES
from hebi_charity.audit.models import Entry
from hebi_charity.files.models import Attachment
from partybranch.models import LifePicture
from partybranch.services import filing, pictures
from partybranch.services.broken_rules import AlreadyFiled
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as, person
from tests.partybranch.factories import a_branch, member, noticed_event
from tests.partybranch.record.factories import a_picture, a_picture_of, filed_event, ready_event

pytestmark = pytest.mark.django_db
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64
HEIC_WORDS = (
    "这是苹果等手机的 HEIC 照片，这里打不开。请在手机“设置—相机—格式”里选“兼容性最佳”后重拍，"
    "或用微信发给自己，再保存那张照片上传。"
)


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def event(db):
    a_branch()
    member()
    return noticed_event()


def sent(*contents, **changes):
    files = [
        content if isinstance(content, SimpleUploadedFile) else SimpleUploadedFile(content.name, content.read())
        for content in contents
    ]
    return {"form_key": str(uuid4()), "kind": "page", "caption": "第一页", "pictures": files} | changes


def post(client, event, data, **how):
    return client.post(reverse("partybranch:life_pictures", args=[event.pk]), data, **how)


def size_of(attachment) -> tuple[int, int]:
    with attachment.open() as content, Image.open(content) as picture:
        return picture.size


def test_nine_at_once_with_one_caption_and_each_its_turn(client, organizer, event):
    colours = ["red", "green", "blue", "black", "white", "gold", "navy", "pink", "gray"]
    data = sent(*(a_picture(colour=colour) for colour in colours), pictures_turns="0,1,2,3,0,9,x,-1,1")

    response = post(client, event, data)

    assert response.url == f"{event.get_absolute_url()}#pictures"
    rows = list(event.pictures.shown())
    assert [row.turns for row in rows] == [0, 1, 2, 3, 0, 1, 0, 0, 1]
    assert [size_of(row.attachment) for row in rows[:3]] == [(40, 20), (20, 40), (40, 20)]
    assert {(row.kind, row.caption) for row in rows} == {("page", "第一页")}
    assert Entry.objects.get(act="party.pictures_added").changes["pictures"] == [None, 9]


def test_ten_are_too_many_and_a_second_click_adds_nothing(client, organizer, event):
    ten = sent(*(a_picture(size=(40 + number, 20)) for number in range(10)))
    assert "一次最多 9 个文件，其余的请随后再添加。" in post(client, event, ten).content.decode()

    key = str(uuid4())
    for _click in range(2):
        post(client, event, sent(a_picture(), form_key=key))
    assert LifePicture.objects.count() == 1


def test_place_time_and_camera_are_gone():
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[1] = "N"
    photograph = a_picture(exif=exif)

    stored = pictures.store_pictures("photo", [(photograph, 0)], by=UserFactory()).kept[0]

    with stored.attachment.open() as content, Image.open(content) as picture:
        assert dict(picture.getexif()) == {}


def test_heic_and_thirty_megabytes_are_refused_alone_and_the_others_are_kept(client, organizer, event):
    large = SimpleUploadedFile("大照片.jpg", a_picture().read() + b"\x00" * 30 * 1024 * 1024)
    data = sent(a_picture(name="好的.jpg"), SimpleUploadedFile("IMG_1.HEIC", HEIC), large)

    response = post(client, event, data)

    assert response.status_code == 422
    form = response.context["pictures_form"]
    assert form.errors["pictures"] == [
        f"“IMG_1.HEIC”：{HEIC_WORDS}",
        "“大照片.jpg”：图片大于 20 MB，请缩小后重新选择。",
    ]
    assert form["caption"].value() == "第一页"
    assert [row.given.name for row in event.pictures.shown()] == ["好的.jpg"]
    assert "已添加 1 张照片" in response.content.decode()


def test_table_is_no_picture(client, organizer, event):
    response = post(client, event, sent(SimpleUploadedFile("名单.csv", "姓名\n甲\n".encode())))

    assert response.context["pictures_form"].errors["pictures"] == ["“名单.csv”：这里只放照片（JPG、PNG、WebP）。"]
    assert not Attachment.objects.filter(name="名单.csv").exists()


def test_picture_that_is_there_is_not_added_twice(client, organizer, event):
    post(client, event, sent(a_picture()))
    page = post(client, event, sent(a_picture()), follow=True).content.decode()

    assert "其中 1 张已经有了，没有重复添加。" in page
    assert LifePicture.objects.count() == 1


def test_picture_is_turned_by_taps_and_comes_back_to_what_was_given(client, organizer, event):
    row = a_picture_of(event)
    address = reverse("partybranch:picture_turn", args=[row.pk])
    sizes = []
    for _tap in range(4):
        client.post(address)
        row.refresh_from_db()
        sizes.append((row.turns, size_of(row.attachment)))

    assert sizes == [(1, (20, 40)), (2, (40, 20)), (3, (20, 40)), (0, (40, 20))]
    assert row.attachment_id == row.given_id


def test_turned_clockwise():
    content = BytesIO()
    image = Image.new("RGB", (2, 1), "white")
    image.putpixel((0, 0), (255, 0, 0))
    image.save(content, "PNG")
    given = pictures.store_pictures("photo", [(named(content), 0)], by=UserFactory()).kept[0].attachment

    with pictures.turned_copy(given, 1, by=UserFactory()).open() as stored, Image.open(stored) as turned:
        assert turned.size == (1, 2)
        assert turned.convert("RGB").getpixel((0, 0)) == (255, 0, 0)


def named(content: BytesIO) -> BytesIO:
    content.seek(0)
    content.name = "a.png"
    return content


def test_removal_of_a_picture_asks_first_and_shows_which_one(client, organizer, event):
    row = a_picture_of(event)
    address = reverse("partybranch:picture_remove", args=[row.pk])
    shown = client.get(event.get_absolute_url()).content.decode()
    assert f'href="{address}"' in shown
    assert f'action="{address}"' not in shown

    page = client.get(address).content.decode()
    row.refresh_from_db()
    assert row.removed_at is None
    assert row.attachment.thumbnail_url in page
    for words in ("要移除这张照片吗？", "现场照片", event.topic, "返回，不做改动", f'action="{address}"'):
        assert words in page


def test_nothing_is_asked_of_a_picture_that_stays_or_is_gone(client, organizer, event):
    gone = a_picture_of(event, is_removed=True)
    page = client.get(reverse("partybranch:picture_remove", args=[gone.pk]), follow=True)
    assert "这张照片已经移除。" in page.content.decode()
    filed = ready_event()
    kept = a_picture_of(filed)
    filing.file_event(filed, by=UserFactory())
    page = client.get(reverse("partybranch:picture_remove", args=[kept.pk]), follow=True)
    assert page.redirect_chain == [(kept.get_absolute_url(), 302)]
    assert "这次组织生活已归档，不能再改。" in page.content.decode()


def test_wrong_picture_is_taken_away_before_the_filing(client, organizer, event):
    row = a_picture_of(event)
    client.post(reverse("partybranch:picture_remove", args=[row.pk]))

    row.refresh_from_db()
    assert row.removed_by == organizer
    assert list(event.pictures.shown()) == []
    with pytest.raises(pictures.AlreadyRemoved):
        pictures.turn_picture(row, by=UserFactory())


def test_pictures_of_what_is_filed_stay(client, organizer, event):
    row = a_picture_of(event)
    filed = filed_event()
    with pytest.raises(AlreadyFiled):
        a_picture_of(filed)

    page = client.get(filed.get_absolute_url()).content.decode()
    assert "没有照片。" in page
    assert reverse("partybranch:life_pictures", args=[filed.pk]) not in page
    response = post(client, filed, sent(a_picture(colour="navy")))
    assert response.status_code == 422
    assert row.event == event


@pytest.mark.parametrize("role", [*(role.code for role in ROLES), None])
def test_only_the_branch_opens_the_pictures(client, event, role):
    row = a_picture_of(event)
    pictures.turn_picture(row, by=UserFactory())
    row.refresh_from_db()
    client.force_login(person(role) if role else UserFactory(), backend="hebi_charity.accounts.backends.RoleBackend")
    may = role in {"branch_secretary", "organisation_member"}

    for attachment in (row.given, row.attachment):
        for name in ("download", "thumbnail", "large"):
            response = client.get(reverse(f"files:{name}", args=[attachment.pk]))
            assert response.status_code == (200 if may else 404), name
            assert b"".join(response) if may else True  # read to its end, so that the file is closed


@pytest.mark.parametrize("count", [1, 5])
def test_page_asks_as_often_for_five_pictures_as_for_one(client, organizer, event, count, django_assert_num_queries):
    for number in range(count):
        chosen = [pictures.Chosen("page", stored) for stored in [an_own(number)]]
        pictures.add_pictures(event, chosen, by=organizer, form_key=uuid4())
    client.get(event.get_absolute_url())

    with django_assert_num_queries(QUERIES):
        client.get(event.get_absolute_url())


QUERIES = 18


def an_own(number: int) -> Attachment:
    return pictures.store_picture(a_picture(size=(40 + number, 20)), by=UserFactory())
