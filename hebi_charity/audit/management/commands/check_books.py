"""Recompute seals, allocations, summaries, numbers and periods, and name every difference."""

import sys

from django.core.management.base import BaseCommand

from hebi_charity.audit.books import differences


class Command(BaseCommand):
    help = "Check the books. Exits with 1 when anything differs."

    def add_arguments(self, parser):
        parser.add_argument(
            "--files", action="store_true", help="also read every stored file; papers of reports are read always"
        )

    def handle(self, *args, files, **options):
        found = differences(with_files=files)
        for difference in found:
            self.stdout.write(f"{difference.check}\t{difference.record}\t{difference.sentence}")
        self.stdout.write(f"check_books: {len(found)} differences")
        if found:
            sys.exit(1)
