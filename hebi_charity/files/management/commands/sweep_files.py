"""Remove stored files that no row names."""

from django.core.management.base import BaseCommand

from hebi_charity.files import services


class Command(BaseCommand):
    help = "Remove stored files whose upload was rolled back more than a day ago."

    def handle(self, *args, **options):
        removed = services.sweep_orphans()
        self.stdout.write(f"sweep_files: removed {removed}")
