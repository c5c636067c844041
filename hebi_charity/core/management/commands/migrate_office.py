"""Migrate as the owner of the schema, grant the application its rights, and bring data that code ships up to date."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from environ import Env

from hebi_charity.core import guards
from hebi_charity.core.shipped import shipped_data


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
        tables = connection.introspection.table_names()
        with connection.cursor() as cursor:
            for statement in guards.grant_sql(app_role, tables):
                cursor.execute(statement)
