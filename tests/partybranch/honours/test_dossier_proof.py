"""check_books names a dossier that was changed past the guards, however well the change was made."""

import pytest

from hebi_charity.audit.books import differences
from partybranch.models import HonourDossier
from tests.partybranch.honours.factories import a_dossier, a_ranking, an_honour


def found() -> list[str]:
    return [difference.sentence for difference in differences() if difference.check == "honours"]


@pytest.fixture
def dossier(committed_db) -> HonourDossier:
    return a_dossier(an_honour(), evidence=[a_ranking()])


def test_whole_dossier_has_no_difference(dossier):
    assert found() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE partybranch_dossieritem SET facts = '[]'",
        "UPDATE partybranch_dossieritem SET title = 'x'",
        "UPDATE partybranch_honourdossier SET application = 'x'",
        "DELETE FROM partybranch_dossieritem",
    ],
)
def test_change_past_the_guards_is_named(dossier, superuser, change):
    superuser(f"SET session_replication_role = replica; {change}")

    assert found() == [f"荣誉 {dossier.honour_id} 的申报材料与封存时不符。"]


def test_change_with_digests_made_to_fit_is_not_what_the_log_knows(dossier, superuser):
    digest = HonourDossier.digest_of("改过", [item.digest for item in dossier.items.all()])
    superuser(
        "SET session_replication_role = replica; "
        f"UPDATE partybranch_honourdossier SET application = '改过', digest = '{digest}'"
    )

    assert found() == [
        f"荣誉 {dossier.honour_id} 的申报材料与封存时不符。",
        f"操作记录显示荣誉 {dossier.honour_id} 的申报材料已封存，但现在没有。",
    ]
