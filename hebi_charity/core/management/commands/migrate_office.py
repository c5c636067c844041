"""Migrate as the owner of the schema, grant the application its rights, and bring data that code ships up to date."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from environ import Env

from hebi_charity.core import guards
from hebi_charity.core.guards import Columns
from hebi_charity.core.shipped import shipped_data

_COLUMNS = """
SELECT r.relname, min(a.attname) FILTER (WHERE a.attnum = ANY(k.conkey)),
       array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE NOT a.attnum = ANY(k.conkey)),
       bool_or(a.attidentity <> '') FILTER (WHERE a.attnum = ANY(k.conkey))
FROM pg_class r
JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype = 'p'
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE r.relnamespace = 'public'::regnamespace AND r.relkind = 'r' GROUP BY r.relname ORDER BY r.relname
"""


class Command(BaseCommand):
    help = "Migrate with the owner's role, then grant the application's role what it needs."

    def handle(self, *args, **options):
        application = settings.DATABASES["default"]
        app_role = application["USER"]
        if settings.DATABASE_OWNER_URL:
            self.become(Env.db_url_config(settings.DATABASE_OWNER_URL))
        call_command("migrate", verbosity=options["verbosity"], interactive=False)
        call_command("createcachetable", verbosity=0)
        if settings.DATABASE_OWNER_URL:
            self.grant(app_role)
        for key, bring_up_to_date in shipped_data.items():
            bring_up_to_date()
            self.stdout.write(f"shipped data: {key}")
        self.stdout.write("migrate_office: ok")

    def become(self, config: dict) -> None:
        """Point the default connection at the owner's role for the rest of this process."""
        connection = connections["default"]
        connection.close()
        connection.settings_dict.update({key: config[key] for key in ("USER", "PASSWORD", "HOST", "PORT")})

    def grant(self, app_role: str) -> None:
        connection = connections["default"]
        with connection.cursor() as cursor:
            cursor.execute(_COLUMNS)
            tables = {
                name: Columns(key, others or [], is_counted) for name, key, others, is_counted in cursor.fetchall()
            }
            for statement in guards.grant_sql(app_role, connection.settings_dict["NAME"], tables):
                cursor.execute(statement)
