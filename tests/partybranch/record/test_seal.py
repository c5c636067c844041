"""check_books names what was changed past the guards of a filed event, part by part."""

import json
from uuid import uuid4

import pytest

from hebi_charity.audit.books import differences
from partybranch.models import Addendum, LifeEvent
from partybranch.services import filing, sealing
from partybranch.services.people import change_person
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.record.factories import an_attachment, filed_event

CHANGES = {
    "活动基本情况": "UPDATE partybranch_lifeevent SET place = '别处' WHERE id = {event}",
    "应到名单和到会情况": "UPDATE partybranch_attendance SET status = 'absent' WHERE event_id = {event}",
    "会议记录": "UPDATE partybranch_minutes SET text = '改过' WHERE event_id = {event}",
    "归档时的姓名和名称": (
        """UPDATE partybranch_lifeevent SET filed_names = replace(filed_names::text, '张建国', '张建业')::jsonb"""
        " WHERE id = {event}"
    ),
    "照片": (
        "INSERT INTO partybranch_lifepicture (event_id, kind, given_id, attachment_id, turns, caption, added_by_id,"
        " added_at) SELECT {event}, 'photo', a.id, a.id, 0, '', {user}, now() FROM files_attachment a LIMIT 1"
    ),
}


def found() -> list[str]:
    return [difference.sentence for difference in differences() if difference.check == "life"]


@pytest.fixture
def event(committed_db) -> LifeEvent:
    an_attachment()
    row = filed_event()
    filing.add_addendum(row, by=UserFactory(), text="补充一点", form_key=uuid4())
    assert found() == []
    return row


@pytest.mark.parametrize("part", CHANGES)
def test_changed_part_is_named(event, superuser, part):
    statement = CHANGES[part].format(event=event.pk, user=event.filed_by_id)
    superuser(f"SET session_replication_role = replica; {statement}")

    assert found() == [f"组织生活 {event.pk} 归档后被改动：{part}。"]


def test_digest_made_to_fit_breaks_the_seal(event, superuser):
    superuser(
        "SET session_replication_role = replica; UPDATE partybranch_lifeevent"
        """ SET sealed_parts = jsonb_set(sealed_parts, '{facts}', '"x"')"""
    )

    assert found() == [
        f"组织生活 {event.pk} 归档后被改动：封印不符。",
        f"组织生活 {event.pk} 归档后被改动：活动基本情况。",
    ]


@pytest.mark.parametrize("name", ["别人", ""])
def test_author_of_an_addendum_called_otherwise_is_named(event, superuser, name):
    superuser(f"SET session_replication_role = replica; UPDATE partybranch_addendum SET written_as = '{name}'")
    assert found() == [f"组织生活 {event.pk} 的补充说明与当时写下的不符。"]


def test_addendum_written_before_names_were_kept_holds_its_seal(committed_db, superuser):
    row = filed_event()
    superuser("DROP TRIGGER partybranch_addendum_written_as ON partybranch_addendum")
    filing.add_addendum(row, by=UserFactory(full_name="补充人"), text="补充一点", form_key=uuid4())

    assert found() == []
    assert (Addendum.objects.get().written_as, Addendum.objects.get().author()) == ("", "补充人")


def test_event_opened_again_or_addendum_changed_is_named(event, superuser):
    superuser("SET session_replication_role = replica; UPDATE partybranch_addendum SET text = '改过'")
    assert found() == [f"组织生活 {event.pk} 的补充说明与当时写下的不符。"]
    superuser("SET session_replication_role = replica; DELETE FROM partybranch_addendum")
    assert found() == [f"组织生活 {event.pk} 的补充说明与当时写下的不符。"]
    superuser(
        "SET session_replication_role = replica; UPDATE partybranch_lifeevent SET state = 'noticed',"
        " filed_by_id = NULL, filed_at = NULL, filed_names = NULL, sealed_parts = NULL, seal = ''"
    )
    assert found()[0] == f"操作记录里有组织生活 {event.pk} 的“归档”，该记录却不是已归档状态，或者已经不在。"


def test_event_filed_before_names_were_kept_holds_its_seal_and_is_told_with_those_of_today(client, event, superuser):
    parts = {name: digest for name, digest in event.sealed_parts.items() if name != "names"}
    superuser(
        "SET session_replication_role = replica; UPDATE partybranch_lifeevent SET filed_names = NULL,"
        f" sealed_parts = '{json.dumps(parts)}', seal = '{sealing.seal_of(event.pk, parts)}'"
    )
    change_person(event.attendance.get().person, by=UserFactory(), reason="改名", name="张建业")
    log_in_as(client, "organisation_member")

    page = client.get(event.get_absolute_url()).content.decode()

    assert found() == []
    assert "<dt>主持人</dt><dd>张建业</dd>" in page
    assert "张建业</a></th>" in page


def test_names_taken_away_are_named(event, superuser):
    superuser("SET session_replication_role = replica; UPDATE partybranch_lifeevent SET filed_names = NULL")
    assert found() == [f"组织生活 {event.pk} 归档后被改动：归档时的姓名和名称。"]
