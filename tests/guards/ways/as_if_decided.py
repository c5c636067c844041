"""Rows inserted as if somebody had decided on them already."""

from tests.guards.ways.copying import copy_of, last_withdrawn

HONOURS = ("honour", "honourdossier", "honourcitation", "ranking", "pressreport", "leaderword", "thanks")
NEW_GIFT = {"id": "900001", "donation_no": '"新捐1"', "query_code": '"ZZZZZ1"'}
AS_IF_DECIDED = {
    "inserted as reviewed by its own maker": (
        copy_of("donations_donation", "id = {reviewed}", **NEW_GIFT, reviewed_by_id="{maker}", content_key="null"),
    ),
    "inserted as reviewed": (
        copy_of("donations_donation", "id = {reviewed}", **NEW_GIFT),
        "SET CONSTRAINTS ALL IMMEDIATE",
    ),
    "inserted as reviewed, with its part": (
        copy_of("donations_donation", "id = {reviewed}", **NEW_GIFT),
        "INSERT INTO donations_fundallocation (donation_id, fund_id, amount) VALUES (900001, {fund}, 100)",
    ),
    "inserted as voided": (copy_of("donations_donation", "state = 'voided'", **NEW_GIFT),),
    "reversal inserted as approved": (
        copy_of("donations_reversal", "id = {approved}", id="900001", reversal_no='"冲1"', donation_id="{reviewed}"),
    ),
    "import inserted as merged": (
        copy_of(
            "imports_import",
            "id = (SELECT min(id) FROM imports_import WHERE state = 'done')",
            id="900001",
            import_no='"新导1"',
        ),
    ),
    "month inserted as closed": (copy_of("office_period", "state = 'closed'", id="900001", month='"2099-01-01"'),),
    "report inserted as issued": (
        copy_of(
            "reports_report",
            "true",
            id="900001",
            report_no='"报1"',
            check_code='"ZZZZZZ"',
            period_on='"2030-01-01"',
            job_id="null",
        ),
    ),
    "role inserted as ended": (copy_of("accounts_roleassignment", "ended_at IS NOT NULL", id="900001"),),
    "order inserted as reversed": (
        copy_of("donations_platformorder", "reversal_id IS NOT NULL", id="900001", donation_id="{open_pool}"),
    ),
    **{
        f"{table} inserted as withdrawn": (
            copy_of(f"partybranch_{table}", last_withdrawn(f"partybranch_{table}"), id="900001", **others),
        )
        for table, others in {
            "branch": {},
            "body": {},
            "membership": {},
            "stagechange": {"on": '"2024-01-01"'},
            "circumstance": {},
            "term": {},
            "standing": {},
            "passonduty": {},
            "learningrecord": {},
            "materialpurchase": {},
            "issueline": {},
            "materialloan": {},
            "requirement": {},
            "calendaraddress": {"token_hash": '"1"'},
            "question": {"text": '"x"'},
            "draw": {"number": "90"},
            "examresult": {},
            "vote": {},
            **{table: {} for table in HONOURS},
            "observer": {},
            "makeup": {},
        }.items()
    },
    "event inserted as noticed": (
        copy_of(
            "partybranch_lifeevent",
            "id = (SELECT min(id) FROM partybranch_lifeevent WHERE state = 'noticed')",
            id="900001",
        ),
    ),
    "event inserted as filed": (copy_of("partybranch_lifeevent", "state = 'filed'", id="900001"),),
    "picture inserted as taken away": (
        copy_of(
            "partybranch_lifepicture",
            "event_id IN (SELECT id FROM partybranch_lifeevent WHERE state = 'noticed')",
            id="900001",
        ),
    ),
    "attendance inserted as marked": (
        (
            "INSERT INTO partybranch_attendance (event_id, person_id, is_exempt, has_vote, status, leave_reason,"
            " marked_by_id, marked_at) SELECT e.id, (SELECT min(id) FROM partybranch_person p WHERE NOT EXISTS"
            " (SELECT 1 FROM partybranch_attendance a WHERE a.event_id = e.id AND a.person_id = p.id)), false, true,"
            " 'present', '', {other}, now() FROM partybranch_lifeevent e WHERE e.state = 'noticed'"
        ),
    ),
    "act of another day": (
        (
            "INSERT INTO audit_entry (act, changes, sums, side, object_type, object_label, reason,"
            " digest, file_sha256, at, \"on\") VALUES ('x', '{{}}', '{{}}', 'charity', '', '', '',"
            " '', '', '2022-09-01', '2022-09-01')"
        ),
    ),
    "day sealed before it ended": (
        (
            'INSERT INTO audit_dayseal (day, "count", digest, before, seal)'
            " VALUES (timezone('Asia/Shanghai', now())::date, 0, '', '', 'x')"
        ),
    ),
    "act before all others": (
        (
            "INSERT INTO audit_entry (id, act, changes, sums, side, object_type, object_label, reason,"
            " digest, file_sha256) VALUES (-1, 'x', '{{}}', '{{}}', 'charity', '', '', '', '', '')"
        ),
    ),
}
