"""应到 and 实到 are kept with the event by the database: always those of its list, and set by nobody."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hebi_charity.core.registry import PaperSubject
from partybranch.lists.evidence import facts_of
from partybranch.lists.life import attendance_totals, list_of
from partybranch.models import LifeEvent
from partybranch.papers.ledger import facts
from partybranch.turnout_checks import check_turnout
from tests.partybranch.factories import a_branch, an_event, attend, circumstance, member, noticed_event
from tests.partybranch.papers.making import printed
from tests.partybranch.record.factories import write


def counts(event: LifeEvent) -> tuple[int, int, int]:
    return LifeEvent.objects.values_list("expected", "came", "missed").get(pk=event.pk)


@pytest.fixture
def people(db):
    """Of two of six nothing is required."""
    a_branch()
    found = [member(name=f"党员{number}") for number in range(6)]
    for someone in found[4:]:
        circumstance(someone, "exempt", reason="卧床")
    return found


@pytest.fixture
def event(people):
    return noticed_event(held_on=date(2024, 3, 20))


def test_counts_follow_the_list_from_the_notice_on(people, event):
    assert counts(an_event()) == (0, 0, 0)
    assert counts(event) == (4, 0, 0)
    for someone, status, after in (
        (people[0], "present", (4, 1, 0)),
        (people[1], "online", (4, 2, 0)),
        (people[2], "leave", (4, 2, 1)),
        (people[3], "absent", (4, 2, 2)),
        (people[4], "present", (5, 3, 2)),
        (people[4], "exempt", (4, 2, 2)),
        (people[0], "expected", (4, 1, 2)),
    ):
        attend(event, someone, status, "住院")
        assert counts(event) == after
    assert list(check_turnout()) == []


def test_nobody_sets_them_by_hand(people, event):
    attend(event, people[0])

    with pytest.raises(IntegrityError, match="update refused"), transaction.atomic():
        LifeEvent.objects.filter(pk=event.pk).update(came=40)
    LifeEvent.objects.filter(pk=event.pk).update(expected=40, came=40, missed=0, place="会议室")
    stale = LifeEvent.objects.get(pk=event.pk)
    stale.came, stale.place = 17, "操场"
    stale.save()

    assert counts(event) == (4, 1, 0)
    other = an_event(came=9)
    assert counts(other) == (0, 0, 0)


def test_check_of_the_books_names_an_event_whose_counts_were_changed_past_the_guards(committed_db, superuser):
    a_branch()
    member()
    event, _other = noticed_event(held_on=date(2024, 3, 20)), noticed_event(held_on=date(2024, 4, 20))
    superuser(
        f"SET session_replication_role = replica; UPDATE partybranch_lifeevent SET came = 1 WHERE id = {event.pk}"
    )

    (found,) = check_turnout()

    assert (found.record, found.sentence) == (str(event.pk), f"组织生活 {event.pk} 的应到、实到与名单不符。")


def test_every_page_and_paper_says_the_same(people, event):
    """One came of whom nothing is required, another did not."""
    for someone, status in zip(people[:5], ("present", "online", "leave", "absent", "present"), strict=True):
        attend(event, someone, status, "住院")
    write(event)
    event.refresh_from_db()

    assert attendance_totals(event, list_of(event))[:2] == [("应到", "5"), ("实到", "3")]
    assert facts_of(event)[-2:] == [["应到", "5"], ["实到", "3"]]
    record = printed("partybranch.meeting_record", event).facts["record"]
    assert (record["expected"], record["came"], len(record["present"] + record["online"])) == (5, 3, 3)
    total = facts(PaperSubject(event.branch, "2024")).total
    assert (total.expected, total.came) == (5, 3)
