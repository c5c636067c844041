"""A roll is taken back as a whole: what it recorded is withdrawn, and the corrected table can be loaded."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hebi_charity.audit.books import differences
from hebi_charity.audit.models import Entry
from hebi_charity.imports.exceptions import NotUndoable, UndoRefused
from hebi_charity.imports.models import Import
from hebi_charity.imports.services import undoing
from hebi_charity.imports.services.undoing import undo
from partybranch.models import Circumstance, Membership, Person, StageChange, Term
from tests.accounts.factories import make_person
from tests.partybranch.factories import a_body, a_branch, circumstance, noticed_event
from tests.partybranch.files.rolls import HEADER, card, line, table, taken_in, workbook

pytestmark = pytest.mark.django_db
REASON = "入党时间抄错"


@pytest.fixture
def secretary(db):
    a_body(a_branch("离退休第一党支部"))
    return make_person("branch_secretary")


@pytest.fixture
def imported(secretary):
    """One person with card, group and circumstances."""
    header = [*HEADER[:8], "党小组", "是否离退休", "流动"]
    row = line("申屠建国", "男", "1952.6", "党员", "1985.7.1", "1986.7.1", card())[:8]
    return taken_in(workbook([header, [*row, "第一党小组", "是", "郑州市"]]), by=secretary)


def named() -> list[str]:
    """What the checks of the books name of imports, their numbers, people and log."""
    return [each.sentence for each in differences() if each.check in {"imports", "log", "people", "numbers"}]


def live() -> list[int]:
    return [model.objects.live().count() for model in (Membership, StageChange, Circumstance, Term)]


def test_everything_the_roll_recorded_is_withdrawn_with_the_reason(imported, secretary):
    assert live() == [1, 2, 2, 1]

    done = undo(imported, by=secretary, reason=REASON)

    assert (done.state, done.undone_by, done.undo_reason) == ("undone", secretary, REASON)
    assert live() == [0, 0, 0, 0]
    assert set(StageChange.objects.values_list("withdrawal_reason", flat=True)) == {REASON}
    assert Entry.objects.get(act="import.undone").side == "party"
    assert named() == []


def test_same_person_is_taken_up_again_by_the_corrected_table(imported, secretary):
    undo(imported, by=secretary, reason=REASON)

    taken_in(table(line("申屠建国", "男", "1952.6", "党员", "1985.8.1", "1986.8.1", card())), by=secretary)

    person = Person.objects.get()
    assert list(person.stage_changes.live().values_list("on", flat=True)) == [date(1985, 8, 1), date(1986, 8, 1)]
    assert person.memberships.live().count() == 1
    assert named() == []


@pytest.mark.parametrize("what", ["circumstance", "attendance"])
def test_undo_is_refused_where_something_rests_on_the_people(imported, secretary, what):
    person = Person.objects.get()
    if what == "circumstance":
        circumstance(person, "exempt", reason="行动不便")
    else:
        noticed_event()
    before = live()

    with pytest.raises(UndoRefused, match="已不能整批撤回：申屠建国此后又登记了"):
        undo(imported, by=secretary, reason=REASON)

    assert live() == before
    assert Import.objects.get().state == "done"


def test_only_what_is_done_is_taken_back_once_and_with_a_reason(imported, secretary):
    with pytest.raises(IntegrityError), transaction.atomic():
        undo(imported, by=secretary, reason=" ")
    undoing.undo(imported, by=secretary, reason=REASON)

    with pytest.raises(NotUndoable):
        undo(imported, by=secretary, reason=REASON)
