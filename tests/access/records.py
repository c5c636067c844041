"""One small world in which every address has a record: made once, and every request on it is undone.

HOW TO ADD A KIND OF RECORD: make one in `World.build`, and name it in `World.record` under the beginning of the
addresses it serves (the longest beginning wins). Where a record belongs to one person, name a colleague's in
`World.colleagues_record` too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from django.utils import timezone
from PIL import Image

from donations.models import Campaign, Donation, Reversal
from donations.services.reversing import request_reversal
from hebi_charity.accounts.models import Role, RoleAssignment, User
from hebi_charity.accounts.role_data import ROLES
from hebi_charity.files import services as files
from hebi_charity.files.models import Attachment
from hebi_charity.imports.models import Import
from hebi_charity.jobs.models import Job
from hebi_charity.office.models import Period
from hebi_charity.reports.models import Paper, Report
from partybranch.models import (
    Body,
    Circumstance,
    Draw,
    Honour,
    IssueList,
    LearningRecord,
    LifeEvent,
    LifePicture,
    MakeUp,
    MaterialLoan,
    Observer,
    PassOnDuty,
    Ranking,
    Requirement,
    StudyPlanItem,
    Vote,
)
from partybranch.services.calendar_addresses import make_address
from partybranch.services.sheet_codes import code_of
from partybranch.services.study_plans import make_personal_plans
from tests.access.branch_records import plant_the_rest
from tests.donations.factories import (
    CampaignFactory,
    UserFactory,
    other_income,
    registered_gift,
    reviewed_gift,
    set_up_office,
)
from tests.donations.pools import registered_pool
from tests.partybranch.attend.factories import a_make_up, an_observer
from tests.partybranch.exams.factories import an_exam, marked
from tests.partybranch.factories import a_body, a_branch, attend, circumstance, member, noticed_event
from tests.partybranch.honours.factories import a_citation, a_dossier, a_ranking, an_honour
from tests.partybranch.record.factories import a_picture_of
from tests.partybranch.study.factories import a_duty, a_plan, an_item, bought, handed_out, lent, stated
from tests.partybranch.votes.factories import a_vote

BRANCH = ("branch_secretary", "organisation_member")
NOBODY = "nobody"  # somebody who is logged in and holds no role
WHO = (*(role.code for role in ROLES), NOBODY)
ABSENT_NUMBERS = (10**12, 10**30)
ABSENT_WORD = "no-such-record"


@dataclass
class World:
    """The people by role, and the records the addresses name."""

    people: dict[str, User] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    pictures: dict[str, Attachment] = field(default_factory=dict)
    colleague: User | None = None
    colleagues_job: Job | None = None
    colleagues_picture: Attachment | None = None
    gift: Donation | None = None
    reversal: Reversal | None = None
    campaign: Campaign | None = None
    interest: Donation | None = None
    pool: Donation | None = None
    month: Period | None = None
    report: Report | None = None
    paper: Paper | None = None
    imported: Import | None = None
    roll: Import | None = None
    circumstance: Circumstance | None = None
    group: Body | None = None
    event: LifeEvent | None = None
    honour: Honour | None = None
    ranking: Ranking | None = None
    life_picture: LifePicture | None = None
    duty: PassOnDuty | None = None
    loan: MaterialLoan | None = None
    issued: IssueList | None = None
    plan_item: StudyPlanItem | None = None
    learning: LearningRecord | None = None
    token: str = ""
    vote: Vote | None = None
    draw: Draw | None = None
    observer: Observer | None = None
    make_up: MakeUp | None = None
    held: RoleAssignment | None = None
    held_by_another: RoleAssignment | None = None

    @classmethod
    def build(cls) -> World:
        """Everything the addresses need; the records were made by a colleague whom nobody here is."""
        world = cls()
        set_up_office(date(2022, 9, 1))
        clerk_role = Role.objects.get(code="donation_clerk")
        for code in WHO:
            person = UserFactory()
            if code != NOBODY:
                RoleAssignment.objects.create(user=person, role=Role.objects.get(code=code))
            world.people[code] = person
            world.jobs[code] = make_job(person)
            world.pictures[code] = make_picture(person)
        world.colleague = UserFactory()
        world.held = RoleAssignment.objects.create(user=world.colleague, role=clerk_role)
        world.held_by_another = RoleAssignment.objects.create(user=UserFactory(), role=clerk_role)
        world.colleagues_job, world.colleagues_picture = make_job(world.colleague), make_picture(world.colleague)
        world.gift = registered_gift(by=world.colleague)
        world.reversal = request_reversal(reviewed_gift(by=world.colleague), by=world.colleague, reason="重复登记")
        world.pool = registered_pool("10.00", by=world.colleague)
        world.interest = other_income(by=world.colleague)
        world.campaign = CampaignFactory()
        world.month = Period.objects.get(month=date(2022, 9, 1))
        world.report = make_report(world.colleague)
        world.imported, world.roll = make_import(world.colleague), make_roll(world.colleague)
        world.group = a_body(a_branch())
        world.circumstance = circumstance(member(by=world.colleague))
        world.event = noticed_event()
        world.honour, world.ranking = an_honour(by=world.colleague), a_ranking(by=world.colleague)
        a_dossier(world.honour, evidence=[world.ranking]), a_citation(world.honour)
        world.life_picture = a_picture_of(world.event)
        world.duty = a_duty(world.circumstance.person)
        world.loan = lent(bought().material, world.circumstance.person)
        world.issued = handed_out(world.loan.material, world.circumstance.person)
        world.plan_item = an_item(a_plan())
        make_personal_plans(world.plan_item.plan, by=world.colleague)
        world.learning = stated(world.circumstance.person, by=world.colleague)
        world.token = make_address(by=world.people["branch_secretary"])
        world.draw = marked(an_exam())
        world.paper = make_paper(world.event, world.colleague)
        voted = noticed_event(kind="general", topic="支部党员大会")
        attend(voted, voted.attendance.first().person)
        world.vote = a_vote(voted)
        world.observer = an_observer(world.event)
        world.make_up = a_make_up()
        plant_the_rest(world.circumstance.person, world.roll)
        return world

    def record(self, name: str, who: str) -> dict[str, object]:
        """The record at this address that the person may see."""
        person = self.colleague.pk
        return by_longest_beginning(
            name,
            {
                "accounts:": {"pk": person},
                "accounts:end_role": {"pk": person, "assignment": self.held.pk},
                "accounts:first_start_step": {"step": "organisation"},
                "donations:": {"pk": self.gift.pk},
                "donations:donor_": {"pk": self.gift.donor_id},
                "donations:fund_": {"pk": self.campaign.fund_id},
                "donations:campaign_": {"pk": self.campaign.pk},
                "donations:kind_": {"code": "interest"},
                "donations:order_": {"pk": self.pool.pk},
                "donations:income_": {"pk": self.interest.pk},
                "donations:reversal_decide": {"pk": self.reversal.pk},
                "files:": {"pk": self.pictures[who].pk},
                "imports:": {"pk": (self.roll if who in BRANCH else self.imported).pk},
                "imports:create_for": {"target": "partybranch-roll" if who in BRANCH else "donations"},
                "imports:template": {"target": "partybranch-roll" if who in BRANCH else "donations"},
                "jobs:": {"pk": self.jobs[who].pk},
                "office:month": {"pk": self.month.pk},
                "office:setting": {"key": "donations.publicity_sentence"},
                "partybranch:person_": {"pk": self.circumstance.person_id},
                "partybranch:row_": {"kind": "circumstances", "pk": self.circumstance.pk},
                "partybranch:branch_": {"pk": self.group.branch_id},
                "partybranch:body_": {"pk": self.group.branch_id},
                "partybranch:life_": {"pk": self.event.pk},
                "partybranch:honour_": {"pk": self.honour.pk},
                "partybranch:dossier_": {"pk": self.honour.dossiers.get().pk},
                "partybranch:citation_": {"pk": self.honour.citations.get().pk},
                "partybranch:register_": {"kind": "rankings", "pk": self.ranking.pk},
                "partybranch:register_list": {"kind": "rankings"},
                "partybranch:register_create": {"kind": "rankings"},
                "partybranch:register_export": {"kind": "rankings"},
                "partybranch:picture_": {"pk": self.life_picture.pk},
                "partybranch:exam_": {"pk": self.draw.exam_id},
                "partybranch:exam_create": {"pk": self.group.branch_id},
                "partybranch:result_": {"pk": self.draw.exam.results.get().pk},
                "partybranch:draw_": {"pk": self.draw.pk},
                "partybranch:bank_": {"pk": self.draw.question.bank_id},
                "partybranch:question_": {"pk": self.draw.question_id},
                "partybranch:life_create": {"pk": self.group.branch_id},
                "partybranch:life_past": {"pk": self.group.branch_id},
                "partybranch:vote_": {"pk": self.event.pk},
                "partybranch:vote_create": {"pk": self.event.pk, "kind": "ordinary"},
                "partybranch:vote_withdraw": {"pk": self.vote.pk},
                "partybranch:observer_": {"pk": self.event.pk},
                "partybranch:observer_withdraw": {"pk": self.observer.pk},
                "partybranch:make_up_": {"pk": self.event.pk},
                "partybranch:make_up_withdraw": {"pk": self.make_up.pk},
                "partybranch:sheet_": {"code": code_of(self.event)},
                "partybranch:body_dissolve": {"pk": self.group.pk},
                "partybranch:body_withdraw": {"pk": self.group.pk},
                "partybranch:self_study": {"pk": self.group.branch_id},
                "partybranch:course": {"pk": self.group.branch_id},
                "partybranch:lecture": {"pk": self.group.branch_id},
                "partybranch:plan_create": {"pk": self.group.branch_id},
                "partybranch:stock_": {"pk": self.group.branch_id},
                "partybranch:study_plan": {"pk": self.plan_item.plan_id},
                "partybranch:plan_item_": {"pk": self.plan_item.pk},
                "partybranch:personal_plan_": {"pk": self.plan_item.plan.personal_plans.earliest("pk").pk},
                "partybranch:material": {"pk": self.loan.material_id},
                "partybranch:purchase_": {"pk": self.loan.material.purchases.get().pk},
                "partybranch:issue_list": {"pk": self.issued.pk},
                "partybranch:issue_line_": {"pk": self.issued.lines.get().pk},
                "partybranch:loan_": {"pk": self.loan.pk},
                "partybranch:learning_": {"pk": self.learning.pk},
                "partybranch:study_occasion": {"pk": self.duty.occasion_id},
                "partybranch:duty_": {"pk": self.duty.pk},
                "partybranch:feed": {"token": self.token},
                "partybranch:requirement_": {"pk": Requirement.objects.earliest("pk").pk},
                "reports:": {"pk": self.report.pk},
                "reports:paper": {"pk": self.paper.pk},
                "reports:paper_create": {"kind": "partybranch.sign_in_sheet"},
                "reports:check": {"code": "ABC234"},
            },
        )

    def colleagues_record(self, name: str, who: str) -> dict[str, object]:
        """A record at this address that belongs to a colleague alone, or to the other side of the house."""
        return by_longest_beginning(
            name,
            {
                "accounts:end_role": {"pk": self.colleague.pk, "assignment": self.held_by_another.pk},
                "files:": {"pk": self.colleagues_picture.pk},
                "imports:": {"pk": (self.imported if who in BRANCH else self.roll).pk},
                "imports:create_for": {"target": "donations" if who in BRANCH else "partybranch-roll"},
                "imports:template": {"target": "donations" if who in BRANCH else "partybranch-roll"},
                "jobs:": {"pk": self.colleagues_job.pk},
            },
        )


def by_longest_beginning(name: str, records: dict[str, dict]) -> dict[str, object]:
    found = [beginning for beginning in records if name.startswith(beginning)]
    assert found, f"{name}: no record for this address in tests/access/records.py"
    return records[max(found, key=len)]


def make_job(person: User) -> Job:
    return Job.objects.create(kind="reports.make", title="月报", asked_by=person)


def make_file(person: User) -> Attachment:
    return files.store(f"%PDF-1.7 of {person.pk}".encode(), name="a.pdf", by=person)


def make_picture(person: User) -> Attachment:
    content = BytesIO()
    Image.new("RGB", (8, 8), (person.pk % 256, 0, 0)).save(content, "PNG")
    return files.store(content, name="a.png", by=person)


def make_import(person: User) -> Import:
    """A file that was looked at, without its rows."""
    file = files.store("姓名,金额\n申屠敏,5\n".encode(), name="a.csv", by=person)
    return Import.objects.create(
        import_no="导2022-000001",
        target="donations",
        file=file,
        file_sha256=file.sha256,
        look={"refused": {"code": "header_missing"}, "lines": {}, "sheets": [""], "sheet": ""},
        recorded_by=person,
        recorded_on=date(2022, 9, 5),
    )


def make_paper(event: LifeEvent, person: User) -> Paper:
    return Paper.objects.create(
        kind="partybranch.sign_in_sheet",
        title="签到表",
        subject_type="partybranch.lifeevent",
        subject_id=event.pk,
        version=1,
        facts={},
        facts_digest="0" * 64,
        pdf=make_picture(person),
        pdf_sha256="0" * 64,
        made_by=person,
        made_at=timezone.now(),
        seal="0" * 64,
    )


def make_roll(person: User) -> Import:
    """A roll of the branch that was looked at: nobody else may learn of it."""
    file = files.store("姓名,性别\n申屠敏,男\n".encode(), name="党员名册.csv", by=person)
    return Import.objects.create(
        import_no="党导2022-000001",
        target="partybranch-roll",
        kind=Import.Kind.ENTRIES,
        needs_second_person=False,
        file=file,
        file_sha256=file.sha256,
        look={"refused": {"code": "header_missing_entries"}, "lines": {}, "sheets": [""], "sheet": ""},
        recorded_by=person,
        recorded_on=date(2022, 9, 5),
    )


def make_report(person: User) -> Report:
    """A report without its facts: what its addresses answer does not depend on them."""
    return Report.objects.create(
        report_no="报2022-000001",
        kind="monthly",
        period_on=date(2022, 9, 1),
        version=1,
        facts={},
        facts_digest="0" * 64,
        is_final=True,
        check_code="ABC234",
        pdf=make_file(person),
        pdf_sha256="0" * 64,
        made_by=person,
        made_at=timezone.now(),
    )
