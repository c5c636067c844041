"""What the constraints of loaded rows hold, each broken once past the services, with its sentence."""

from __future__ import annotations

from partybranch.models import LoadedRow
from tests.access.records import make_roll
from tests.donations.factories import UserFactory
from tests.partybranch.exams.factories import a_question
from tests.partybranch.factories import member

EITHER = "表格的一行成为一个人或一道题。"


def loaded(times: int = 1, **facts: object) -> None:
    roll, person = make_roll(UserFactory()), member()
    values = {"person": person, "membership": person.memberships.get()} | facts
    for _time in range(times):
        LoadedRow.objects.create(source_import=roll, row_no=2, **values)


CASES = {
    "loaded_row_once": (lambda: loaded(times=2), "表格的这一行已经登记过。"),
    "loaded_row_person_or_question": (lambda: loaded(membership=None), EITHER),
    "loaded_row_person_or_question: both": (lambda: loaded(question=a_question()), EITHER),
    "loaded_row_person_or_question: neither": (lambda: loaded(person=None, membership=None), EITHER),
}
