"""Load the demonstration: invented people, funds, campaigns and gifts, and work that waits for each role."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from donations.demo import gifts, work
from donations.models import Donation
from hebi_charity.accounts.models import User
from hebi_charity.accounts.services.demo import ensure_demo_people
from hebi_charity.core import dates
from hebi_charity.core.registry import demonstrations
from hebi_charity.office.models import Organisation
from hebi_charity.office.services.periods import open_books

BOOKS_FROM = date(2021, 1, 1)


class Command(BaseCommand):
    help = "Load the demonstration data; does nothing when they are there. Refused in real mode."

    def handle(self, *args, **options):
        if settings.HEBI_MODE != "demo":
            raise CommandError("load_demo is never run in real mode")
        people = {person.username: person for person in ensure_demo_people(self.password())}
        is_there = Donation.objects.exists()
        if not is_there:
            with transaction.atomic():
                self.load(people, dates.today())
        for show in demonstrations:
            with transaction.atomic():
                show(people, dates.today())
        # Apart, and also when a start was cut off here: a report is built from one moment of what is committed.
        work.leave_reports(people)
        self.stdout.write("load_demo: already there" if is_there else f"load_demo: {Donation.objects.count()} gifts")

    def password(self) -> str:
        path = Path(settings.HEBI_VAR) / "demo-password"
        if not path.exists():
            raise CommandError("the demonstration's password is not there: start with bin/run")
        return path.read_text().strip()

    def load(self, people: dict[str, User], today: date) -> None:
        Organisation.objects.get_or_create(
            pk=1, defaults={"name": "鹤壁市慈善总会", "phone": "0392-3312345", "books_from": BOOKS_FROM}
        )
        open_books(BOOKS_FROM)
        funds = gifts.make_funds()
        maker = gifts.GiftMaker([people["clerk"], people["clerk2"]], funds, seed=2022)
        for campaign, count in zip(gifts.make_campaigns(funds), (60, 90), strict=True):
            made = maker.days(campaign.starts_on, campaign.ends_on, count, campaign=campaign)
            made += maker.days(campaign.starts_on.replace(month=8, day=1), campaign.starts_on.replace(day=1), 30)
            gifts.review_all(made, by=people["accountant"])
        month = dates.month_start(today)
        last = dates.previous_month(month)
        before = dates.previous_month(last)
        work.close_months(before, people, today=today)
        recent = maker.days(before, dates.month_end(before), 20) + maker.days(last, dates.month_end(last), 60)
        gifts.review_all(recent + maker.days(month, today, 40), by=people["accountant"])
        gifts.receive_other_money(funds, last, cashier=people["cashier"], accountant=people["accountant"])
        work.leave_month(before, people, today=today)
        work.leave_gifts(maker, people, today=today)
        work.leave_traces(people)
