"""The room of honours in a real browser, on a desk and on a phone: each way walked to its end in the database."""

from datetime import date

import pytest
from playwright.sync_api import expect

from hebi_charity.files import services as files
from partybranch.models import Honour, HonourDossier, PressReport, Ranking
from tests.browser import DESK, PHONE, axe, log_in
from tests.donations.staff import person
from tests.partybranch.factories import a_branch, member
from tests.partybranch.honours.factories import (
    ROWS,
    UNKNOWN,
    a_citation,
    a_dossier,
    a_picture,
    a_ranking,
    an_honour,
    the_day,
)
from tests.partybranch.test_rooms_browser import SMALL

pytestmark = pytest.mark.journey
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


def photograph(name: str = "奖牌.jpg") -> dict[str, object]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": a_picture(name).getvalue()}


@pytest.fixture
def rooms(page, site):
    """A wall with a picture, a drawn certificate and an undated one; a row in each register."""
    a_branch("离退休干部党支部")
    honour = an_honour(title="全省示范离退休干部党支部")
    files.add_papers(honour, [a_picture()], by=person("organisation_member"), purpose="scan", side="party")
    a_dossier(honour, evidence=[make() for make in ROWS.values()])
    a_citation(honour)
    an_honour(title="优秀组织奖", when=UNKNOWN, grantor_note="等四家单位")
    an_honour(title="长" * 120, grantors=["很长的单位名称" * 8], when=the_day(2022, 2, 3))
    log_in(page, site, person("branch_secretary"))
    words = ("rankings", "press", "words", "thanks")
    return (
        page,
        site,
        [
            "/party/honours/",
            "/party/honours/?q=没有",
            "/party/honours/timeline/",
            "/party/honours/new/",
            honour.get_absolute_url(),
            Honour.objects.latest("pk").get_absolute_url(),
            f"/party/honours/{honour.pk}/cite/",
            f"/party/honours/{Honour.objects.latest('pk').pk}/dossier/",
            *(f"/party/honours/registers/{word}/" for word in words),
            *(f"/party/honours/registers/{word}/new/" for word in words),
            *(make().get_absolute_url() for make in ROWS.values()),
        ],
    )


@pytest.mark.parametrize("is_large", [False, True], ids=["usual", "large"])
@SIZES
def test_no_page_has_a_barrier_or_is_wider_than_the_screen(rooms, size, is_large):
    page, site, addresses = rooms
    page.set_viewport_size(size)
    wide, small = [], []
    for address in addresses:
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        if is_large:
            page.evaluate("document.documentElement.classList.add('is-large')")
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            wide.append(address)
        small += [(address, one) for one in page.evaluate(SMALL)]
        axe(page)
    assert (wide, small) == ([], [])


def test_pages_fit_with_text_of_twice_the_size(large, rooms):
    _page, site, addresses = rooms
    log_in(large, site, person("branch_secretary"))
    for address in addresses:
        large.goto(f"{site}{address}")
        assert large.evaluate("document.documentElement.scrollWidth") <= large.viewport_size["width"], address


@SIZES
def test_honour_is_recorded_with_its_month_and_number_and_hangs_on_the_wall_with_its_picture(page, site, size):
    a_branch("离退休干部党支部")
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/honours/")
    page.get_by_role("link", name="登记荣誉").first.click()
    page.get_by_label("荣誉名称").fill("全省示范离退休干部党支部")
    page.get_by_label("获得者").select_option(label="党支部")
    page.get_by_label("授予单位", exact=False).first.fill("河南省委组织部、省老干部局")
    page.get_by_label("授予时间").fill("2021年10月")
    page.get_by_label("级别").select_option(label="省部级")
    page.get_by_label("性质").select_option(label="党内表彰")
    page.locator("summary", has_text="文号").click()
    page.get_by_label("文号", exact=True).fill("豫组（2021）15号")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#div_id_document_no")).to_contain_text("文号通常写成")
    expect(page.get_by_label("荣誉名称")).to_have_value("全省示范离退休干部党支部")
    page.get_by_label("按通常写法：豫组〔2021〕15号").check()
    page.get_by_role("button", name="保存").click()
    expect(page.locator("h1")).to_contain_text("全省示范离退休干部党支部")
    page.locator("input[type=file]").set_input_files(photograph())
    page.get_by_role("button", name="添加图片或材料").click()
    expect(page.locator(".plaque-frame .plaque-picture")).to_be_visible()
    page.goto(f"{site}/party/honours/")
    expect(page.locator(".wall-card .plaque-picture")).to_be_visible()

    honour = Honour.objects.get()
    assert (honour.branch.name, honour.precision, honour.happened_on) == (
        "离退休干部党支部",
        "month",
        date(2021, 10, 1),
    )
    assert honour.document_no == "豫组〔2021〕15号"
    assert [one.name for one in honour.grantors.all()] == ["河南省委组织部", "省老干部局"]
    assert [one.name for one in files.attachments_of(honour)] == ["奖牌.jpg"]


