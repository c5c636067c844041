"""Ways in, as statements of one transaction. What stands in braces is filled in by the test."""

ROUND_THE_GUARDS = [
    # Something of the same name that the guard might find first.
    ("CREATE SCHEMA shadow",),
    ("CREATE TEMP TABLE donations_donation (id bigint, state text)",),
    ("CREATE TEMP TABLE office_period (month date, state text)",),
    ("CREATE FUNCTION pg_temp.lower(text) RETURNS text LANGUAGE sql AS 'SELECT 1'",),
    ("CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT 1'",),
    ("CREATE OPERATOR public.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = texteq)",),
    ("SET search_path = pg_temp, shadow, public", "UPDATE donations_donation SET amount = 1 WHERE state = 'reviewed'"),
    ("ALTER ROLE CURRENT_USER SET session_replication_role = 'replica'",),
    # The rights themselves.
    ("GRANT ALL ON donations_donation TO CURRENT_USER",),
    ("GRANT TRUNCATE, TRIGGER ON ALL TABLES IN SCHEMA public TO CURRENT_USER",),
    ("GRANT hebi_owner TO CURRENT_USER",),
    ("GRANT CREATE ON SCHEMA public TO CURRENT_USER",),
    ("GRANT TEMP ON DATABASE {database} TO CURRENT_USER",),
    ("ALTER ROLE CURRENT_USER SUPERUSER",),
    ("ALTER ROLE hebi_owner PASSWORD 'known'",),
    ("ALTER DEFAULT PRIVILEGES FOR ROLE hebi_owner GRANT ALL ON TABLES TO CURRENT_USER",),
    ("CREATE EXTENSION dblink",),
    # The tables and their guards.
    ("ALTER TABLE donations_donation DROP CONSTRAINT donation_maker_is_not_checker",),
    ("ALTER TABLE donations_donation ADD COLUMN extra int",),
    ("ALTER TABLE donations_donation ALTER COLUMN amount TYPE int",),
    ("ALTER TRIGGER donations_donation_guard_row ON donations_donation RENAME TO harmless",),
    ("CREATE TRIGGER a_first BEFORE UPDATE ON donations_donation EXECUTE FUNCTION accounts_roleassignment_guard()",),
    ("CREATE FUNCTION public.help() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM audit_entry'",),
    ("DO $$ BEGIN DELETE FROM donations_donation; EXCEPTION WHEN OTHERS THEN DELETE FROM audit_entry; END $$",),
    ("WITH gone AS (DELETE FROM donations_fundallocation RETURNING id) SELECT count(*) FROM gone",),
    ("COPY audit_entry FROM PROGRAM 'true'",),
    ("INSERT INTO django_migrations (app, name, applied) VALUES ('donations', 'x', now())",),
    # Counters.
    ("SELECT setval('donations_donation_id_seq', 1, false)",),
    ("ALTER SEQUENCE audit_entry_id_seq RESTART",),
    ("UPDATE office_numberseries SET last = last - 1",),
    ("UPDATE office_numberseries SET year = year - 1, last = last + 1",),
]

# What binding rows point at: the row stays, its key may not move to another.
THROUGH_KEYS = [
    ("UPDATE donations_donor SET id = -id",),
    ("UPDATE donations_fund SET id = -id",),
    ("UPDATE donations_campaign SET id = -id",),
    ("UPDATE donations_incomekind SET code = code || 'x'",),
    ("UPDATE accounts_user SET id = -id",),
    ("UPDATE partybranch_person SET id = -id",),
    ("UPDATE partybranch_branch SET id = -id",),
    ("DELETE FROM partybranch_person",),
    (
        "UPDATE donations_donor SET id = -1 WHERE id = {donor}",
        "UPDATE donations_donor SET id = {donor} WHERE id = {other_donor}",
        "UPDATE donations_donor SET id = {other_donor} WHERE id = -1",
    ),
    ("DELETE FROM donations_donor",),
    ("DELETE FROM donations_incomekindrule", "DELETE FROM donations_incomekind"),
    ("DELETE FROM accounts_user",),
]

# The columns of a copy that have to differ for the copy to stand beside its original.
COPY = """
INSERT INTO {table} SELECT (jsonb_populate_record(r, '{changes}')).* FROM {table} r WHERE {which}
"""


def copy_of(table, which, **changes):
    """A statement that inserts a copy of one row with these values."""
    pairs = ", ".join(f'"{name}": {value}' for name, value in changes.items())
    return COPY.format(table=table, which=which, changes="{{" + pairs + "}}")


