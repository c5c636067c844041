"""Load a list of gifts: `import_donations FILE --by USER [--commit --confirmed-by OTHER]`."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from donations.importing.command import Refused, Wish, load, printed


class Command(BaseCommand):
    help = (
        "Check a list of gifts and print what would be imported. With --commit it is submitted by --by, confirmed by"
        " --confirmed-by and merged."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the list: .csv, .xls or .xlsx")
        parser.add_argument("--by", required=True, help="user name of the person who loads it")
        parser.add_argument("--received-on", default="", help="day of receipt, where the file names none")
        parser.add_argument("--channel", default="", help="way of payment, where the file names none")
        parser.add_argument("--campaign", default="", help="name of the campaign")
        parser.add_argument("--fund", default="", help="code of the fund; without it the campaign's or the first one")
        parser.add_argument(
            "--public-mode",
            default="",
            help="how the named donors are published: anonymous (default, until they were asked), surname or full",
        )
        parser.add_argument("--other-gifts", action="store_true", help="answer the question: these are other gifts")
        parser.add_argument("--commit", action="store_true", help="submit, confirm and merge")
        parser.add_argument("--confirmed-by", default="", help="user name of the other person who confirms")
        parser.add_argument("--reason", default="", help="why printed totals differ or rows are left out")
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, **options):
        wish = Wish(
            file=options["file"],
            by=options["by"],
            received_on=options["received_on"],
            channel=options["channel"],
            campaign=options["campaign"],
            fund=options["fund"],
            public_mode=options["public_mode"],
            is_other_gifts=options["other_gifts"],
            is_commit=options["commit"],
            confirmed_by=options["confirmed_by"],
            reason=options["reason"],
        )
        try:
            result = load(wish)
        except Refused as refused:
            if options["json"]:
                self.stdout.write(printed({"state": "refused", "reason": str(refused)}, as_json=True))
            raise CommandError(str(refused)) from refused
        self.stdout.write(printed(result, as_json=options["json"]))
