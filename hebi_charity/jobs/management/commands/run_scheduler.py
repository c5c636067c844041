"""Look after background work until told to stop: what comes round, what died, what the broker does not pass on."""

import signal

from django.core.management.base import BaseCommand

from hebi_charity.jobs.scheduler import Scheduler


class Command(BaseCommand):
    help = "Run the scheduler of background work. It needs the database only."
    requires_system_checks = ()

    def handle(self, *args, **options):
        scheduler = Scheduler()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: scheduler.stop())
        scheduler.run()
