"""The record of an event in a real browser, on a desk and on a phone; the taps of a past meeting are counted."""

from datetime import time

import pytest
from playwright.sync_api import expect

from partybranch.models import LifeEvent, Minutes
from tests.browser import DESK, PHONE, axe, log_in
from tests.donations.staff import person
from tests.partybranch.factories import a_branch, an_event, attend, member, noticed_event
from tests.partybranch.record.factories import a_picture, a_picture_of, filed_event, write
from tests.partybranch.record.test_pictures import HEIC, size_of
from tests.partybranch.test_rooms_browser import SMALL

pytestmark = pytest.mark.journey
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@pytest.fixture
def branch(committed_db):
    branch = a_branch("离退休干部党支部")
    for number in range(15):
        member(name=f"党员{chr(0x4E00 + number)}")
    return branch


def pictures(folder, *names: str) -> list[str]:
    """Files as a telephone's album gives them, each another picture."""
    paths = []
    for number, name in enumerate(names):
        path = folder / name
        path.write_bytes(a_picture(size=(640 + number, 480)).read())
        paths.append(str(path))
    return paths


@SIZES
def test_past_meeting_with_six_pictures_is_filed_in_at_most_twenty_taps(page, site, size, branch, tmp_path):
    # What was usual of this kind stands there: time, place, chair, recorder.
    filed_event(topic="上一次", kind="general")
    filed_event(topic="别的", kind="lecture")
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/life/")
    taps = 0

    def tap(target):
        nonlocal taps
        target.click()
        taps += 1

    def choose(label, *names):
        """One tap opens the album, one takes each picture, and one says "done" where several may be taken."""
        nonlocal taps
        with page.expect_file_chooser() as chooser:
            tap(page.get_by_label(label, exact=True))
        chooser.value.set_files(pictures(tmp_path, *names))
        taps += len(names) + 1

    tap(page.get_by_role("link", name="补录过去的活动").first)
    tap(page.get_by_label("支部党员大会"))
    for name, words in (("held_on", "2019-6-28"), ("topic", "讨论发展党员计划"), ("outcome", "一致同意。")):
        tap(page.locator(f"#id_{name}"))
        page.keyboard.insert_text(words)
    tap(page.get_by_label("全部到会"))
    line = page.locator(".past-names li").nth(3)
    expect(page.locator(".attendance-count")).to_have_text("应到 15 实到 15 尚未登记 0", use_inner_text=True)
    tap(line.get_by_label("缺席"))
    expect(page.locator(".attendance-count")).to_contain_text("实到 14")
    choose("签到表", "签到.jpg")
    choose("记录本", "第一页.jpg", "第二页.jpg")
    choose("现场照片", "一.jpg", "二.jpg", "三.jpg")
    tap(page.get_by_role("button", name="补录并归档"))
    expect(page.locator("#messages")).to_contain_text("已补录并归档")
    axe(page)

    assert taps == 20
    event = LifeEvent.objects.get(topic="讨论发展党员计划")
    assert (event.state, event.is_back_entry, event.kind, str(event.held_on)) == (
        "filed",
        True,
        "general",
        "2019-06-28",
    )
    assert sorted(event.attendance.values_list("status", flat=True)) == ["absent", *["present"] * 14]
    assert list(event.pictures.shown().values_list("kind", flat=True)) == ["sheet", "page", "page", *["photo"] * 3]


@SIZES
def test_what_is_usual_follows_the_kind_and_what_was_typed_stays(page, site, size, branch):
    chair = filed_event(kind="general").chair
    an_event(kind="lecture", begins_at=time(15, 0), place="二楼大厅", chair=chair, recorder=chair)
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/branches/{branch.pk}/life/past/")
    expect(page.get_by_label("地点或链接")).to_have_value("二楼大厅")
    expect(page.get_by_label("主持人")).to_have_value("")

    page.get_by_label("支部党员大会").check()
    expect(page.get_by_label("地点或链接")).to_have_value("三楼会议室")
    page.locator("#id_held_on").fill("2019-6-28")
    page.locator("#id_held_on").blur()
    expect(page.get_by_label("主持人")).to_have_value(str(chair.pk))
    expect(page.locator("#past-usual")).to_contain_text("这次不同的请改")
    axe(page)
    page.get_by_label("地点或链接").fill("县礼堂")
    page.get_by_label("党课").check()
    expect(page.get_by_label("开始时间")).to_have_value("15:00")
    expect(page.get_by_label("地点或链接")).to_have_value("县礼堂")

    page.locator("#id_topic").fill("学习党章")
    page.locator("#id_outcome").fill("听课后讨论。")
    page.get_by_label("全部到会").check()
    page.get_by_role("button", name="补录并归档").click()
    expect(page.locator("#messages")).to_contain_text("已补录并归档")
    event = LifeEvent.objects.filed().get(kind="lecture")
    assert (event.begins_at, event.place, event.chair) == (time(15, 0), "县礼堂", chair)


