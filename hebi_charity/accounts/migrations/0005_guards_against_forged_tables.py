"""Guards read our own tables only, whatever temporary ones there are; a role held is not inserted as ended."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, reguarded

_ENDED_ONCE = [Transition("OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL", columns=["ended_at", "ended_by_id"])]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_roles_may_not_meet")]

    operations = [
        reguarded("accounts_writtendecision"),
        reguarded("accounts_roleassignment", _ENDED_ONCE, _ENDED_ONCE, begins="NEW.ended_at IS NULL"),
        migrations.RunSQL(
            f"ALTER FUNCTION accounts_roles_may_not_meet() SET search_path = {SEARCH_PATH}",
            "ALTER FUNCTION accounts_roles_may_not_meet() SET search_path = pg_catalog, public",
        ),
    ]
