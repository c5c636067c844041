"""Two accounts of one person are one person wherever two or three must act, for the services and for the database."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from donations.models import Donation, Reversal
from donations.services.broken_rules import MakerIsChecker
from donations.services.reversing import approve_reversal, refuse_reversal, request_reversal
from donations.services.reviewing import record_arrival
from hebi_charity.core.sentences import sentence_for
from hebi_charity.office.models import Period
from hebi_charity.office.services.periods import PeriodMakerIsChecker, confirm_period, submit_period
from hebi_charity.reports import services as reports
from hebi_charity.reports.exceptions import NotThreePeople
from hebi_charity.reports.models import Report
from tests.donations.factories import UserFactory, reviewed_gift, set_up_office

pytestmark = pytest.mark.django_db
JANUARY, TODAY = date(2022, 1, 1), date(2026, 11, 24)


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


@pytest.fixture(params=["second account", "main account"])
def one_person(request):
    """An account that acts first, and another account of the same person."""
    main = UserFactory()
    second = UserFactory(main_account=main)
    return (main, second) if request.param == "second account" else (second, main)


def refused(row, **columns) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**columns)
    return sentence_for(caught.value)


def test_reversal_is_decided_by_another_person(one_person):
    first, other = one_person
    reversal = request_reversal(reviewed_gift(), by=first, reason="重复登记")

    with pytest.raises(MakerIsChecker):
        approve_reversal(reversal, by=other)
    with pytest.raises(MakerIsChecker):
        refuse_reversal(reversal, by=other, reason="不重复")
    assert list(Reversal.objects.awaiting_decision_by(other)) == []
    assert list(Reversal.objects.awaiting_decision_by(UserFactory())) == [reversal]
    decided = {"state": "refused", "approved_by": other, "approved_at": timezone.now(), "refusal": "不重复"}
    assert refused(reversal, **decided) == "这张冲销单是您本人申请的，请由其他同事审批。"
    assert approve_reversal(reversal, by=UserFactory()).state == "approved"


def test_arrival_is_recorded_by_another_person(one_person):
    first, other = one_person
    cheque = reviewed_gift(by=first, channel="cheque", arrival="pending")

    with pytest.raises(MakerIsChecker):
        record_arrival(cheque, by=other, received_on=date(2022, 9, 9))
    arrived = {"arrival": "arrived", "received_on": date(2022, 9, 9), "booked_on": date(2022, 9, 9)}
    sentence = "这笔捐赠是您本人登记的，请由出纳或会计登记到账。"
    assert refused(cheque, arrival_by=other, **arrived) == sentence
    assert record_arrival(cheque, by=UserFactory(), received_on=date(2022, 9, 9)).arrival == Donation.Arrival.ARRIVED


def test_month_is_confirmed_by_another_person(one_person):
    first, other = one_person
    period = submit_period(Period.objects.get(month=JANUARY), by=first, today=TODAY)

    with pytest.raises(PeriodMakerIsChecker):
        confirm_period(period, by=other)
    closed = {"state": "closed", "confirmed_by": other, "confirmed_at": timezone.now(), "seal": "0" * 64}
    assert refused(period, **closed) == "这个账期是您本人提交结账的，请由其他同事确认。"
    assert confirm_period(period, by=UserFactory()).state == "closed"


@pytest.fixture
def report():
    """A report by somebody, of a closed month."""
    confirm_period(submit_period(Period.objects.get(month=JANUARY), by=UserFactory(), today=TODAY), by=UserFactory())
    return lambda by: reports.make_report("monthly", JANUARY, by=by)


def test_report_is_checked_by_another_person(one_person, report):
    first, other = one_person
    made = report(first)

    with pytest.raises(NotThreePeople):
        reports.check_report(made, by=other)
    assert list(Report.objects.awaiting_check_by(other)) == []
    assert list(Report.objects.awaiting_check_by(UserFactory())) == [made]
    checked = {"state": "checked", "checked_by": other, "checked_at": timezone.now()}
    assert refused(made, **checked) == "这份报表是您本人编制的，请由其他同事审核。"


@pytest.mark.parametrize("acts_first", ["makes", "checks"])
def test_report_is_issued_by_a_third_person(one_person, report, acts_first):
    first, other = one_person
    maker, checker = (first, UserFactory()) if acts_first == "makes" else (UserFactory(), first)
    checked = reports.check_report(report(maker), by=checker)

    with pytest.raises(NotThreePeople):
        reports.issue_report(checked, by=other)
    assert list(Report.objects.awaiting_issue_by(other)) == []
    assert list(Report.objects.awaiting_issue_by(UserFactory())) == [checked]
    issued = {"state": "issued", "issued_by": other, "issued_at": timezone.now()}
    assert refused(checked, **issued) == "这份报表是您本人编制或审核的，请由第三人签发。"
    assert reports.issue_report(checked, by=UserFactory()).state == "issued"
