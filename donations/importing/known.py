"""What the books hold already of a file's rows, in SQL over the staging table."""

# Order numbers by channel; rows without one by content and occurrence, whether they became orders or gifts.
KNOWN = """
SELECT s.row_no, o.amount FROM imports_stagedrow s
JOIN donations_platformorder o
    ON o.channel = %(channel)s AND o.order_no = s.order_no AND o.reversal_id IS NULL AND o.order_no IS NOT NULL
WHERE s.import_id = %(import)s AND s.verdict = 'new' AND s.order_no <> ''
UNION ALL
SELECT s.row_no, s.amount FROM imports_stagedrow s
JOIN donations_platformorder o
    ON o.content_key = s.content_key AND o.occurrence = s.occurrence
    AND o.reversal_id IS NULL AND o.content_key IS NOT NULL
WHERE s.import_id = %(import)s AND s.verdict = 'new' AND s.content_key IS NOT NULL
UNION ALL
SELECT s.row_no, s.amount FROM imports_stagedrow s
JOIN donations_donation d
    ON d.content_key = s.content_key AND d.occurrence = s.occurrence
    AND d.reversal_id IS NULL AND d.content_key IS NOT NULL AND d.state <> 'voided'
WHERE s.import_id = %(import)s AND s.verdict = 'new' AND s.content_key IS NOT NULL
"""

# Equal rows count as often as they stand on both sides. A number under another channel is the same trap.
ELSEWHERE = """
WITH mine AS (
    SELECT loose_key, received_on, count(*) AS times FROM imports_stagedrow
    WHERE import_id = %(import)s AND verdict = 'new' AND loose_key IS NOT NULL GROUP BY 1, 2
), found AS (
    SELECT mine.loose_key, mine.received_on, mine.times, coalesce(d.received_on, d.donated_on) AS day, d.channel
    FROM mine JOIN donations_donation d ON d.loose_key = mine.loose_key
    WHERE d.reversal_id IS NULL AND d.loose_key IS NOT NULL AND d.state <> 'voided'
    UNION ALL
    SELECT mine.loose_key, mine.received_on, mine.times, coalesce(d.received_on, d.donated_on), o.channel
    FROM mine JOIN donations_platformorder o ON o.loose_key = mine.loose_key
    JOIN donations_donation d ON d.id = o.donation_id
    WHERE o.reversal_id IS NULL AND o.loose_key IS NOT NULL
), numbered AS (
    SELECT d.donated_on AS day, count(*) AS rows FROM imports_stagedrow s
    JOIN donations_platformorder o
        ON o.order_no = s.order_no AND o.channel <> %(channel)s AND o.reversal_id IS NULL AND o.order_no IS NOT NULL
    JOIN donations_donation d ON d.id = o.donation_id
    WHERE s.import_id = %(import)s AND s.verdict = 'new' AND s.order_no <> '' GROUP BY 1
), other AS (
    SELECT loose_key, received_on, times, day, count(*) AS held FROM found
    WHERE day <> received_on OR channel <> %(channel)s GROUP BY 1, 2, 3, 4
), by_day AS (
    SELECT day, sum(least(times, held)) AS rows FROM other GROUP BY 1
    UNION ALL
    SELECT day, rows FROM numbered
)
SELECT (
    SELECT coalesce(sum(least(times, held)), 0) FROM (
        SELECT times, sum(held) AS held FROM other GROUP BY loose_key, received_on, times
    ) AS each
) + (SELECT coalesce(sum(rows), 0) FROM numbered),
    (SELECT day FROM by_day GROUP BY day ORDER BY sum(rows) DESC, day LIMIT 1)
"""
