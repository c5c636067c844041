"""An addendum keeps what its author was called when it was written. The database writes it; older addenda have none."""

from django.db import migrations, models

from hebi_charity.core.guards import SEARCH_PATH

_NAMED = f"""
CREATE FUNCTION partybranch_addendum_written_as() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $name$
BEGIN
    SELECT u.full_name INTO NEW.written_as FROM accounts_user u WHERE u.id = NEW.written_by_id;
    NEW.written_as := coalesce(NEW.written_as, '');
    RETURN NEW;
END
$name$;
CREATE TRIGGER partybranch_addendum_written_as BEFORE INSERT ON partybranch_addendum FOR EACH ROW
    EXECUTE FUNCTION partybranch_addendum_written_as();
"""  # noqa: S608  # nosec B608  names from this repository only
_NAMED_DROP = """
DROP TRIGGER partybranch_addendum_written_as ON partybranch_addendum;
DROP FUNCTION partybranch_addendum_written_as();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0131_vote_rule_after_votes")]
    operations = [
        migrations.AddField(
            model_name="addendum",
            name="written_as",
            field=models.CharField(blank=True, default="", editable=False, max_length=50),
        ),
        migrations.RunSQL(_NAMED, _NAMED_DROP),
    ]
