"""An honour keeps what its recipient was called when it was recorded. The database writes it; older ones have none."""

from django.db import migrations, models

from hebi_charity.core.guards import SEARCH_PATH

# As `Honour.recipient_today` says it: the branch, the person, or the federation by its own row.
_NAMED = f"""
CREATE FUNCTION partybranch_honour_awarded_as() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $name$
BEGIN
    NEW.awarded_as := coalesce(CASE NEW.recipient_kind
        WHEN 'branch' THEN (SELECT b.name FROM partybranch_branch b WHERE b.id = NEW.branch_id)
        WHEN 'person' THEN (SELECT p.name FROM partybranch_person p WHERE p.id = NEW.person_id)
        ELSE (SELECT o.name FROM office_organisation o ORDER BY o.id LIMIT 1)
    END, '');
    RETURN NEW;
END
$name$;
CREATE TRIGGER partybranch_honour_awarded_as BEFORE INSERT ON partybranch_honour FOR EACH ROW
    EXECUTE FUNCTION partybranch_honour_awarded_as();
"""  # noqa: S608  # nosec B608  names from this repository only
_NAMED_DROP = """
DROP TRIGGER partybranch_honour_awarded_as ON partybranch_honour;
DROP FUNCTION partybranch_honour_awarded_as();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0200_event_locked_once"), ("office", "0001_office_and_books")]
    operations = [
        migrations.AddField(
            model_name="honour",
            name="awarded_as",
            field=models.CharField(blank=True, default="", editable=False, max_length=100),
        ),
        migrations.RunSQL(_NAMED, _NAMED_DROP),
    ]
