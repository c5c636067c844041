"""To which record a file belongs: a use that was changed, put there or taken away past the application is named."""

from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps

from hebi_charity.audit.books import differences
from hebi_charity.files import services
from hebi_charity.files.models import Use
from tests.donations.factories import UserFactory, registered_gift, set_up_office


def found() -> list[str]:
    return [difference.sentence for difference in differences() if difference.check == "files"]


@pytest.fixture
def use(committed_db) -> Use:
    """A paper of a gift."""
    set_up_office()
    paper = BytesIO(b"%PDF-1.7 a paper")
    paper.name = "a.pdf"
    services.add_papers(registered_gift(), [paper], by=UserFactory())
    assert found() == []
    return Use.objects.get()


def sentence(use: Use, number: int) -> str:
    return f"文件使用记录 {number}（SHA-256 {use.attachment.sha256[:16]}）与登记时不符：被改动，或是添入的。"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE files_use SET purpose = 'x'",
        "UPDATE files_use SET used_by_id = NULL",
        "UPDATE files_attachment SET sha256 = repeat('0', 64)",
    ],
)
def test_use_changed_is_named(use, superuser, change):
    superuser(f"SET session_replication_role = replica; {change}")
    use.attachment.refresh_from_db()

    assert found() == [sentence(use, use.pk)]


def test_use_moved_to_another_record_is_named_and_the_record_that_lost_it(use, superuser):
    superuser("SET session_replication_role = replica; UPDATE files_use SET owner_id = owner_id + 1")

    lost = f"捐赠 {use.owner_id} 的文件比操作记录里附上的少。"
    assert found() == [sentence(use, use.pk), lost]


def test_use_put_there_is_named(use, superuser):
    superuser(
        "SET session_replication_role = replica; INSERT INTO files_use (attachment_id, owner_type, owner_id, purpose,"
        " seal) SELECT attachment_id, 'donations.donation', owner_id + 1, purpose, seal FROM files_use"
    )

    assert found() == [sentence(use, Use.objects.latest("pk").pk)]


def test_seal_that_is_no_seal_is_a_difference(use, superuser):
    superuser(
        "SET session_replication_role = replica; INSERT INTO files_use (attachment_id, owner_type, owner_id, purpose,"
        " seal) SELECT attachment_id, owner_type, owner_id, 'x', '改' FROM files_use"
    )

    assert found() == [sentence(use, Use.objects.latest("pk").pk)]


def test_use_taken_away_is_known_to_the_log(use, superuser):
    superuser("SET session_replication_role = replica; DELETE FROM files_use")

    assert found() == [f"捐赠 {use.owner_id} 的文件比操作记录里附上的少。"]


def test_uses_of_before_are_sealed_by_the_migration(use, superuser):
    superuser(
        "ALTER TABLE files_use DISABLE TRIGGER USER; UPDATE files_use SET seal = '';"
        " GRANT UPDATE ON files_use TO PUBLIC"
    )
    assert found() == [sentence(use, use.pk)]

    import_module("hebi_charity.files.migrations.0006_seal_uses").seal_uses(apps, None)

    assert found() == []
