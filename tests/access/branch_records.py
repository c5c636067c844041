"""Of every table of the Party branch at least one row, and the words of all of them, so that a leak would be seen.

The words are not listed: every text in every table of the branch is one, its files' names and its work's titles too,
so that a new table is held to this from its first day.
"""

from __future__ import annotations

from uuid import uuid4

from django.apps import apps
from django.db import models

from hebi_charity.audit.models import Entry
from hebi_charity.files.models import Use
from hebi_charity.imports.models import Import
from hebi_charity.jobs.models import Job
from partybranch.models import LoadedRow, Person
from partybranch.services.filing import add_addendum
from tests.donations.factories import UserFactory
from tests.partybranch.exams.factories import a_written_exam
from tests.partybranch.factories import attend, noticed_event, standing, term
from tests.partybranch.honours.factories import a_press_report, leader_words, some_thanks
from tests.partybranch.record.factories import filed_event
from tests.partybranch.votes.factories import a_vote

PARTY = {"branch_secretary", "organisation_member"}
SHORTEST = 3  # letters: two may be anybody's surname and a common word
# Shipped with the product and the same everywhere: rules and their sources say nothing about anybody.
SHIPPED = {"VoteRule", "Requirement", "HourRule", "HourTarget"}
# The calendar's secret address is its own key: whoever the secretary gave it to reads kinds, times and places there.
# That it ends with the role, and names nobody, is asked in tests/partybranch/glance/test_calendar.py.
BY_SECRET = {"partybranch:feed"}
# Names as they were, which stand in other tables too: of accounts, seen by who looks after them; of the federation,
# seen by everybody; of branches and people, which are planted by their own rows.
OF_OTHERS = {"written_as", "awarded_as"}


def planted() -> set[str]:
    """Every text of the branch's rows as the application would print it."""
    words = set()
    for model in apps.get_app_config("partybranch").get_models():
        if model.__name__ in SHIPPED:
            continue
        texts = [
            column.attname
            for column in model._meta.concrete_fields
            if isinstance(column, (models.CharField, models.TextField))
            and not column.choices
            and column.attname not in OF_OTHERS
        ]
        for row in model._default_manager.all():
            words |= {str(getattr(row, name)).strip() for name in texts}
    uses = Use.objects.filter(owner_type__startswith="partybranch.").select_related("attachment")
    words |= {use.attachment.name for use in uses}
    words |= {job.title for job in Job.objects.all() if job.kind.startswith("partybranch")}
    others = "\n".join(Entry.objects.exclude(side="party").values_list("reason", flat=True))
    return {word for word in words if len(word) >= SHORTEST and not word.isascii() and word not in others}


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
