"""What the log keeps of an act."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from hebi_charity.accounts.models import User
from hebi_charity.audit import services
from hebi_charity.audit.models import Entry
from hebi_charity.audit.values import Personal
from tests.audit.factories import make_person

pytestmark = pytest.mark.django_db


def test_record_keeps_only_fields_that_differ():
    clerk = make_person("clerk")

    entry = services.record(
        clerk,
        "donation.corrected",
        clerk,
        changes={"amount": (Decimal("100.00"), Decimal("120.00")), "day": (date(2026, 3, 1), date(2026, 3, 1))},
        reason="typed wrongly",
    )

    entry = Entry.objects.get(pk=entry.pk)
    assert entry.changes == {"amount": ["100.00", "120.00"]}
    assert (entry.actor, entry.act, entry.object_type, entry.object_id) == (
        clerk,
        "donation.corrected",
        "accounts.user",
        clerk.pk,
    )
    assert entry.reason == "typed wrongly"


def test_record_masks_personal_fields_and_keeps_their_hash(monkeypatch):
    clerk = make_person("clerk")
    monkeypatch.setattr(User, "PERSONAL_FIELDS", {"phone": lambda text: text[:3] + "****"}, raising=False)

    entry = services.record(clerk, "x.changed", clerk, changes={"phone": ("13800000001", "13900000002")})

    old, new = Entry.objects.get(pk=entry.pk).changes["phone"]
    assert (old["masked"], new["masked"]) == ("138****", "139****")
    assert old["hash"] == Personal.of("phone", "13800000001", None).hash
    assert old["hash"] != new["hash"]
    assert "13800000001" not in str(entry.changes)


def test_record_takes_time_and_day_from_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT now(), (now() AT TIME ZONE 'Asia/Shanghai')::date")
        now, day = cursor.fetchone()

    entry = services.record(None, "system.started", None)

    assert entry.on == day
    assert 0 <= (entry.at - now).total_seconds() < 60
    assert (entry.object_type, entry.object_id, entry.actor) == ("", None, None)


def test_record_of_a_kind_of_row_names_no_row():
    entry = services.record(None, "x.listed", User)

    assert (entry.object_type, entry.object_id) == ("accounts.user", None)


def test_record_bulk_is_one_entry_with_count_and_sums():
    clerk = make_person("clerk")

    services.record_bulk(
        clerk,
        "import.merged",
        clerk,
        count=49691,
        sums={"CNY": Decimal("4761028.68")},
        digest="a" * 64,
        file_sha256="b" * 64,
    )

    entry = Entry.objects.get()
    assert (entry.count, entry.sums, entry.digest, entry.file_sha256) == (
        49691,
        {"CNY": "4761028.68"},
        "a" * 64,
        "b" * 64,
    )


def test_record_view_needs_a_reason():
    clerk = make_person("clerk")

    with pytest.raises(services.ReasonMissing):
        services.record_view(clerk, clerk, reason="  ")

    assert not Entry.objects.exists()


def test_record_view_is_found_among_reveals():
    clerk = make_person("clerk")
    services.record(clerk, "x.done", clerk)

    entry = services.record_view(clerk, clerk, reason="donor asks by telephone")

    assert list(Entry.objects.reveals()) == [entry]


def test_log_takes_part_in_the_callers_transaction():
    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():
        services.record(None, "x.done", None)
        raise Undone

    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET act = 'other'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
def test_entry_cannot_be_changed_by_the_application(statement):
    services.record(None, "x.done", None)

    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        cursor.execute(statement)

    assert Entry.objects.get().act == "x.done"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"side": "other"}, "entry_side_known"),
        ({"object_id": 1}, "entry_object_has_type"),
        ({"act": Entry.VIEWED}, "entry_view_has_reason"),
        ({"import_row": 3}, "entry_import_row_has_import"),
    ],
)
def test_constraint_refuses(fields, constraint):
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        Entry.objects.create(**{"act": "x.done"} | fields)

    assert refused.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize(
    ("permission", "seen"),
    [
        ("audit.view_entry", {"charity", "account"}),
        ("audit.view_account_entries", {"account"}),
        ("audit.view_party_entries", {"party"}),
        (None, set()),
    ],
)
def test_visible_to_shows_each_role_its_side(permission, seen):
    reader = make_person("reader", *([permission] if permission else []))
    services.record(None, "charity", None)
    services.record(None, "account", reader)
    services.record(None, "party", None, side="party")

    assert set(Entry.objects.visible_to(reader).values_list("act", flat=True)) == seen
