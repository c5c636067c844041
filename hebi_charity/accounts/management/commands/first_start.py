"""Make the code that opens the first start, as long as nothing is set up. `bin/run --real` calls this."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hebi_charity.accounts import setup_code
from hebi_charity.accounts.services.first_start import is_open


class Command(BaseCommand):
    help = "Make the set-up code while the office is not set up. Refused in the demonstration."

    def handle(self, *args, **options):
        if settings.HEBI_MODE != "real":
            raise CommandError("the demonstration is never set up by hand")
        if is_open():
            setup_code.make()
            self.stdout.write("first_start: waiting")
        else:
            setup_code.forget()
            self.stdout.write("first_start: done")
