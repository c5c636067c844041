"""Four eyes in the books: who made a document and who decided on it are two people, whichever accounts they used."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from hebi_charity.core.registry import Difference

_ONE_PERSON = """
SELECT DISTINCT d.record FROM ({made}) AS d (record, maker, checker)
JOIN accounts_user maker ON maker.id = d.maker JOIN accounts_user checker ON checker.id = d.checker
WHERE COALESCE(maker.main_account_id, maker.id) = COALESCE(checker.main_account_id, checker.id) ORDER BY 1
"""


def one_person(made: str) -> Iterator[Difference]:
    """Documents that one person made and decided; `made` is a query for (what it is called, maker, checker)."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_PERSON.format(made=made))
        found = cursor.fetchall()
    for (record,) in found:
        sentence = _("One person, perhaps by two accounts, both made and decided %(record)s: that takes two people.")
        yield Difference("people", record, sentence % {"record": record})