def _last_withdrawn(table):
    return f"id = (SELECT max(id) FROM {table} WHERE withdrawn_at IS NOT NULL)"


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
            copy_of(f"partybranch_{table}", _last_withdrawn(f"partybranch_{table}"), id="900001", **others),
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

AROUND_THE_STEPS = {
    "honour renamed": ("UPDATE partybranch_honour SET title = title || 'x'",),
    "honour moved by nobody": ("UPDATE partybranch_honour SET kept_at = 'x'",),
    "honour no longer revoked": (
        (
            "UPDATE partybranch_honour SET revoked_on = NULL, revoked_by_id = NULL, revoked_at = NULL,"
            " revoked_reason = '' WHERE revoked_on IS NOT NULL"
        ),
    ),
    "body named afterwards": (
        (
            "INSERT INTO partybranch_honourgrantor (honour_id, place, name)"
            " SELECT honour_id, max(place) + 1, 'x' FROM partybranch_honourgrantor GROUP BY honour_id"
        ),
    ),
    "evidence added to a frozen dossier": (
        (
            "INSERT INTO partybranch_dossieritem (dossier_id, place, kind, source_type, source_id, title, facts,"
            " digest) SELECT id, item_count + 1, 'evidence', 'x', 1, 'x', '[]', digest FROM partybranch_honourdossier"
        ),
    ),
    "evidence written anew": ("UPDATE partybranch_dossieritem SET facts = '[]'",),
    "exam opened again": ("UPDATE partybranch_exam SET state = 'open', closed_by_id = NULL, closed_at = NULL",),
    "exam with results called off": (
        (
            "UPDATE partybranch_exam SET state = 'cancelled', cancelled_reason = 'x', closed_by_id = NULL,"
            " closed_at = NULL"
        ),
    ),
    "answer judged otherwise": ("UPDATE partybranch_draw SET outcome = 'again' WHERE outcome = 'passed'",),
    "question edited that was put": (
        (
            "UPDATE partybranch_question SET text = text || 'x' WHERE withdrawn_at IS NULL AND id IN (SELECT"
            " question_id FROM partybranch_draw UNION SELECT question_id FROM partybranch_sheetquestion)"
        ),
    ),
    "points raised after the result": ("UPDATE partybranch_examresult SET score = score + 1",),
    "name taken from the list of an exam": ("DELETE FROM partybranch_examinee",),
    "name added to a fixed list": (
        (
            "INSERT INTO partybranch_attendance (event_id, person_id, is_exempt, has_vote, status, leave_reason)"
            " SELECT e.id, (SELECT min(id) FROM partybranch_person p WHERE NOT EXISTS (SELECT 1 FROM"
            " partybranch_attendance a WHERE a.event_id = e.id AND a.person_id = p.id)), false, true, 'expected', ''"
            " FROM partybranch_lifeevent e WHERE e.state IN ('draft', 'cancelled')"
        ),
    ),
    "vote given after the notice": ("UPDATE partybranch_attendance SET has_vote = NOT has_vote",),
    "event touched without a change": ("UPDATE partybranch_lifeevent SET place = place WHERE state = 'noticed'",),
    "event moved to another day after the notice": (
        "UPDATE partybranch_lifeevent SET held_on = held_on - 1 WHERE state = 'noticed'",
    ),
    "filed event opened again": (
        (
            "UPDATE partybranch_lifeevent SET state = 'noticed', filed_by_id = NULL, filed_at = NULL,"
            " filed_names = NULL, sealed_parts = NULL, seal = '' WHERE state = 'filed'"
        ),
    ),
    "name kept with a filed event changed": (
        (
            "UPDATE partybranch_lifeevent SET filed_names = jsonb_set(filed_names, '{{person}}', '{{\"1\": \"x\"}}')"
            " WHERE state = 'filed'"
        ),
    ),
    "names of a filed event taken away": ("UPDATE partybranch_lifeevent SET filed_names = NULL WHERE state = 'filed'",),
    "filed event called off": (
        "UPDATE partybranch_lifeevent SET state = 'cancelled', cancelled_reason = 'x' WHERE state = 'filed'",
    ),
    "meeting filed without its facts": (
        (
            "UPDATE partybranch_lifeevent SET state = 'filed', filed_by_id = {other}, filed_at = now(),"
            " sealed_parts = '{{}}', seal = 'x' WHERE state IN ('draft', 'noticed')"
        ),
    ),
    "attendance of a filed event changed": (
        (
            "UPDATE partybranch_attendance SET status = 'absent', marked_at = now() WHERE event_id IN"
            " (SELECT id FROM partybranch_lifeevent WHERE state = 'filed')"
        ),
    ),
    "name added to a filed list": (
        (
            "INSERT INTO partybranch_attendance (event_id, person_id, is_exempt, has_vote, status, leave_reason)"
            " SELECT e.id, (SELECT min(id) FROM partybranch_person p WHERE NOT EXISTS (SELECT 1 FROM"
            " partybranch_attendance a WHERE a.event_id = e.id AND a.person_id = p.id)), false, true, 'expected', ''"
            " FROM partybranch_lifeevent e WHERE e.state = 'filed'"
        ),
    ),
    "minutes of a filed event written anew": (
        (
            "INSERT INTO partybranch_minutes (event_id, version, outcome, text, written_by_id, written_at)"
            " SELECT id, 2, 'x', 'x', {other}, now() FROM partybranch_lifeevent WHERE state = 'filed'"
        ),
    ),
    "picture of a filed event taken away": (
        (
            "UPDATE partybranch_lifepicture SET removed_at = now(), removed_by_id = {other} WHERE event_id IN"
            " (SELECT id FROM partybranch_lifeevent WHERE state = 'filed')"
        ),
    ),
    "picture added to a filed event": (
        (
            "INSERT INTO partybranch_lifepicture (event_id, kind, given_id, attachment_id, turns, caption, added_by_id,"
            " added_at) SELECT e.id, 'photo', a.id, a.id, 0, '', {other}, now() FROM partybranch_lifeevent e"
            " CROSS JOIN LATERAL (SELECT id FROM files_attachment LIMIT 1) a WHERE e.state = 'filed'"
        ),
    ),
    "addendum to what is not filed": (
        (
            "INSERT INTO partybranch_addendum (event_id, text, written_by_id, written_at)"
            " SELECT id, 'x', {other}, now() FROM partybranch_lifeevent WHERE state = 'noticed'"
        ),
    ),
    "event called back into preparation": (
        (
            "UPDATE partybranch_lifeevent SET state = 'draft', noticed_by_id = NULL, noticed_at = NULL"
            " WHERE state = 'noticed'"
        ),
    ),
    "circumstance that has ended ended another day": (
        "UPDATE partybranch_circumstance SET ends_on = '2022-02-02', ended_at = now() WHERE ends_on IS NOT NULL",
    ),
    "term ended by nobody": (
        "UPDATE partybranch_term SET ends_on = '2022-02-02', ended_at = now() WHERE ends_on IS NULL",
    ),
    "withdrawn term ended": (
        (
            "UPDATE partybranch_term SET ends_on = '2022-02-02', ended_at = now(), ended_by_id = {other}"
            " WHERE withdrawn_at IS NOT NULL"
        ),
    ),
    "stay withdrawn without a reason": (
        (
            "UPDATE partybranch_membership SET withdrawn_at = now(), withdrawn_by_id = {other}"
            " WHERE withdrawn_at IS NULL"
        ),
    ),
    "copies signed for and made more": (
        (
            "UPDATE partybranch_issueline SET signed_at = now(), signed_by_id = {other}, copies = copies + 1"
            " WHERE withdrawn_at IS NULL"
        ),
    ),
    "loan that is back lent again": (
        "UPDATE partybranch_materialloan SET returned_on = NULL, returned_to_id = NULL WHERE returned_on IS NOT NULL",
    ),
    "study confirmed and made longer": (
        (
            "UPDATE partybranch_learningrecord SET confirmed_at = now(), confirmed_by_id = {other}, hours = hours + 1"
            " WHERE confirmed_at IS NULL AND withdrawn_at IS NULL"
        ),
    ),
    "withdrawn study confirmed": (
        (
            "UPDATE partybranch_learningrecord SET confirmed_at = now(), confirmed_by_id = {other}"
            " WHERE confirmed_at IS NULL AND withdrawn_at IS NOT NULL"
        ),
    ),
    "course passed on by another person": (
        (
            "UPDATE partybranch_learningrecord r SET passes_on_id = (SELECT d.id FROM partybranch_passonduty d WHERE"
            " d.person_id <> r.person_id LIMIT 1) WHERE way = 'teaching' AND passes_on_id IS NULL"
        ),
    ),
    "guest renamed": ("UPDATE partybranch_observer SET guest = 'x'",),
    "withdrawn observer brought back": (
        (
            "UPDATE partybranch_observer SET withdrawn_at = NULL, withdrawn_by_id = NULL, withdrawal_reason = ''"
            " WHERE withdrawn_at IS NOT NULL"
        ),
    ),
    "make-up moved to another day": ("UPDATE partybranch_makeup SET done_on = done_on + 1",),
    "who made it up was there after all": (
        (
            "UPDATE partybranch_attendance SET status = 'present', leave_reason = '' WHERE id IN"
            " (SELECT attendance_id FROM partybranch_makeup WHERE withdrawn_at IS NULL)"
        ),
    ),
    "result of a vote set by hand": ("UPDATE partybranch_vote SET result = 'carried', favour = 99",),
    "vote withdrawn and made another": (
        (
            "UPDATE partybranch_vote SET withdrawn_at = now(), withdrawn_by_id = {other}, withdrawal_reason = 'x',"
            " yes = yes + 1 WHERE withdrawn_at IS NULL"
        ),
    ),
    "withdrawn vote brought back": (
        (
            "UPDATE partybranch_vote SET withdrawn_at = NULL, withdrawn_by_id = NULL, withdrawal_reason = ''"
            " WHERE withdrawn_at IS NOT NULL"
        ),
    ),
    "vote inserted without the names of its ballot": (
        copy_of("partybranch_vote", "kind = 'election'", id="900001"),
        "SET CONSTRAINTS ALL IMMEDIATE",
    ),
    "name put on a ballot that is whole": (
        (
            "INSERT INTO partybranch_votecandidate (vote_id, person_id, post, yes, no, abstain, outcome)"
            " SELECT v.id, (SELECT min(id) FROM partybranch_person), '', 1, 0, 0, 'elected' FROM partybranch_vote v"
        ),
    ),
    "somebody elected by hand": ("UPDATE partybranch_votecandidate SET outcome = 'tied'",),
    "rule of votes lowered": ("UPDATE partybranch_voterule SET carry_of = 1, carry_in = 100",),
    "attendance changed under a vote": (
        (
            "UPDATE partybranch_attendance SET status = 'absent', marked_at = now() WHERE status = 'present'"
            " AND event_id IN (SELECT event_id FROM partybranch_vote)"
        ),
    ),
    "name added to the list after the notice": (
        (
            "INSERT INTO partybranch_attendance (event_id, person_id, is_exempt, has_vote, status, leave_reason)"
            " SELECT e.id, (SELECT min(id) FROM partybranch_person p WHERE NOT EXISTS (SELECT 1 FROM"
            " partybranch_attendance a WHERE a.event_id = e.id AND a.person_id = p.id)), false, true, 'expected', ''"
            " FROM partybranch_lifeevent e WHERE e.state = 'noticed'"
        ),
    ),
    "stage withdrawn and moved to another day": (
        (
            "UPDATE partybranch_stagechange SET withdrawn_at = now(), withdrawn_by_id = {other},"
            " withdrawal_reason = 'x', \"on\" = '2001-01-01' WHERE withdrawn_at IS NULL"
        ),
    ),
    "withdrawn standing brought back": (
        (
            "UPDATE partybranch_standing SET withdrawn_at = NULL, withdrawn_by_id = NULL, withdrawal_reason = ''"
            " WHERE withdrawn_at IS NOT NULL"
        ),
    ),
    "part added to a reviewed gift": (
        "INSERT INTO donations_fundallocation (donation_id, fund_id, amount) VALUES ({reviewed}, {other_fund}, 1)",
    ),
    "part of a reviewed gift moved to another fund": (
        "UPDATE donations_fundallocation SET fund_id = {other_fund} WHERE donation_id = {reviewed}",
    ),
    "part of a reviewed gift moved to another gift": (
        "UPDATE donations_fundallocation SET donation_id = {registered} WHERE donation_id = {reviewed}",
    ),
    "part moved into a reviewed gift": (
        "UPDATE donations_fundallocation SET donation_id = {reviewed} WHERE donation_id = {registered}",
    ),
    "part moved away from a gift that needs it": (
        "UPDATE donations_fundallocation SET donation_id = {other_registered} WHERE donation_id = {registered}",
        "UPDATE donations_donation SET amount = 200 WHERE id = {other_registered}",
    ),
    "part taken from a gift that needs it": ("DELETE FROM donations_fundallocation WHERE donation_id = {registered}",),
    "gift raised without its parts": ("UPDATE donations_donation SET amount = 101 WHERE id = {registered}",),
    "order added to a reviewed pool": (
        copy_of(
            "donations_platformorder", "donation_id = {open_pool}", id="900001", donation_id="{pool}", order_no='"9"'
        )
        + "AND row_no = 1",
    ),
    "order added to a single gift": (
        copy_of(
            "donations_platformorder",
            "donation_id = {open_pool}",
            id="900001",
            donation_id="{registered}",
            order_no='"9"',
        )
        + "AND row_no = 1",
    ),
    "order of a pool reversed by another's reversal": (
        "UPDATE donations_platformorder SET reversal_id = {approved} WHERE donation_id = {pool}",
    ),
    "gift reversed by a reversal that is only requested": (
        "UPDATE donations_donation SET reversal_id = {requested} WHERE id = {requested_gift}",
    ),
    "gift reversed by another's reversal": (
        "UPDATE donations_donation SET reversal_id = {approved} WHERE id = {reviewed}",
    ),
    "reviewed together with a reversal": (
        (
            "UPDATE donations_donation SET state = 'reviewed', reviewed_by_id = {other}, reviewed_at = now(),"
            " booked_on = received_on, seal = 'x', reversal_id = {approved} WHERE id = {registered}"
        ),
    ),
    "reviewed by its own maker": (
        (
            "UPDATE donations_donation SET state = 'reviewed', reviewed_by_id = recorded_by_id, reviewed_at = now(),"
            " booked_on = received_on, seal = 'x' WHERE id = {registered}"
        ),
    ),
    "maker changed so that the maker can review": (
        "UPDATE donations_donation SET recorded_by_id = {other} WHERE id = {registered}",
    ),
    "reviewed although it was returned": (
        (
            "UPDATE donations_donation SET state = 'reviewed', reviewed_by_id = {other}, reviewed_at = now(),"
            " booked_on = received_on, seal = 'x', returned_reason = '' WHERE id = {returned}"
        ),
    ),
    "booked in a closed month": (
        (
            "UPDATE donations_donation SET state = 'reviewed', reviewed_by_id = {other}, reviewed_at = now(),"
            " seal = 'x', donated_on = '2022-01-05', received_on = '2022-01-05', booked_on = '2022-01-05'"
            " WHERE id = {registered}"
        ),
    ),
    "arrived in a closed month": (
        (
            "UPDATE donations_donation SET arrival = 'arrived', arrival_by_id = {other}, received_on = '2022-09-05',"
            " booked_on = '2021-12-31' WHERE id = {pending}"
        ),
    ),
    "reversed in a closed month": (
        (
            "UPDATE donations_reversal SET state = 'approved', approved_by_id = {other}, approved_at = now(),"
            " reversed_on = '2022-01-31' WHERE id = {requested}"
        ),
    ),
    "reversal approved by who asked": (
        (
            "UPDATE donations_reversal SET state = 'approved', approved_by_id = recorded_by_id, approved_at = now(),"
            " reversed_on = '2026-11-30' WHERE id = {requested}"
        ),
    ),
    "second reversal of a reversed gift": (
        copy_of(
            "donations_reversal", "id = {requested}", id="900001", reversal_no='"冲1"', donation_id="{reversed_gift}"
        ),
    ),
    "voided gift brought back": (
        (
            "UPDATE donations_donation SET state = 'registered', voided_by_id = NULL, voided_at = NULL,"
            " void_reason = '' WHERE state = 'voided'"
        ),
    ),
    "month closed before the one before it": (
        "UPDATE office_period SET state = 'closing', submitted_by_id = {other} WHERE month = '2022-09-01'",
    ),
    "report replaced by itself": (
        "UPDATE reports_report SET state = 'superseded', superseded_by_id = id, superseded_at = now()",
    ),
    "closed month opened again": ("UPDATE office_period SET state = 'open' WHERE state = 'closed'",),
}

# As on a server whose administrator lets everybody make temporary tables.
FORGED_TABLES = [
    (
        "CREATE TEMP TABLE donations_donation AS SELECT {reviewed} AS id, 'registered' AS state",
        "UPDATE donations_fundallocation SET fund_id = {other_fund} WHERE donation_id = {reviewed}",
    ),
    (
        (
            "CREATE TEMP TABLE donations_reversal AS"
            " SELECT {requested}::bigint AS id, {requested_gift}::bigint AS donation_id, 'approved' AS state"
        ),
        "UPDATE donations_donation SET reversal_id = {requested} WHERE id = {requested_gift}",
    ),
    (
        "CREATE TEMP TABLE office_period AS SELECT date '2022-01-01' AS month, 'open' AS state",
        (
            "UPDATE donations_reversal SET state = 'approved', approved_by_id = {other}, approved_at = now(),"
            " reversed_on = '2022-01-31' WHERE id = {requested}"
        ),
    ),
]
