"""Work that waits for each of the demonstration's people."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from donations.demo.gifts import GiftMaker, review_all
from donations.demo.papers import drawn_cheque
from donations.models import Donor
from donations.services.registering import register_donation, return_donation
from donations.services.reversing import request_reversal
from hebi_charity.accounts.models import User
from hebi_charity.audit import services as audit
from hebi_charity.files.services import add_papers
from hebi_charity.office.models import Period
from hebi_charity.office.services.periods import confirm_period, submit_period
from hebi_charity.reports.models import Report
from hebi_charity.reports.services import check_report, make_report

CHEQUE_GIVER = "鹿鸣建筑工程有限公司"


def close_months(before: date, people: dict[str, User], *, today: date) -> None:
    """Close every month before this one; the accountant closes, the secretary-general confirms."""
    for period in Period.objects.filter(month__lt=before).order_by("month"):
        submit_period(period, by=people["accountant"], today=today)
        confirm_period(period, by=people["approver"])


def leave_month(month: date, people: dict[str, User], *, today: date) -> None:
    """A month that the accountant has closed and nobody has confirmed yet: it waits for the secretary-general."""
    submit_period(Period.objects.get(month=month), by=people["accountant"], today=today)


def leave_gifts(maker: GiftMaker, people: dict[str, User], *, today: date) -> None:
    """To review, returned, awaited, to decide: something for clerk, accountant, cashier and secretary-general."""
    maker.days(today, today, 6)
    returned = register_donation(maker.entry("周小满", today, campaign=None), by=people["clerk"], form_key=uuid4())
    return_donation(returned, by=people["accountant"], reason="金额与POS小票不一致，请核对后改正")
    cheque = {"channel": "cheque", "arrival": "pending", "received_on": None, "voucher_no": "31402210"}
    awaited = maker.register(CHEQUE_GIVER, today, **cheque)
    add_papers(awaited, [drawn_cheque("31402210")], by=people["clerk"])
    wrong = maker.register("云蒙食品厂", today)
    review_all([awaited, wrong], by=people["accountant"])
    request_reversal(wrong, by=people["clerk"], reason="同一笔捐款登记了两次")


def leave_reports(people: dict[str, User]) -> None:
    """One monthly report that the secretary-general checks, one that the leadership issues. May run again."""
    _report_of(date(2021, 9, 1), people)
    report = _report_of(date(2022, 9, 1), people)
    if report.state == Report.State.MADE:
        check_report(report, by=people["approver"])


def _report_of(month: date, people: dict[str, User]) -> Report:
    made = Report.objects.filter(kind="monthly", period_on=month).first()
    return made or make_report("monthly", month, by=people["accountant"])


def leave_traces(people: dict[str, User]) -> None:
    """Something for the auditor to find: who looked at whose personal data, and why."""
    donor = Donor.objects.filter(name=CHEQUE_GIVER).order_by("-pk").first()
    audit.record_view(people["accountant"], donor, reason="支票未到账，电话联系捐赠单位")
