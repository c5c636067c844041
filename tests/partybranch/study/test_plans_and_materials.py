"""Plans of a year and everybody's own; books bought, handed out against a signature, lent; and their papers."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.files.services import attachments_of
from partybranch.lists.materials import SignLine, materials_of, signed_list
from partybranch.models import IssueList, MaterialPurchase, PersonalPlan, StudyMaterial, StudyPlan, StudyPlanItem
from partybranch.services import learning, materials, study_plans
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_branch, applicant, circumstance, member, staff
from tests.partybranch.papers.making import pages_of, printed, worked_off
from tests.partybranch.study.factories import (
    DAY,
    a_course,
    a_material,
    a_plan,
    an_item,
    bought,
    handed_out,
    lent,
    measure,
    stated,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def secretary(client):
    return log_in_as(client, "branch_secretary")


def address(name: str, *args: object) -> str:
    return reverse(f"partybranch:{name}", args=args)


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


# --- Plans --------------------------------------------------------------------


def test_plan_of_a_year_is_made_filled_changed_and_shown_at_the_start(client, organizer):
    branch = a_branch()
    leader = member(name="孙德厚")
    fields = {"form_key": str(uuid4()), "year": "2024", "aim": "巩固党史学习教育成果"}
    plan_page = client.post(address("plan_create", branch.pk), fields).url
    plan = StudyPlan.objects.get()
    assert plan_page == plan.get_absolute_url()

    item = {"form_key": str(uuid4()), "when": "1-3", "subject": "学习党史", "form": "together", "leader": leader.pk}
    client.post(address("study_plan_item_create", plan.pk), item)
    client.post(address("study_plan_item_create", plan.pk), item | {"form_key": str(uuid4()), "when": "7-7"})
    first, second = plan.items.all()
    client.post(address("plan_item_update", first.pk), {"when": "1-12", "subject": "学习党章", "form": "lecture"})
    page = client.get(address("study"), {"year": 2024}).content.decode()
    for words in ("巩固党史学习教育成果", "学习党章", "全年", "7 月", "孙德厚"):
        assert words in page
    asked = client.get(address("plan_item_drop", second.pk)).content.decode()
    for words in ("要从计划中删去这一项吗？", "7 月", "学习党史", "返回，不做改动"):
        assert words in asked
    assert plan.items.count() == 2
    client.post(address("plan_item_drop", second.pk))

    assert list(plan.items.values_list("subject", "first_month", "last_month", "leader")) == [("学习党章", 1, 12, None)]
    acts = Entry.objects.filter(act__startswith="party.plan").values_list("act", "side")
    assert {act for act, _side in acts} == {
        "party.plan_made",
        "party.plan_item_added",
        "party.plan_item_changed",
        "party.plan_item_dropped",
    }
    assert {side for _act, side in acts} == {"party"}


@pytest.mark.parametrize(
    ("year", "sentence"), [("2024", "本支部已有这一年的计划。请修改原计划。"), ("24", "年度请填四位数字，例如 2024。")]
)
def test_second_plan_of_a_year_is_refused_beside_the_year(client, organizer, year, sentence):
    branch = a_plan().branch

    response = client.post(address("plan_create", branch.pk), {"form_key": str(uuid4()), "year": year})

    assert errors(response) == {"year": [sentence]}


def test_personal_plans_are_made_for_members_staff_and_activists_once_each(client, organizer):
    branch = a_branch()
    member(name="甲"), staff(branch=branch), applicant(name="丁", branch=branch)
    plan = a_plan(branch)

    client.post(address("study_plan_personal", plan.pk))
    page = client.post(address("study_plan_personal", plan.pk), follow=True).content.decode()
    assert "名册上的人员都已有本年个人计划。" in page
    late = member(name="后来")
    assert study_plans.make_personal_plans(plan, by=organizer) == 1

    rows = PersonalPlan.objects.values_list("person__name", "aim")
    assert sorted(rows) == sorted((name, "学懂弄通") for name in ("甲", "李学工", "丁", "后来"))
    own = plan.personal_plans.get(person=late)
    client.post(address("personal_plan_update", own.pk), {"aim": "会讲", "tasks": "讲一次课"})
    study_plans.change_plan(plan, by=organizer, personal_tasks="别的")
    own.refresh_from_db()
    assert (own.aim, own.lines()) == ("会讲", ["讲一次课"])
    assert plan.personal_plans.exclude(pk=own.pk).first().lines() == ["读《中国共产党简史》", "写心得一篇"]


def test_personal_plans_are_printed_one_to_a_page_with_room_for_handwriting():
    branch = a_branch("离退休干部党支部")
    member(name="甲甲", post="原粮食局局长"), member(name="乙乙")
    plan = a_plan(branch)
    assert "请先按样本生成" in worked_off("partybranch.personal_plans", plan).error
    study_plans.make_personal_plans(plan, by=UserFactory())

    paper = printed("partybranch.personal_plans", plan)

    pages = pages_of(paper)
    assert (paper.title, len(pages)) == ("个人学习计划 2024 年", 2)
    for name, page in zip(("甲甲", "乙乙"), pages, strict=True):
        for words in (name, "2024 年个人学习计划", "学懂弄通", "写心得一篇", "完成情况（手写）", "支部书记："):
            assert words in page
    assert paper.facts["plans"][0]["empty"] == list(range(3, 13))


# --- Materials ------------------------------------------------------------------


def test_book_is_recorded_bought_with_its_invoice_handed_out_and_signed_for(client, organizer):
    branch = a_branch()
    first, second, third = (member(name=name) for name in "甲乙丙")
    client.post(
        address("stock_create", branch.pk),
        {"form_key": str(uuid4()), "title": "《做合格的共产党员》", "kind": "book", "publisher": "人民出版社"},
    )
    book = StudyMaterial.objects.get()
    invoice = SimpleUploadedFile("发票.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    fields = {"form_key": str(uuid4()), "bought_on": "2022-3-1", "copies": "20", "unit_price": "28.5"}
    client.post(
        address("material_purchase", book.pk),
        fields | {"paid_from": "dues", "seller": "新华书店", "invoice_no": "00123456", "invoice": [invoice]},
    )
    purchase = MaterialPurchase.objects.get()
    assert (purchase.total(), [one.name for one in attachments_of(purchase)]) == (Decimal("570.00"), ["发票.pdf"])
    page = client.get(book.get_absolute_url()).content.decode()
    assert "20 册，每册 28.50 元，共 570.00 元" in page
    assert "党费" in page

    chosen = {"form_key": str(uuid4()), "title": "党员学习用书", "issued_on": "2022-3-10", f"copies_{book.pk}": "2"}
    response = client.post(address("stock_hand_out", branch.pk), chosen | {"people": [first.pk, second.pk]})
    issued = IssueList.objects.get()
    assert response.url == issued.get_absolute_url()
    client.post(address("issue_list_signed", issued.pk), {"people": [first.pk, third.pk, "x"]})

    signed = signed_list(issued)
    assert signed.lines == (SignLine(first, (2,), True), SignLine(second, (2,), False))
    assert (signed.totals, signed.waiting) == ((4,), 1)
    (counted,) = materials_of(branch, by=organizer)
    assert (counted.bought, counted.issued, counted.lent, counted.at_hand) == (20, 4, 0, 16)


def test_more_than_is_there_is_refused_and_what_was_chosen_is_kept(client, organizer):
    book = bought(copies=3).material
    people = [member(name=name) for name in "甲乙"]
    chosen = {"form_key": str(uuid4()), "title": "学习用书", "issued_on": "2024-3-21", f"copies_{book.pk}": "2"}

    response = client.post(address("stock_hand_out", book.branch_id), chosen | {"people": [one.pk for one in people]})

    assert errors(response) == {"__all__": ["没有这么多册。请核对册数，或先登记购入。"]}
    assert response.context["form"]["title"].value() == "学习用书"
    assert IssueList.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"copies": "0"}, "copies"),
        ({"copies": ""}, "copies"),
        ({"unit_price": "0"}, "unit_price"),
        ({"unit_price": "很贵"}, "unit_price"),
        ({"bought_on": "2099-1-1"}, "bought_on"),
        ({"paid_from": ""}, "paid_from"),
    ],
)
def test_purchase_that_cannot_be_is_refused_beside_the_field(client, organizer, changes, place):
    book = a_material()
    fields = {"form_key": str(uuid4()), "bought_on": "2022-3-1", "copies": "20", "unit_price": "28.5"}

    response = client.post(address("material_purchase", book.pk), fields | {"paid_from": "work"} | changes)

    assert list(errors(response)) == [place]
    assert MaterialPurchase.objects.count() == 0


def test_nothing_chosen_to_hand_out_gets_a_sentence(client, organizer):
    book, person = bought().material, member()
    chosen = {"form_key": str(uuid4()), "title": "学习用书", "issued_on": "2024-3-21", "people": [person.pk]}

    response = client.post(address("stock_hand_out", book.branch_id), chosen)

    assert errors(response) == {"people": ["请至少选择一人，并填写至少一种资料的册数。"]}


def test_copy_is_lent_and_comes_back_once(client, organizer):
    book, person = bought(copies=1).material, member()
    fields = {"form_key": str(uuid4()), "person": person.pk, "lent_on": "2024-3-20", "due_on": "2024-4-20"}
    client.post(address("material_lend", book.pk), fields)
    loan = book.loans.get()
    second = client.post(address("material_lend", book.pk), fields | {"form_key": str(uuid4())})
    assert errors(second) == {"person": ["没有这么多册。请核对册数，或先登记购入。"]}

    page = client.post(address("loan_return", loan.pk), {"day": "2024-3-19"}, follow=True).content.decode()
    assert "归还日期不能早于借出日期。请核对。" in page
    client.post(address("loan_return", loan.pk), {"day": "2024-4-1"})
    page = client.post(address("loan_return", loan.pk), {"day": "2024-4-2"}, follow=True).content.decode()
    assert "这条借阅已归还或撤销。请刷新页面。" in page
    loan.refresh_from_db()
    assert (loan.returned_on, loan.returned_to) == (date(2024, 4, 1), organizer)


def test_purchase_stays_while_its_copies_are_out_and_goes_when_they_are_back(client, secretary):
    purchase = bought(copies=1)
    loan = lent(purchase.material, member())

    page = client.post(address("purchase_withdraw", purchase.pk), {"reason": "重复"}, follow=True).content.decode()
    assert "没有这么多册。请核对册数，或先登记购入。" in page
    materials.take_back(loan, by=secretary, day=DAY)
    client.post(address("purchase_withdraw", purchase.pk), {"reason": "重复"})

    assert MaterialPurchase.objects.get().withdrawal_reason == "重复"


@pytest.mark.parametrize("count", [1, 5])
def test_materials_ask_the_database_as_often_for_five_as_for_one(client, secretary, count, django_assert_num_queries):
    branch = a_branch()
    for number in range(count):
        book = bought(a_material(branch, title=f"书{number}")).material
        handed_out(book, member(name=f"党员{number}"), title=f"表{number}")
        lent(book, member(name=f"借书人{number}"))
    client.get(address("material_list"))

    with django_assert_num_queries(8):
        page = client.get(address("material_list")).content.decode()
    assert page.count("借书人") == count * 2


def test_issue_list_is_printed_with_a_column_for_each_title_and_room_to_sign():
    branch = a_branch("离退休干部党支部")
    people = [member(name=name) for name in ("周小满", "吴求")]
    books = [
        bought(a_material(branch, title=title)).material for title in ("《中国共产党简史》", "《做合格的共产党员》")
    ]
    issued = materials.hand_out(
        IssueList(branch=branch, title="党员学习用书", issued_on=DAY),
        people,
        {books[0]: 1, books[1]: 2},
        by=UserFactory(),
        form_key=uuid4(),
    )

    paper = printed("partybranch.issue_list", issued)

    assert paper.title == "领书签收表 2024-03-20 党员学习用书"
    assert [(line["name"], line["copies"]) for line in paper.facts["lines"]] == [("吴求", [1, 2]), ("周小满", [1, 2])]
    assert paper.facts["totals"] == [2, 4]
    (page,) = pages_of(paper)
    for words in ("党员学习用书", "周小满", "签名（日期）", "发放人：", "合计"):
        assert words in page


def test_study_record_of_a_member_is_printed_from_january_on_with_hours_and_target():
    a_branch("离退休干部党支部")
    person = member(name="周小满")
    learning.confirm_learning([stated(person, note="谈体会")], by=UserFactory(full_name="赵书记"))
    stated(person, subject="待确认的自学")
    learning.credit(
        a_course(starts_on=date(2024, 1, 8), ends_on=date(2024, 1, 9)),
        [person],
        way="course",
        measure=measure("2", "full_day"),
        by=UserFactory(),
    )

    paper = printed("partybranch.study_record", person, key="2024")

    assert paper.title == "学习记录 周小满 2024 年"
    facts = paper.facts
    assert (facts["hours"], facts["target"], facts["stage"]) == ("17.00", "32.00", "正式党员")
    assert [row["subject"] for row in facts["records"]] == [
        "慈善业务骨干培训班",
        "《中国共产党简史》第一章",
        "待确认的自学",
    ]
    page = "".join(pages_of(paper))
    for words in ("周小满", "谈体会", "赵书记", "未确认", "外出培训", "规定学时", "32"):
        assert words in page
    assert "没有学习记录" in worked_off("partybranch.study_record", person, key="2023").error


def test_study_record_of_who_is_exempt_says_so_instead_of_a_target():
    person = member(name="马老")
    circumstance(person, "exempt", reason="年逾八十")
    stated(person)

    facts = printed("partybranch.study_record", person, key="2024").facts

    assert (facts["target"], facts["is_exempt"]) == (None, True)


def test_items_of_a_plan_stand_by_their_months():
    plan = a_plan()
    for span in ((7, 7), (1, 12), (1, 3), (4, 5)):
        an_item(plan, first_month=span[0], last_month=span[1])

    found = [item.when() for item in StudyPlanItem.objects.filter(plan=plan)]
    assert found == ["第 1 季度", "全年", "4—5 月", "7 月"]