@SIZES
def test_meeting_is_attended_written_pictured_and_filed(page, site, size, branch, tmp_path):
    event = noticed_event(topic="三月主题党日")
    for row in event.attendance.all():
        attend(event, row.person)
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}{event.get_absolute_url()}")
    page.locator(".next-steps a", has_text="会议记录").click()
    page.get_by_label("开始时间").fill("0930")
    page.get_by_label("地点或链接").fill("三楼会议室")
    page.get_by_label("主持人").select_option(index=1)
    page.get_by_label("决议或结果").fill("通过了学习计划。")
    page.get_by_role("button", name="保存并归档").click()
    expect(page.locator("#div_id_recorder")).to_contain_text("请选择记录人。")
    expect(page.get_by_label("决议或结果")).to_have_value("通过了学习计划。")
    axe(page)
    page.get_by_label("记录人").select_option(index=2)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("会议记录已保存。")

    page.locator("#id_pictures").set_input_files(pictures(tmp_path, "一.jpg", "二.jpg"))
    page.locator(".previews").get_by_role("button", name="转 90°").first.click()
    page.get_by_label("照片说明").fill("重温入党誓词")
    page.get_by_role("button", name="上传照片").click()
    expect(page.locator("#messages")).to_contain_text("已添加 2 张照片。")
    page.locator(".pictures li").nth(1).get_by_role("button", name="转 90°").click()
    expect(page.locator("#messages")).to_contain_text("已转 90 度。")
    axe(page)

    page.get_by_role("button", name="归档", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("已归档。")
    axe(page)
    event.refresh_from_db()
    assert event.is_filed()
    assert [(row.turns, size_of(row.attachment)) for row in event.pictures.shown()] == [
        (1, (480, 640)),
        (1, (480, 641)),
    ]
    assert {row.caption for row in event.pictures.all()} == {"重温入党誓词"}


def test_two_secretaries_write_and_the_second_sees_both(page, site, branch):
    event = noticed_event()
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}{event.get_absolute_url()}record/")
    page.get_by_label("会议记录", exact=True).fill("我写的全文")
    write(event, by=person("branch_secretary"), text="书记写的全文")

    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".other-version")).to_contain_text("书记写的全文")
    expect(page.get_by_label("会议记录", exact=True)).to_have_value("我写的全文")
    axe(page)
    page.get_by_label("会议记录", exact=True).fill("书记写的全文；我写的全文")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("会议记录已保存。")

    assert [row.text for row in Minutes.objects.order_by("version")] == ["书记写的全文", "书记写的全文；我写的全文"]


def test_refused_photographs_are_named_and_the_good_ones_stay(page, site, branch, tmp_path):
    (tmp_path / "手机.heic").write_bytes(HEIC)
    (tmp_path / "太大.jpg").write_bytes(a_picture().read() + b"\x00" * 30 * 1024 * 1024)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/branches/{branch.pk}/life/past/")
    page.locator("#id_topic").fill("参观毛连洞村")
    files = [*pictures(tmp_path, "好的.jpg"), str(tmp_path / "手机.heic"), str(tmp_path / "太大.jpg")]
    page.get_by_label("现场照片", exact=True).set_input_files(files)
    page.get_by_role("button", name="补录并归档").click()

    place = page.locator("#div_id_photos")
    expect(place).to_contain_text("HEIC")
    expect(place).to_contain_text("图片大于 20 MB")
    expect(page.locator(".kept li")).to_have_count(1)
    expect(page.locator("#id_topic")).to_have_value("参观毛连洞村")
    axe(page)
    assert LifeEvent.objects.count() == 0


@pytest.mark.parametrize("is_large", [False, True], ids=["usual", "large"])
@SIZES
def test_pages_of_the_record_have_no_barrier(page, site, size, is_large, branch):
    noticed, filed = noticed_event(), filed_event(topic="归档的会")
    a_picture_of(noticed)
    page.set_viewport_size(size)
    log_in(page, site, person("branch_secretary"))
    wide, small = [], []
    own = f"/party/branches/{branch.pk}/life/past/"
    for address in (own, noticed.get_absolute_url(), f"{noticed.get_absolute_url()}record/", filed.get_absolute_url()):
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        if is_large:
            page.evaluate("document.documentElement.classList.add('is-large')")
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            wide.append(address)
        small += [(address, one) for one in page.evaluate(SMALL)]
        axe(page)
    assert (wide, small) == ([], [])


@SIZES
def test_picture_is_taken_away_by_keys_after_a_question(page, site, size, branch):
    event = noticed_event(topic="三月主题党日")
    wrong = a_picture_of(event)
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}{event.get_absolute_url()}")
    page.get_by_role("link", name="移除").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="要移除这张照片吗？")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="返回，不做改动").click()
    expect(page.get_by_role("link", name="移除")).to_be_visible()
    wrong.refresh_from_db()
    assert wrong.removed_at is None

    page.get_by_role("link", name="移除").click()
    page.get_by_role("button", name="移除照片").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("照片已移除。")
    wrong.refresh_from_db()
    assert wrong.removed_by.username


def test_tap_while_the_list_is_on_its_way_stays(page, site, branch):
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/branches/{branch.pk}/life/past/?kind=general")
    page.fill("#id_held_on", "2019-6-28")
    page.keyboard.press("Tab")
    third = page.locator(".past-names li").nth(3)
    third.wait_for()
    page.locator(".past-names").evaluate("names => { names.dataset.before = 1 }")
    held_back = []
    page.route("**/life/past/list/*", lambda route: held_back.append(route))

    page.get_by_label("申请人、积极分子和职工也参加了").check()  # the list is asked for, and does not come yet
    third.get_by_label("缺席").check()
    for one in held_back:
        one.continue_()

    expect(page.locator(".past-names[data-before]")).to_have_count(0)
    expect(third.get_by_label("缺席")).to_be_checked()
    assert len(held_back) == 1
