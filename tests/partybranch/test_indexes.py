"""Lists of a large branch are read by their index. The statistics are those of the rows planted here: only who owns a
table may ask for them, so the rows are committed."""

from datetime import date

from django.db import connection

from partybranch.models import LifeEvent, Membership
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_branch, attend, member, noticed_event


def test_roll_of_one_branch_among_many_is_read_by_its_index(committed_db, superuser):
    someone, wanted = UserFactory(), a_branch()
    others = [a_branch() for _ in range(20)]
    template = member(branch=others[0])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO partybranch_person (name, name_key, sort_key, initials, sex, post, phone, phone_tail,"
            " identifier, identifier_hash, note, created_at)"
            " SELECT 'x' || n, 'x', 'x', 'x', '', '', '', '', '', '', '', now() FROM generate_series(1, 4000) n"
        )
        cursor.execute(
            "INSERT INTO partybranch_membership (person_id, branch_id, capacity, arrival, came_from, letter_no,"
            " departure, went_to, starts_on, recorded_by_id, recorded_at, withdrawal_reason)"
            " SELECT p.id, %s + p.id %% 20, 'party', 'founded', '', '', '', '', '2012-01-01', %s, now(), ''"
            " FROM partybranch_person p WHERE p.id <> %s",
            [others[0].pk, someone.pk, template.pk],
        )
    superuser("ANALYZE")

    plan = Membership.objects.roll(date(2020, 1, 1)).filter(branch=wanted).explain()

    assert "membership_roll" in plan


def test_page_of_the_list_is_read_in_the_order_of_its_index_and_counts_its_own_rows(committed_db, superuser):
    someone, branch = UserFactory(), a_branch()
    member()
    attend(noticed_event(topic="最近一次", held_on=date(2025, 6, 1)), branch.memberships.get().person)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO partybranch_lifeevent (branch_id, kind, topic, agenda, held_on, place, lecturer_kind,"
            " lecturer, with_others, state, recorded_by_id, recorded_at, cancelled_reason, is_back_entry, seal)"
            " SELECT %s, 'study', 'x' || n, '', date '2014-01-01' + n, '', '', '', false, 'draft', %s, now(), '',"
            " false, '' FROM generate_series(1, 3000) n",
            [branch.pk, someone.pk],
        )
    superuser("ANALYZE")
    rows = LifeEvent.objects.select_related("branch", "body").order_by("-held_on", "-pk")

    assert "life_event_by_day" in rows[:51].explain()
    assert [(event.topic, event.expected, event.came) for event in rows[:1]] == [("最近一次", 1, 1)]
