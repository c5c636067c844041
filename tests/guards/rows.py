"""At least one row that binds in every guarded table, made as the services make them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from donations.models import Campaign, Donation, Reversal
from donations.services.registering import return_donation, void_donation
from donations.services.reversing import approve_reversal, refuse_reversal, request_reversal
from hebi_charity.accounts.models import Role
from hebi_charity.accounts.services import end_role, grant_role, record_decision
from hebi_charity.audit.day_seals import seal_day
from hebi_charity.core.dates import today
from hebi_charity.core.registry import PaperSubject
from hebi_charity.files import services as files
from hebi_charity.jobs.running import run_job
from hebi_charity.office.models import Period
from hebi_charity.office.services.dated_settings import record_setting
from hebi_charity.office.services.periods import confirm_period, submit_period
from hebi_charity.reports import services as reports
from hebi_charity.reports.papers.services import ask_for_paper
from partybranch.models import LifeEvent
from partybranch.services import records
from partybranch.services.belonging import transfer_out
from partybranch.services.branches import withdraw_body, withdraw_branch
from partybranch.services.events import call_off
from partybranch.services.filing import add_addendum, file_event
from partybranch.services.make_ups import withdraw_make_up
from partybranch.services.observers import withdraw_observer
from partybranch.services.votes import withdraw_vote
from tests.donations import staff
from tests.donations.factories import CampaignFactory, UserFactory, registered_gift, reviewed_gift, set_up_office
from tests.donations.pools import registered_pool, reviewed_pool
from tests.imports.factories import merged_pool
from tests.partybranch import factories as party
from tests.partybranch.attend import factories as attend
from tests.partybranch.exams import factories as exams
from tests.partybranch.files import rolls
from tests.partybranch.glance import factories as glance
from tests.partybranch.honours import factories as honours
from tests.partybranch.record import factories as record
from tests.partybranch.study import factories as study
from tests.partybranch.votes import factories as votes

JANUARY = date(2022, 1, 1)


@dataclass(frozen=True)
class Rows:
    """What the attempts aim at."""

    reviewed: Donation
    pending: Donation
    registered: Donation
    returned: Donation
    other_registered: Donation
    pool: Donation
    open_pool: Donation
    requested: Reversal
    approved: Reversal
    campaign: Campaign


def make_rows() -> Rows:
    set_up_office(JANUARY)
    close(JANUARY)
    campaign = CampaignFactory()
    reviewed = reviewed_gift(campaign=campaign)
    refuse_reversal(ask_for_reversal(reviewed), by=UserFactory(), reason="不重复")
    void_donation(registered_gift(), by=UserFactory(), reason="登记重复")
    rows = Rows(
        reviewed=reviewed,
        pending=reviewed_gift(channel="cheque", arrival="pending"),
        registered=registered_gift(campaign=campaign),
        returned=return_donation(registered_gift(), by=UserFactory(), reason="金额有误"),
        other_registered=registered_gift(),
        pool=reviewed_pool(),
        open_pool=registered_pool(),
        requested=ask_for_reversal(reviewed_gift()),
        approved=approve_reversal(ask_for_reversal(reviewed_gift()), by=UserFactory()),
        campaign=campaign,
    )
    approve_reversal(ask_for_reversal(reviewed_pool("7.00")), by=UserFactory())
    merged_pool()
    make_rows_of_the_small_apps(reviewed)
    make_rows_of_the_branch()
    return rows


def make_rows_of_the_small_apps(gift: Donation) -> None:
    someone = UserFactory()
    decision = record_decision(
        by=someone, number="鹤慈决〔2022〕1号", decided_on=JANUARY, signed_by_name="赵负责", reason="人手不足"
    )
    end_role(grant_role(someone, Role.objects.get(code="donation_clerk"), by=someone, decision=decision), by=someone)
    files.store(b"%PDF-1.7\n%%EOF\n", name="凭证.pdf", by=someone, owner=gift)
    record_setting("donations.consent", valid_from=JANUARY, value="您同意公示吗？", legal_basis="决定", by=someone)
    seal_day(today() - timedelta(days=3))
    report = reports.make_report("monthly", JANUARY, by=someone)
    reports.check_report(report, by=UserFactory())
    reports.issue_report(report, by=UserFactory())


def make_rows_of_the_branch() -> None:
    """Of each table a row that holds, one that has ended where rows end, and one that was withdrawn."""
    branch = party.a_branch()
    withdraw_body(party.a_body(branch, name="登记错的小组"), by=UserFactory(), reason="没有这个小组")
    withdraw_branch(party.a_branch(), by=UserFactory(), reason="重复登记")
    person, other = party.member(), party.member(name="李四")
    party.stage(other, "suspended", date(2020, 1, 1))
    party.withdraw(other.stage_changes.get(stage="suspended"))
    for row in (party.circumstance(other), party.term(other, "deputy"), party.standing(other)):
        party.withdraw(row)
    party.withdraw(other.memberships.get())
    for row in (party.circumstance(person), party.term(person)):
        records.end_row(row, by=UserFactory(), day=date(2021, 1, 1))
    party.circumstance(person, "exempt", reason="行动不便")
    party.term(person, "publicity")
    party.standing(person)
    noticed, cancelled = (party.noticed_event(topic=topic) for topic in ("主题党日", "取消的会"))
    party.attend(noticed, person, "leave", "住院")
    printed = ask_for_paper(
        "partybranch.sign_in_sheet", PaperSubject(noticed), by=staff.person("branch_secretary"), form_key=uuid4()
    )
    run_job(printed.pk)
    call_off(cancelled, by=UserFactory(), reason="改期")
    party.an_event()
    study.make_rows(person)
    make_record(noticed)
    make_votes()
    make_beside_list()
    glance.make_rows()
    exams.rows_that_bind()
    honours.rows_that_bind(person)
    rolls.taken_in(rolls.table(rolls.line()), by=staff.person("branch_secretary"))
    transfer_out(party.member(name="王五"), by=UserFactory(), day=date(2021, 1, 1), went_to="某社区党支部")


def make_record(noticed: LifeEvent) -> None:
    """A filed event with minutes, a picture and an addendum; an open one with a picture that was taken away."""
    ready = record.ready_event(topic="归档的会")
    record.a_picture_of(ready)
    add_addendum(file_event(ready, by=UserFactory()), by=UserFactory(), text="补充", form_key=uuid4())
    record.a_picture_of(noticed, is_removed=True)


def make_beside_list() -> None:
    """Observers and make-ups, one that stands and one that was withdrawn."""
    event = attend.a_missed_event(topic="缺席的会")
    attend.an_observer(event)
    withdraw_observer(attend.an_observer(event, guest="贺讲师"), by=UserFactory(), reason="没有来")
    withdraw_make_up(attend.a_make_up(event), by=UserFactory(), reason="登记错了人")
    attend.a_make_up(event)


def make_votes() -> None:
    """A resolution that stands, one that was withdrawn, and an election."""
    event = party.noticed_event(kind="general", topic="支部党员大会")
    voter = event.attendance.filter(has_vote=True, is_exempt=False).first().person
    party.attend(event, voter)
    counted_out = "上级党组织批准"
    votes.a_vote(event)
    votes.a_vote(event, [(voter, 1, 0, 0)], kind="election", counted_out_basis=counted_out)
    withdraw_vote(votes.a_vote(event), by=UserFactory(), reason="票数填错")
    votes.a_rule(valid_from=date(2025, 1, 1))


def ask_for_reversal(gift: Donation) -> Reversal:
    return request_reversal(gift, by=UserFactory(), reason="重复")


def close(month: date) -> None:
    period = Period.objects.get(month=month)
    confirm_period(submit_period(period, by=UserFactory(), today=date(2026, 11, 24)), by=UserFactory())
