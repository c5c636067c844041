"""What must not move: every binding row, the guards themselves and the rights."""

from __future__ import annotations

from hebi_charity.core.guards import BINDING

_RIGHTS = """
SELECT md5(coalesce(string_agg(part, E'\\n' ORDER BY part), '')) FROM (
    SELECT c.relname || c.relowner || coalesce(c.relacl::text, '') || c.relhasrules FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT a.attrelid || a.attname || coalesce(a.attacl::text, '') FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat(t.tgrelid, t.tgname, t.tgenabled) FROM pg_trigger t
    UNION ALL SELECT p.proname || p.proowner || p.prosrc || p.prosecdef FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace
    UNION ALL SELECT k.conrelid || k.conname || k.convalidated FROM pg_constraint k
    UNION ALL SELECT m.roleid || ' ' || m.member FROM pg_auth_members m
    UNION ALL SELECT r.rolname || r.rolsuper || r.rolreplication || r.rolbypassrls FROM pg_roles r
    UNION ALL SELECT n.nspname || coalesce(n.nspacl::text, '') FROM pg_namespace n
    UNION ALL SELECT d.datname || coalesce(d.datacl::text, '') FROM pg_database d WHERE d.datname = current_database()
) AS everything (part)
"""


def state_of(session) -> dict[str, str]:
    """A digest of every binding table, and one of guards, constraints and rights."""
    found = {
        table: session.run(f"SELECT md5(coalesce(string_agg(r::text, E'\\n' ORDER BY r::text), '')) FROM {table} r")
        for table in BINDING
    }
    return found | {"rights": session.run(_RIGHTS)}
