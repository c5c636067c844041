"""Load the demonstration: invented people, funds, campaigns and gifts, and work that waits for each role."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from donations.demo import gifts
from donations.models import Donation
from hebi_charity.accounts.models import User
from hebi_charity.accounts.services.demo import ensure_demo_people
from hebi_charity.core import dates
from hebi_charity.office.models import Organisation, Period
from hebi_charity.office.services.periods import confirm_period, open_books, submit_period

BOOKS_FROM = date(2021, 1, 1)


class Command(BaseCommand):
    help = "Load the demonstration data; does nothing when they are there. Refused in real mode."

    def handle(self, *args, **options):
        if settings.HEBI_MODE != "demo":
            raise CommandError("load_demo is never run in real mode")
        people = {person.username: person for person in ensure_demo_people(self.password())}
        if Donation.objects.exists():
            self.stdout.write("load_demo: already there")
            return
        with transaction.atomic():
            self.load(people, dates.today())
        self.stdout.write(f"load_demo: {Donation.objects.count()} gifts")

    def password(self) -> str:
        path = Path(settings.HEBI_VAR) / "demo-password"
        if not path.exists():
            raise CommandError("the demonstration's password is not there: start with bin/run")
        return path.read_text().strip()

    def load(self, people: dict[str, User], today: date) -> None:
        Organisation.objects.get_or_create(pk=1, defaults={"name": "鹤壁市慈善总会", "books_from": BOOKS_FROM})
        open_books(BOOKS_FROM)
        funds = gifts.make_funds()
        maker = gifts.GiftMaker([people["clerk"], people["clerk2"]], funds, seed=2022)
        for campaign, count in zip(gifts.make_campaigns(funds), (60, 90), strict=True):
            made = maker.days(campaign.starts_on, campaign.ends_on, count, campaign=campaign)
            made += maker.days(campaign.starts_on.replace(month=8, day=1), campaign.starts_on.replace(day=1), 30)
            gifts.review_all(made, by=people["accountant"])
        month = dates.month_start(today)
        before = dates.previous_month(month)
        self.close_before(before, people)
        recent = maker.days(before, dates.month_end(before), 60) + maker.days(month, today, 40)
        gifts.review_all(recent, by=people["accountant"])
        gifts.leave_work(maker, today, clerk=people["clerk"], accountant=people["accountant"])

    def close_before(self, month: date, people: dict[str, User]) -> None:
        for period in Period.objects.filter(month__lt=month).order_by("month"):
            submit_period(period, by=people["accountant"], today=month)
            confirm_period(period, by=people["approver"])