@SIZES
def test_evidence_is_chosen_and_frozen_then_cited_and_withdrawn(page, site, size):
    a_branch()
    honour, ranking = an_honour(when=the_day(2022, 12, 1)), a_ranking(rank=4)
    page.set_viewport_size(size)
    log_in(page, site, person("branch_secretary"))
    page.goto(site + honour.get_absolute_url())
    page.get_by_role("link", name="整理申报材料").click()
    page.get_by_label("申报简述").fill("三天募集善款。")
    page.get_by_label("2022年：“99公益日”，第4名").check()
    page.locator("input[type=file]").set_input_files(photograph("申报表.jpg"))
    page.get_by_role("button", name="封存申报材料").click()
    expect(page.locator("#messages")).to_contain_text("申报材料已封存")
    page.get_by_role("link", name="登记引用情况").click()
    page.get_by_label("引用材料").fill("2022年度工作总结")
    page.locator("#id_when").fill("2022.12")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text("引用情况已登记。")

    dossier = HonourDossier.objects.get()
    assert [item.title for item in dossier.items.all()] == ["申报表.jpg", "2022年：“99公益日”，第4名"]
    assert dossier.items.get(place=2).source_id == ranking.pk
    assert honour.citations.get().when() == "2022年12月"

    card = page.locator("section", has=page.locator("#dossier"))
    card.locator("summary", has_text="登记错了：撤销").click()
    card.get_by_label("原因").fill("选错了佐证")
    card.get_by_role("button", name="撤销").click()
    expect(page.locator("section", has=page.locator("#dossier"))).to_contain_text("选错了佐证")
    dossier.refresh_from_db()
    assert dossier.withdrawal_reason == "选错了佐证"


@SIZES
def test_report_is_recorded_found_by_a_word_and_its_words_are_copied(page, site, size):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/honours/")
    page.get_by_role("link", name="宣传报道").click()
    page.get_by_role("link", name="登记宣传报道").first.click()
    page.get_by_label("报道标题").fill("春风送暖")
    page.get_by_label("媒体", exact=False).first.fill("某某报")
    page.get_by_label("媒体级别").select_option(label="市级媒体")
    page.locator("#id_when").fill("明年")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#div_id_when")).to_contain_text("“明年”不是日期")
    page.locator("#id_when").fill("20221121")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text("宣传报道已登记。")
    page.get_by_role("button", name="复制文字").click()
    expect(page.locator("#messages")).to_contain_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == "2022年11月21日，《某某报》刊发《春风送暖》。"

    page.goto(f"{site}/search/?q=春风")
    page.locator("main").get_by_role("link", name="春风送暖").click()
    expect(page.locator("h1")).to_contain_text("宣传报道")
    row = PressReport.objects.get()
    assert (row.medium, row.happened_on, row.precision) == ("某某报", date(2022, 11, 21), "day")


@SIZES
def test_ranking_behind_all_others_is_said_beside_the_rank(page, site, size):
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/honours/registers/rankings/")
    page.get_by_role("link", name="登记排名").first.click()
    for name, value in (
        ("activity", "“99公益日”"),
        ("scope", "全省慈善系统"),
        ("metric", "募集资金"),
        ("rank", "19"),
        ("out_of", "18"),
        ("when", "2021"),
        ("source", "通报"),
    ):
        page.locator(f"#id_{name}").fill(value)
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#div_id_rank")).to_contain_text("名次不能大于参加排名的总数")
    page.locator("#id_rank").fill("6")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text("排名已登记。")

    row = Ranking.objects.get()
    assert (row.rank, row.out_of, row.when()) == (6, 18, "2021年")


def test_person_s_honour_asks_for_the_person_and_revocation_stays_readable(page, site):
    a_branch()
    member(name="周小满")
    log_in(page, site, person("branch_secretary"))
    page.goto(f"{site}/party/honours/new/")
    expect(page.locator("#div_id_person")).to_be_hidden()
    page.get_by_label("荣誉名称").fill("优秀共产党员")
    page.get_by_label("获得者").select_option(label="个人")
    page.get_by_label("授予单位", exact=False).first.fill("市直属工委")
    page.get_by_label("授予时间").fill("2022-7-1")
    page.get_by_label("级别").select_option(label="县处级")
    page.get_by_label("性质").select_option(label="党内表彰")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#div_id_person")).to_contain_text("请选择获得荣誉的人员")
    page.get_by_label("人员").select_option(label="周小满")
    page.get_by_role("button", name="保存").click()
    page.locator("summary", has_text="荣誉被撤销").click()
    page.get_by_label("撤销日期").fill("2023-5-4")
    page.get_by_label("撤销原因").fill("复审未通过")
    page.get_by_role("button", name="登记荣誉被撤销").click()
    expect(page.locator(".alert-danger")).to_contain_text("2023-05-04 被撤销：复审未通过")

    honour = Honour.objects.get()
    assert (honour.person.name, honour.revoked_on) == ("周小满", date(2023, 5, 4))
