"""Of every table of the Party branch at least one row, so that a leak of any of them would be seen."""

from __future__ import annotations

from uuid import uuid4

from hebi_charity.imports.models import Import
from partybranch.models import LoadedRow, Person
from partybranch.services.filing import add_addendum
from tests.donations.factories import UserFactory
from tests.partybranch.exams.factories import a_written_exam
from tests.partybranch.factories import attend, noticed_event, standing, term
from tests.partybranch.honours.factories import a_press_report, leader_words, some_thanks
from tests.partybranch.record.factories import filed_event
from tests.partybranch.votes.factories import a_vote


def plant_the_rest(person: Person, roll: Import) -> None:
    """What no address needs a record of: words beside what is filed, candidates, sheets, registers, loaded rows."""
    term(person)
    standing(person, reason="市委老干部局认定党龄")
    filed = filed_event(topic="传达学习上级文件精神", kind="study")
    add_addendum(filed, by=UserFactory(), text="补记：另有两名同志请假", form_key=uuid4())
    meeting = noticed_event(kind="general", topic="补选支部委员")
    voter = meeting.attendance.first().person
    attend(meeting, voter)
    a_vote(meeting, [(voter, 1, 0, 0)], kind="election")
    a_written_exam()
    a_press_report()
    leader_words()
    some_thanks()
    stay = person.memberships.first()
    LoadedRow.objects.create(source_import=roll, row_no=2, person=person, membership=stay, made={})
