"""The demonstration prints a record and a book, asked for once."""

from datetime import date

import pytest

from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import run_job
from hebi_charity.reports.models import Paper
from partybranch.demo import papers as demo
from partybranch.services.filing import file_event
from tests.donations.factories import UserFactory
from tests.donations.staff import person
from tests.partybranch.record.factories import ready_event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def test_last_filed_event_and_its_year_are_printed_once():
    people = {"organizer": person("organisation_member")}
    demo.show(people, TODAY)
    assert not Job.objects.exists()
    file_event(ready_event(topic="参观", held_on=date(2022, 10, 16)), by=UserFactory())

    demo.show(people, TODAY)
    demo.show(people, TODAY)
    for job in Job.objects.all():
        run_job(job.pk)

    assert set(Paper.objects.values_list("kind", "subject_key")) == {
        ("partybranch.meeting_record", ""),
        ("partybranch.ledger", "2022"),
    }
    assert Job.objects.count() == 2
