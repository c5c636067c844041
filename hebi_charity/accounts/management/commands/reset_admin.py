"""The way back in when the last administrator is lost: run on the server, printed once, listed to the auditor."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hebi_charity.accounts.errors import PeopleError
from hebi_charity.accounts.services import reset_administrator
from hebi_charity.accounts.services.first_start import is_open


class Command(BaseCommand):
    help = "Make or open an administrator's account and print a one-time password for it."

    def add_arguments(self, parser):
        parser.add_argument("--username", default="admin")
        parser.add_argument("--name", default="", help="Full name, for a new account.")

    def handle(self, *args, **options):
        if is_open():
            raise CommandError(_("Nothing is set up yet. Start bin/run --real and open the page of the first start."))
        name = options["name"] or _("system administrator")
        try:
            user, password = reset_administrator(username=options["username"].lower(), full_name=name)
        except PeopleError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            _("One-time password of %(account)s: %(password)s")
            % {
                "account": user.username,
                "password": password,
            }
        )
        self.stdout.write(_("It works for three days and is changed at the first log-in. The auditor sees this reset."))
        self.stdout.write(f"reset_admin: ok username={user.username}")
