"""Honours and the registers beside them are recorded once; a dossier keeps its evidence as it was when frozen."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, guarded

_WITHDRAWN = Transition(
    "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND NEW.withdrawn_by_id IS NOT NULL"
    " AND NEW.withdrawal_reason <> ''",
    ["withdrawn_at", "withdrawn_by_id", "withdrawal_reason"],
)
_REVOKED = Transition(
    "OLD.withdrawn_at IS NULL AND OLD.revoked_on IS NULL AND NEW.revoked_on IS NOT NULL"
    " AND NEW.revoked_by_id IS NOT NULL AND NEW.revoked_reason <> ''",
    ["revoked_on", "revoked_by_id", "revoked_at", "revoked_reason"],
)
# A plaque may hang elsewhere: who recorded the new place, and when, changes with it.
_MOVED = Transition(
    "OLD.withdrawn_at IS NULL AND NEW.kept_at IS DISTINCT FROM OLD.kept_at AND NEW.moved_by_id IS NOT NULL"
    " AND NEW.moved_at IS DISTINCT FROM OLD.moved_at AND NEW.moved_at IS NOT NULL",
    ["kept_at", "moved_by_id", "moved_at"],
)
_BEGINS = "NEW.withdrawn_at IS NULL"
_REGISTERS = ("ranking", "pressreport", "leaderword", "thanks")

_FUTURE = "".join(
    f"CREATE TRIGGER partybranch_{table}_not_in_future AFTER INSERT OR UPDATE ON partybranch_{table}"
    f" FOR EACH ROW EXECUTE FUNCTION partybranch_not_in_future({columns});\n"
    for table, columns in {
        "honour": "'happened_on', 'revoked_on'",
        "honourcitation": "'happened_on'",
        **dict.fromkeys(_REGISTERS, "'happened_on'"),
    }.items()
)
_FUTURE_DROP = "".join(
    f"DROP TRIGGER partybranch_{table}_not_in_future ON partybranch_{table};\n"
    for table in ("honour", "honourcitation", *_REGISTERS)
)

# Parts (bodies, evidence) are recorded together with their whole, which says how many it has: none may be left out,
# none added afterwards. Arguments: the column that names the whole, the whole's table, its column with the number.
_PARTS = f"""
CREATE FUNCTION partybranch_part_of_whole() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    most integer;
BEGIN
    EXECUTE format('SELECT %I FROM public.%I WHERE id = $1', TG_ARGV[2], TG_ARGV[1])
        INTO most USING (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    IF NEW.place < 1 OR NEW.place > coalesce(most, 0) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_part_of_whole',
            TABLE = TG_TABLE_NAME, MESSAGE = 'parts are recorded together with their whole';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_honourgrantor_of_honour AFTER INSERT ON partybranch_honourgrantor FOR EACH ROW
    EXECUTE FUNCTION partybranch_part_of_whole('honour_id', 'partybranch_honour', 'grantor_count');
CREATE TRIGGER partybranch_dossieritem_of_dossier AFTER INSERT ON partybranch_dossieritem FOR EACH ROW
    EXECUTE FUNCTION partybranch_part_of_whole('dossier_id', 'partybranch_honourdossier', 'item_count');
CREATE FUNCTION partybranch_whole_has_parts() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    found_parts integer;
BEGIN
    EXECUTE format('SELECT count(*) FROM public.%I WHERE %I = $1', TG_ARGV[1], TG_ARGV[0])
        INTO found_parts USING NEW.id;
    IF found_parts <> (to_jsonb(NEW) ->> TG_ARGV[2])::integer THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_whole_has_parts',
            TABLE = TG_TABLE_NAME, MESSAGE = 'not all parts were recorded';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE CONSTRAINT TRIGGER partybranch_honour_has_grantors AFTER INSERT ON partybranch_honour
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION partybranch_whole_has_parts('honour_id', 'partybranch_honourgrantor', 'grantor_count');
CREATE CONSTRAINT TRIGGER partybranch_honourdossier_has_items AFTER INSERT ON partybranch_honourdossier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION partybranch_whole_has_parts('dossier_id', 'partybranch_dossieritem', 'item_count');
"""  # noqa: S608  # nosec B608  names from this repository only
_PARTS_DROP = """
DROP TRIGGER partybranch_honourdossier_has_items ON partybranch_honourdossier;
DROP TRIGGER partybranch_honour_has_grantors ON partybranch_honour;
DROP FUNCTION partybranch_whole_has_parts();
DROP TRIGGER partybranch_dossieritem_of_dossier ON partybranch_dossieritem;
DROP TRIGGER partybranch_honourgrantor_of_honour ON partybranch_honourgrantor;
DROP FUNCTION partybranch_part_of_whole();
"""

# Nothing is hung on an honour that was withdrawn.
_LIVE = f"""
CREATE FUNCTION partybranch_of_live_honour() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_honour h WHERE h.id = NEW.honour_id AND h.withdrawn_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_of_live_honour',
            TABLE = TG_TABLE_NAME, MESSAGE = 'the honour was withdrawn';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_honourdossier_of_honour AFTER INSERT ON partybranch_honourdossier FOR EACH ROW
    EXECUTE FUNCTION partybranch_of_live_honour();
CREATE TRIGGER partybranch_honourcitation_of_honour AFTER INSERT ON partybranch_honourcitation FOR EACH ROW
    EXECUTE FUNCTION partybranch_of_live_honour();
"""  # nosec B608  names from this repository only
_LIVE_DROP = """
DROP TRIGGER partybranch_honourcitation_of_honour ON partybranch_honourcitation;
DROP TRIGGER partybranch_honourdossier_of_honour ON partybranch_honourdossier;
DROP FUNCTION partybranch_of_live_honour();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0060_honours")]
    operations = [
        guarded(
            "partybranch_honour",
            _WITHDRAWN,
            _REVOKED,
            _MOVED,
            begins=f"{_BEGINS} AND NEW.revoked_on IS NULL AND NEW.moved_at IS NULL",
        ),
        guarded("partybranch_honourgrantor"),
        guarded("partybranch_honourdossier", _WITHDRAWN, begins=_BEGINS),
        guarded("partybranch_dossieritem"),
        guarded("partybranch_honourcitation", _WITHDRAWN, begins=_BEGINS),
        *(guarded(f"partybranch_{table}", _WITHDRAWN, begins=_BEGINS) for table in _REGISTERS),
        migrations.RunSQL(_FUTURE, _FUTURE_DROP),
        migrations.RunSQL(_PARTS, _PARTS_DROP),
        migrations.RunSQL(_LIVE, _LIVE_DROP),
    ]
