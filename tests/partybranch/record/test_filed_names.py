"""Names on a filed event are those of its filing: renaming a person, branch, body or account changes nothing of it."""

import re
from datetime import date, time
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from hebi_charity.accounts.models import User
from hebi_charity.core.registry import PaperSubject
from hebi_charity.core.sentences import name_of, sentence_of
from partybranch.lists import calendar
from partybranch.models import Addendum, Body, LifeEvent, Person
from partybranch.papers import meeting_record, sign_in_sheet
from partybranch.services import branches, filing, past, people
from partybranch.services.make_ups import record_make_ups
from partybranch.services.observers import withdraw_observer
from partybranch.services.votes import withdraw_vote
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.attend.factories import an_observer
from tests.partybranch.factories import a_body, a_branch, applicant, attend, member, noticed_event, staff, term
from tests.partybranch.papers.making import pages_of, printed
from tests.partybranch.record.factories import filed_event, ready_event, write
from tests.partybranch.votes.factories import a_vote

pytestmark = pytest.mark.django_db
# Of those who came the first would come last by the names of today.
NOW_CALLED = {"孙德厚": "朱山", "叶春梅": "彭春", "罗志强": "罗伟", "邵广田": "邵田"}


def text_of(response) -> str:
    """The words of a page, a blank between what stands apart."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def rename(person: Person, name: str) -> Person:
    return people.change_person(person, by=UserFactory(), reason="改名", name=name)


@pytest.fixture
def four(db) -> dict[str, Person]:
    """Chair, recorder and who was absent stand on the list; the fourth sat in."""
    a_branch("离退休干部党支部")
    found = {name: member(name=name) for name in ("孙德厚", "叶春梅", "罗志强")}
    return found | {"邵广田": applicant(name="邵广田", stage="candidate")}


@pytest.fixture
def meeting(four) -> LifeEvent:
    """A general meeting of 2022 with an observer, a vote on an admission and an election, not filed yet."""
    event = noticed_event(kind="general", topic="支部党员大会", held_on=date(2022, 10, 16))
    for name, status in (("孙德厚", "present"), ("叶春梅", "present"), ("罗志强", "absent")):
        attend(event, four[name], status)
    an_observer(event, four["邵广田"])
    a_vote(event, kind="admission", matter="接收预备党员", person=four["邵广田"])
    a_vote(event, [(four["叶春梅"], 2, 0, 0)], kind="election", matter="补选支委")
    write(event, chair=four["孙德厚"], recorder=four["叶春梅"], by=UserFactory(full_name="录入人"))
    return LifeEvent.objects.get(pk=event.pk)


@pytest.fixture
def filed(meeting) -> LifeEvent:
    """Filed, and everybody and everything it names renamed afterwards."""
    event = filing.file_event(meeting, by=UserFactory(full_name="归档人"))
    for name, now in NOW_CALLED.items():
        rename(Person.objects.get(name=name), now)
    branches.change_branch(event.branch, by=UserFactory(), name="机关第一党支部")
    User.objects.filter(full_name__in=["归档人", "录入人"]).update(full_name=Concat(Value("新"), "full_name"))
    return LifeEvent.objects.get(pk=event.pk)


def test_filing_keeps_every_name_of_that_moment(meeting, four):
    withdrawn = staff(name="没有来的人")
    withdraw_observer(an_observer(meeting, withdrawn), by=UserFactory(), reason="没有来")
    withdraw_vote(
        a_vote(meeting, kind="admission", person=(gone := applicant(name="弄错的人", stage="candidate"))),
        by=UserFactory(),
        reason="错",
    )
    filer = UserFactory(full_name="归档人")

    event = filing.file_event(meeting, by=filer)

    writer = User.objects.get(full_name="录入人")
    everybody = [*four.values(), withdrawn, gone]
    event.refresh_from_db()
    assert event.filed_names == {
        "branch": {str(event.branch_id): "离退休干部党支部"},
        "body": {},
        "person": {str(person.pk): person.name for person in everybody},
        "user": {str(filer.pk): "归档人", str(writer.pk): "录入人"},
    }


def test_what_is_open_has_no_names_and_is_told_with_those_of_today(meeting, four):
    rename(four["孙德厚"], "孙厚德")

    event = LifeEvent.objects.select_related("chair").get(pk=meeting.pk)

    assert (event.filed_names, event.name_of(event.chair), event.name_of(event.body)) == (None, "孙厚德", "")


def test_page_of_a_filed_event_keeps_its_names_and_says_todays_beside_them(client, filed):
    log_in_as(client, "organisation_member")
    missed = filed.attendance.get(status="absent")
    day, by = date(2022, 10, 20), UserFactory()
    record_make_ups(filed, [missed], by=by, form_key=uuid4(), done_on=day, way="reading", what="学习材料")

    page = text_of(client.get(filed.get_absolute_url()))

    for words in (
        "离退休干部党支部（现名机关第一党支部）",
        "主持人 孙德厚（现名朱山）",
        "记录人 叶春梅（现名彭春）",
        "罗志强（现名罗伟） 缺席",
        "罗志强（现名罗伟）（缺席）： 2022-10-20",
        "列席 邵广田（现名邵田）",
        "接收预备党员：邵广田（现名邵田）",
        "叶春梅（现名彭春） 2 0 0",
        "归档人 归档人，",
        "第 1 版，录入人",
    ):
        assert words in page, words
    assert "新录入人" not in page[: page.index(" 经过 ")]  # the history names accounts as they are
    rows = [
        page.index(words) for words in ("罗志强（现名罗伟） 缺席", "孙德厚（现名朱山） 到会", "叶春梅（现名彭春） 到会")
    ]
    assert rows == sorted(rows)


def test_paper_of_a_filed_event_keeps_its_names_and_their_order(filed):
    facts = meeting_record.facts(PaperSubject(filed))

    record = facts.record
    assert (facts.branch, record.branch) == ("离退休干部党支部", "离退休干部党支部")
    assert (record.chair, record.recorder, record.filed_by) == ("孙德厚", "叶春梅", "归档人")
    assert record.present == ("孙德厚", "叶春梅")
    assert [one.name for one in record.away] == ["罗志强"]
    assert record.observers == ("邵广田",)
    admission, election = record.votes
    assert admission.matter == "接收预备党员：邵广田"
    assert [one.name for one in election.candidates] == ["叶春梅"]


def test_printed_record_has_no_name_of_today(filed):
    page = "".join(pages_of(printed("partybranch.meeting_record", filed))).replace("\n", "")

    for name in ("离退休干部党支部", "孙德厚", "叶春梅", "罗志强（缺席）", "邵广田", "归档人 归档"):
        assert name in page, name
    assert [name for name in (*NOW_CALLED.values(), "机关第一党支部", "新归档人") if name in page] == []


def test_sheet_of_a_filed_event_keeps_its_names_and_their_order(filed):
    facts = sign_in_sheet.facts(PaperSubject(filed))

    assert [line.name for line in facts.lines] == ["罗志强", "孙德厚", "叶春梅"]
    assert (facts.branch, facts.chair) == ("离退休干部党支部", "孙德厚")


def test_ledger_is_bound_by_the_branch_of_today_and_each_record_names_its_own(filed):
    ready_event(topic="还没归档的会", held_on=date(2022, 11, 16))

    paper = printed("partybranch.ledger", filed.branch, "2022")

    first, second = paper.facts["records"]
    assert (paper.facts["branch"], paper.facts["earlier_names"]) == ("机关第一党支部", ["离退休干部党支部"])
    assert (first["branch"], first["chair"], first["present"]) == ("离退休干部党支部", "孙德厚", ["孙德厚", "叶春梅"])
    assert (second["branch"], second["present"]) == ("机关第一党支部", ["罗伟", "彭春", "朱山"])
    pages = pages_of(paper)
    assert "归档时名称 离退休干部党支部" in pages[0].replace("\n", " ")
    (of_first,) = [page for page in pages if "2022年10月16日" in page and "主持人" in page]
    assert "党支部 离退休干部党支部" in of_first.replace("\n", " ")
    (of_second,) = [page for page in pages if "2022年11月16日" in page and "主持人" in page]
    assert "机关第一党支部" not in of_second


def test_who_has_to_make_it_up_is_asked_by_the_name_of_the_record_and_todays(client, filed):
    log_in_as(client, "organisation_member")

    still_open = text_of(client.get(reverse("partybranch:make_up_list"), {"year": "2022"}))
    form = text_of(client.get(reverse("partybranch:make_up_create", args=[filed.pk])))

    assert "罗志强（现名罗伟）（缺席）" in still_open
    assert "罗志强（现名罗伟）（缺席）" in form


def test_group_of_a_filed_meeting_keeps_its_name_in_list_calendar_and_record(client):
    branch = a_branch("第1党支部")
    person = member()
    group = a_body(branch)
    term(person, "group_leader", body=group)
    event = filed_event(kind="group", body=group, topic="小组学习")
    Body.objects.filter(pk=group.pk).update(name="淇水湾党小组")
    branches.change_branch(branch, by=UserFactory(), name="机关第一党支部")
    reader = log_in_as(client, "branch_secretary")
    event = LifeEvent.objects.get(pk=event.pk)

    page = text_of(client.get(reverse("partybranch:life_list")))
    file = b"".join(client.get(reverse("partybranch:life_export"), {"format": "csv"}).streaming_content).decode()
    feed = calendar.calendar_of(calendar.facts_of_reader(reader, date(2024, 9, 3))).decode()

    assert "党小组会（第一党小组）" in page
    assert ",第1党支部,党小组会,第一党小组,小组学习," in file
    assert "SUMMARY:党小组会（第一党小组）" in feed.replace("\r\n ", "")
    assert meeting_record.facts(PaperSubject(event)).record.body == "第一党小组"


def test_addendum_keeps_what_its_author_was_called(client, filed):
    author = UserFactory(full_name="补充人")
    filing.add_addendum(filed, by=author, text="第二段有误。", form_key=uuid4())
    User.objects.filter(pk=author.pk).update(full_name="改了名的人")
    log_in_as(client, "organisation_member")

    page = text_of(client.get(filed.get_absolute_url()))

    (added,) = meeting_record.facts(PaperSubject(filed)).record.addenda
    assert (added.text, added.by) == ("第二段有误。", "补充人")
    assert "第二段有误。 补充人，" in page


def test_addendum_is_signed_by_the_database_whatever_a_program_says(filed):
    row = Addendum.objects.create(event=filed, text="x", written_by=UserFactory(full_name="补充人"), written_as="别人")

    row.refresh_from_db()
    assert row.written_as == "补充人"


def test_past_event_recorded_and_filed_at_once_keeps_names_too(branch_with_one):
    person, event = branch_with_one
    entry = past.Past(event=event, outcome="看望老党员", rest_came=True)

    filed = past.record_past_event(entry, by=(by := UserFactory(full_name="补录人")), form_key=uuid4())

    assert filed.filed_names == {
        "branch": {str(event.branch_id): event.branch.name},
        "body": {},
        "person": {str(person.pk): "张建国"},
        "user": {str(by.pk): "补录人"},
    }


@pytest.fixture
def branch_with_one(db) -> tuple[Person, LifeEvent]:
    branch, person = a_branch(), member()
    facts = {"kind": "visit", "topic": "走访", "held_on": date(2022, 1, 28), "begins_at": time(9, 0), "place": "社区"}
    return person, LifeEvent(branch=branch, chair=person, recorder=person, **facts)


def file_past_the_service(event: LifeEvent, by: User, names: dict | None) -> None:
    values = {"state": "filed", "filed_by": by, "filed_at": timezone.now(), "sealed_parts": {}, "seal": "x"}
    LifeEvent.objects.filter(pk=event.pk).update(filed_names=names, **values)


def without(names: dict, kind: str) -> dict:
    """The names with one of a kind left out."""
    kept = dict(list(names[kind].items())[1:])
    return names | {kind: kept}


def called_otherwise(names: dict, kind: str) -> dict:
    return names | {kind: dict.fromkeys(names[kind], "别的名字")}


@pytest.mark.parametrize("kind", ["branch", "person", "user"])
@pytest.mark.parametrize("change", [without, called_otherwise])
def test_database_refuses_a_filing_that_leaves_a_name_out_or_changes_one(meeting, kind, change):
    names, by = None, UserFactory()
    with transaction.atomic():
        names = filing.names_now(meeting, by=by)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        file_past_the_service(meeting, by, change(names, kind))

    assert name_of(caught.value) == "partybranch_filed_has_names"
    file_past_the_service(meeting, by, names)
    assert LifeEvent.objects.get(pk=meeting.pk).filed_names == names


def test_database_refuses_a_filing_without_names_with_one_too_many_or_with_names_of_yesterday(meeting, four):
    by = UserFactory()
    names = filing.names_now(meeting, by=by)
    stranger = {str(member(name="生人").pk): "生人"}
    rename(four["罗志强"], "罗志")

    for wrong in (None, {}, names | {"person": names["person"] | stranger}, names):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            file_past_the_service(meeting, by, wrong)
        assert name_of(caught.value) == "partybranch_filed_has_names"
    assert sentence_of("partybranch_filed_has_names") == "归档的记录要保留当时的姓名和名称。请重新归档一次。"
