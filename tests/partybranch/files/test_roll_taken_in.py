"""A roll from a spreadsheet becomes people with stay, stages and circumstances."""

from datetime import date, datetime

import pytest

from hebi_charity.audit.models import Entry
from hebi_charity.imports.models import StagedRow
from partybranch.models import LoadedRow, Membership, Person, StageChange
from tests.accounts.factories import make_person
from tests.partybranch.factories import a_body, a_branch
from tests.partybranch.files.rolls import HEADER, card, line, table, taken_in, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(db):
    a_branch("离退休第一党支部")
    return make_person("branch_secretary")


def stages_of(person: Person) -> list[tuple[str, date]]:
    return list(person.stage_changes.live().order_by("on", "pk").values_list("stage", "on"))


def test_line_of_a_roll_becomes_a_person_with_stay_and_stages(secretary):
    number = card("19520615")

    imported = taken_in(
        table(
            line("申屠建国", "男", "1952.6", "正式党员", "1985.7.1", "1986年7月1日", number, "13800001111", "老党员")
        ),
        by=secretary,
    )

    person = Person.objects.get()
    assert (person.name, person.sex, person.birth_month) == ("申屠建国", "male", date(1952, 6, 1))
    assert (person.identifier, person.phone, person.note) == (number, "13800001111", "老党员")
    assert stages_of(person) == [("probationary", date(1985, 7, 1)), ("full", date(1986, 7, 1))]
    stay = Membership.objects.get()
    assert (stay.branch.name, stay.starts_on, stay.arrival) == ("离退休第一党支部", date(2010, 1, 1), "founded")
    assert stay.recorded_by == secretary
    assert (imported.state, imported.outcome["rows"], imported.confirmed_by) == ("done", 1, secretary)
    assert LoadedRow.objects.get().person == person
    assert not StagedRow.objects.exists()


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1985.7.1", date(1985, 7, 1)),
        ("1985-07-01", date(1985, 7, 1)),
        ("1985/7/1", date(1985, 7, 1)),
        ("1985年7月1日", date(1985, 7, 1)),
        ("１９８５．７．１", date(1985, 7, 1)),
        ("19850701", date(1985, 7, 1)),
        (19850701, date(1985, 7, 1)),
        (31229, date(1985, 7, 1)),
        (datetime(1985, 7, 1), date(1985, 7, 1)),
        ("1985.7", date(1985, 7, 1)),
        ("1985年7月", date(1985, 7, 1)),
        ("1985-07", date(1985, 7, 1)),
        (1985.07, date(1985, 7, 1)),
        (1985.12, date(1985, 12, 1)),
        ("198507", date(1985, 7, 1)),
    ],
)
def test_days_are_read_in_every_form_offices_write(secretary, cell, day):
    taken_in(table(line("申屠建国", "男", "1952.6", "正式党员", cell, "1986-12-31")), by=secretary)

    assert StageChange.objects.get(stage="probationary").on == day


def test_month_without_day_is_its_first_day_and_the_record_says_so(secretary):
    taken_in(table(line("申屠建国", "男", "1952.6", "正式党员", "1985.7", "1986-07-05")), by=secretary)

    assert StageChange.objects.get(stage="probationary").basis == "名册只载明年月（1985-07）"
    assert StageChange.objects.get(stage="full").basis == ""


@pytest.mark.parametrize(
    ("word", "stage"),
    [("正式党员", "full"), ("党员", "full"), ("中共党员", "full"), (" 正 式 党 员 ", "full"), (None, "full")],
)
def test_words_for_a_full_member_are_understood(secretary, word, stage):
    taken_in(table(line("申屠建国", "男", "1952.6", word, "1985.7.1", "1986.7.1")), by=secretary)

    assert StageChange.objects.order_by("-on")[0].stage == stage


@pytest.mark.parametrize("word", ["预备党员", "预备", "中共预备党员"])
def test_words_for_a_probationary_member_are_understood(secretary, word):
    taken_in(table(line("申屠建国", "男", "1952.6", word, "2026.7.1", None)), by=secretary)

    assert StageChange.objects.get().stage == "probationary"


def test_member_admitted_without_probation_has_one_day(secretary):
    taken_in(table(line("申屠建国", "男", "1950.6", "党员", "1972.7.1", None)), by=secretary)

    assert stages_of(Person.objects.get()) == [("full", date(1972, 7, 1))]


def test_staff_who_study_have_no_stage(secretary):
    taken_in(table(line("李学工", "女", "1990.1", "群众")), by=secretary)

    stay = Membership.objects.get()
    assert (stay.capacity, stay.arrival, StageChange.objects.count()) == ("study", "study", 0)


def test_two_lines_of_merged_headings_circumstances_and_group_are_read(secretary):
    group = a_body(Membership._meta.get_field("branch").related_model.objects.get())
    head = [
        "姓名",
        "基本情况",
        None,
        "党内情况",
        None,
        None,
        "所在党小组",
        "流动/不作硬性要求/失联",
        "是否离退休",
        "职务",
    ]
    below = [None, "性别", "出生年月日", "党员类别", "入党时间（年月日）", "转正时间", None, None, None, None]
    row = ["申屠建国", "男", "1952-06-15", "正式党员", "1985-07-01", "1986-07-01"]
    row += ["第一党小组", "年老体弱，不作硬性要求", "是", "原粮食局局长"]

    taken_in(workbook([["党员名册"], head, below, row], merge=("B2:C2", "D2:F2")), by=secretary)

    person = Person.objects.get()
    assert (person.sex, person.birth_month, person.post) == ("male", date(1952, 6, 1), "原粮食局局长")
    assert person.terms.get().body == group
    held = dict(person.circumstances.values_list("kind", "reason"))
    assert held == {"exempt": "年老体弱，不作硬性要求", "retired": "名册载明"}


def test_day_of_the_transfer_in_and_where_from_make_the_stay(secretary):
    header = [*HEADER[1:7], "转入日期", "转入前党支部"]
    row = ["申屠建国", "男", "1952.6", "党员", "1985.7.1", "1986.7.1", "2015年3月", "粮食局党支部"]

    taken_in(workbook([header, row]), by=secretary)

    stay = Membership.objects.get()
    assert (stay.starts_on, stay.arrival, stay.came_from) == (date(2015, 3, 1), "transfer", "粮食局党支部")


def test_everything_is_logged_on_the_side_of_the_branch(secretary):
    imported = taken_in(table(line()), by=secretary)

    acts = list(Entry.objects.filter(object_type="imports.import").order_by("pk").values_list("act", "side"))
    assert acts == [(f"import.{act}", "party") for act in ("uploaded", "planned", "submitted", "confirmed", "merged")]
    recorded = Entry.objects.get(act="party.person_recorded")
    assert (recorded.import_ref, recorded.import_row, recorded.side) == (imported.pk, 2, "party")
    assert imported.import_no == "演党导2026-000001"
