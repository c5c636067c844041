"""An honour tells its recipient by the name of the award, whatever it is called now."""

import pytest
from django.db import Error, connection
from django.urls import reverse

from hebi_charity.audit.books import differences
from hebi_charity.core.registry import PaperSubject
from hebi_charity.office.models import Organisation
from partybranch.models import Honour, Person
from partybranch.papers import honour_book
from partybranch.services import branches, honours, registers
from tests.donations.factories import UserFactory, set_up_office
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_branch, member
from tests.partybranch.honours.factories import a_picture, an_honour

DETAIL = "partybranch:honour_detail"
QUOTED = "2021年10月，{}被省甲厅、省乙会授予“先进单位”称号。"


def differing() -> list[str]:
    return [one.sentence for one in differences() if one.check == "records"]


@pytest.fixture
def organizer(client, db):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def of_branch(db) -> Honour:
    """Given to 第1党支部, which is called 机关第一党支部 now."""
    branch = a_branch("第1党支部")
    honour = an_honour(recipient_kind="branch", branch=branch)
    branches.change_branch(branch, by=UserFactory(), name="机关第一党支部")
    return honour


@pytest.fixture
def of_person(db) -> Honour:
    """Given to 王五, who is called 王武 now."""
    person = member(name="王五")
    honour = an_honour(recipient_kind="person", person=person)
    Person.objects.filter(pk=person.pk).update(name="王武")
    return honour


def said(row: Honour) -> Honour:
    return Honour.objects.get(pk=row.pk)


@pytest.mark.parametrize(
    ("which", "then", "now"), [("of_branch", "第1党支部", "机关第一党支部"), ("of_person", "王五", "王武")]
)
def test_page_of_an_honour_quotes_the_name_of_the_award(client, organizer, request, which, then, now):
    honour = request.getfixturevalue(which)

    response = client.get(reverse(DETAIL, args=[honour.pk]))

    page = response.content.decode()
    assert response.context["quote"] == QUOTED.format(then)
    assert f'<span class="plaque-to">{then}</span>' in page
    assert f"<dd>{then}（现名{now}）</dd>" in page


def test_wall_line_of_time_book_and_file_say_the_name_of_the_award(client, organizer, of_branch):
    wall = client.get(reverse("partybranch:honour_list"))
    line = client.get(reverse("partybranch:honour_timeline"))
    log_in_as(client, "branch_secretary")
    file = client.get(reverse("partybranch:honour_export"), {"format": "csv"})

    assert wall.context["quotes"] == [QUOTED.format("第1党支部")]
    assert '<span class="plaque-to">第1党支部</span>' in wall.content.decode()
    assert [one["quote"] for one in line.context["lines"]] == ["第1党支部被省甲厅、省乙会授予“先进单位”称号。"]
    assert [page.recipient for page in honour_book.facts(PaperSubject()).honours] == ["第1党支部"]
    assert ",先进单位,第1党支部," in b"".join(file.streaming_content).decode()


def test_words_under_a_picture_of_the_wall_add_todays_name(client, organizer, of_branch):
    registers.add_scans(of_branch, [a_picture()], by=organizer)

    page = client.get(reverse("partybranch:honour_list")).content.decode()

    assert "第1党支部（现名机关第一党支部）" in page


def test_honour_is_found_by_both_names(of_branch):
    assert [Honour.objects.containing(name).count() for name in ("第1党支部", "机关第一", "第二")] == [1, 1, 0]


def test_federation_keeps_the_name_of_the_award(client, organizer):
    set_up_office()
    name = Organisation.objects.get().name
    honour = an_honour()
    Organisation.objects.update(name="改名后的慈善会")

    response = client.get(reverse(DETAIL, args=[honour.pk]))

    assert response.context["quote"] == QUOTED.format(name)
    assert f"{name}（现名改名后的慈善会）" in response.content.decode()


def test_database_names_the_recipient_whatever_a_program_says_and_for_good(of_person):
    assert said(of_person).awarded_as == "王五"
    forged = Honour.objects.values().get(pk=of_person.pk) | {"id": None, "title": "另一项", "awarded_as": "别人"}
    row = Honour(**forged)
    row.grantor_count = 1
    row.save(force_insert=True)

    assert said(row).awarded_as == "王武"
    with pytest.raises(Error), connection.cursor() as cursor:
        cursor.execute("UPDATE partybranch_honour SET awarded_as = 'x'")


@pytest.mark.parametrize("name", ["别人", ""])
def test_name_changed_past_the_guards_is_named(committed_db, superuser, name):
    honour = an_honour(recipient_kind="person", person=member(name="王五"))
    assert differing() == []
    superuser(f"SET session_replication_role = replica; UPDATE partybranch_honour SET awarded_as = '{name}'")

    assert differing() == [
        f"荣誉 {honour.pk} 的登记内容、颁发单位和使用记录与最后一次操作时不符：被改动、添入或者取走。"
    ]


def test_honour_recorded_before_names_were_kept_holds_its_digest_and_says_todays(committed_db, superuser):
    superuser("DROP TRIGGER partybranch_honour_awarded_as ON partybranch_honour")
    honour = an_honour(recipient_kind="person", person=member(name="王五"))
    Person.objects.update(name="王武")
    honours.move_honour(honour, by=UserFactory(), kept_at="会议室")

    assert differing() == []
    assert (said(honour).awarded_as, said(honour).recipient("总会")) == ("", "王武")
