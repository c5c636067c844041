"""Ways round the guards and under them: other names, rights, tables, counters, keys, forged tables."""

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
