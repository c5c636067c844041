"""Who is known already is never recorded twice; who may be known is decided one by one."""

from datetime import date

import pytest

from hebi_charity.audit.models import Entry
from hebi_charity.imports.exceptions import RowsUndecided
from hebi_charity.imports.models import Import
from hebi_charity.imports.services import deciding
from partybranch.importing import roll
from partybranch.models import Branch, Membership, Person
from tests.accounts.factories import make_person
from tests.partybranch.factories import a_branch, member
from tests.partybranch.files.rolls import card, checked, finish, line, table, taken_in

pytestmark = pytest.mark.django_db
BORN = date(1952, 6, 1)
CARDED = ["申屠建国", "男", "1952.6", "党员", "1985.7.1", "1986.7.1", card()]


@pytest.fixture
def secretary(db):
    a_branch("离退休第一党支部")
    return make_person("branch_secretary")


def verdicts(imported: Import) -> list[str]:
    return list(imported.rows.order_by("row_no").values_list("verdict", flat=True))


def test_same_card_is_known_and_not_taken_in_again(secretary):
    member(name="申屠建国", identifier=card())

    imported = checked(table(line(*CARDED), line("澹台红", *CARDED[1:6])), by=secretary)
    assert verdicts(imported) == ["known", "new"]
    finish(imported, by=secretary)

    assert sorted(Person.objects.values_list("name", flat=True)) == ["澹台红", "申屠建国"]


def test_same_roll_loaded_again_adds_nobody(secretary):
    content = table(line(*CARDED), line("澹台红", "女", "1960.1", "党员", "1985.7.1", "1986.7.1", card("19600105")))
    taken_in(content, by=secretary)

    again = taken_in(content, by=secretary)

    assert (again.state, again.outcome["rows"], again.report["known"]["count"]) == ("done", 0, 2)
    assert (Person.objects.count(), Membership.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        ({"birth_month": BORN}, "doubtful"),  # same branch too
        ({"birth_month": date(1960, 1, 1)}, "doubtful"),  # same name in the same branch
        ({}, "doubtful"),
        ({"birth_month": BORN, "branch": "第二党支部"}, "doubtful"),
        ({"birth_month": date(1960, 1, 1), "branch": "第二党支部"}, "new"),
        ({"name": "申屠建军", "birth_month": BORN}, "new"),
    ],
)
def test_same_name_with_month_of_birth_or_branch_is_doubtful(secretary, known, verdict):
    facts = {"name": "申屠建国"} | known
    if "branch" in facts:
        facts["branch"] = a_branch(facts["branch"])
    else:
        facts["branch"] = Branch.objects.get()
    member(**facts)

    imported = checked(table(line()), by=secretary, branch=Branch.objects.get(name="离退休第一党支部").pk)

    assert verdicts(imported) == [verdict]


def test_nothing_is_taken_in_before_every_doubtful_row_is_decided(secretary):
    member(name="申屠建国", birth_month=BORN)
    imported = checked(table(line(), line("澹台红", *CARDED[1:6])), by=secretary)

    with pytest.raises(RowsUndecided):
        deciding.take_in(imported, by=secretary)

    imported.refresh_from_db()
    assert (imported.undecided, imported.state) == (1, "checked")
    assert Person.objects.count() == 1


@pytest.mark.parametrize(("decision", "people"), [("same", 1), ("new", 2)])
def test_decision_about_a_doubtful_row_is_followed(secretary, decision, people):
    member(name="申屠建国", birth_month=BORN)
    imported = checked(table(line()), by=secretary)

    imported = finish(deciding.decide(imported, {2: decision}, by=secretary), by=secretary)

    assert Person.objects.filter(name="申屠建国").count() == people
    assert imported.outcome["rows"] == people - 1
    assert Entry.objects.get(act="import.decided").count == 1


def test_decision_may_be_changed_until_it_is_taken_in_and_is_sealed_then(secretary):
    member(name="申屠建国", birth_month=BORN)
    imported = checked(table(line()), by=secretary)
    for decision in ("new", "same"):
        imported = deciding.decide(imported, {2: decision, 99: "new"}, by=secretary)
    assert (imported.decisions, imported.undecided) == ({"2": "same"}, 0)

    imported = finish(imported, by=secretary)

    assert (imported.outcome["rows"], Person.objects.count()) == (0, 1)


def test_namesakes_within_one_table_are_decided_too(secretary):
    imported = checked(table(line(), line()), by=secretary)

    assert verdicts(imported) == ["new", "doubtful"]
    ((words, address),) = roll.doubts(list(imported.rows.doubtful()))[3]
    assert (words, address) == ("同一份表格第 2 行的姓名相同", "")


def test_doubt_says_who_is_known_without_numbers_of_the_person(secretary):
    known = member(name="申屠建国", birth_month=BORN, sex="male", phone="13800001111", identifier=card())
    imported = checked(table(line()), by=secretary)

    ((words, address),) = roll.doubts(list(imported.rows.doubtful()))[2]

    assert words == "申屠建国 · 男 · 1952-06 · 离退休第一党支部 · 正式党员 · 1990-07-01 入党"
    assert address == known.get_absolute_url()


def test_who_was_recorded_between_check_and_merge_is_not_doubled(secretary):
    imported = checked(table(line(*CARDED), line("澹台红", *CARDED[1:6])), by=secretary)
    member(name="申屠建国", identifier=card())
    member(name="澹台红", birth_month=BORN)

    imported = finish(imported, by=secretary)

    assert (imported.outcome["rows"], imported.outcome["known"]) == (0, 2)
    assert Person.objects.count() == 2
