"""What the books hold of each import, counted document by document and order by order."""

from __future__ import annotations

from django.db import connection

from hebi_charity.imports.targets import Merged

# A pool that still takes orders counts while its import is being merged, and never afterwards.
_HELD = """
SELECT i.id, count(*), coalesce(sum(CASE WHEN d.shape = 'pool' THEN o.orders ELSE 1 END), 0)::bigint,
    coalesce(sum(CASE WHEN d.shape = 'pool' THEN o.yuan ELSE d.amount END), 0)
FROM donations_donation d
JOIN imports_import i ON i.id = d.import_id
LEFT JOIN (
    SELECT donation_id, count(*) AS orders, sum(amount) AS yuan FROM donations_platformorder GROUP BY donation_id
) AS o ON o.donation_id = d.id
WHERE d.state = 'reviewed' OR d.state = 'merging' AND i.state <> 'done'
GROUP BY i.id
"""


def held() -> dict[int, Merged]:
    """Documents, rows and yuan in the books, by the import they came from."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD)
        return {pk: Merged(documents, rows, amount) for pk, documents, rows, amount in cursor.fetchall()}
