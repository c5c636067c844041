"""What the reports app offers to the registries. Called once, when the app starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.accounts.documents import DocumentKind, document_kinds
from hebi_charity.core import sentences
from hebi_charity.core.guards import binding
from hebi_charity.core.registry import (
    MenuEntry,
    ReportBuilder,
    WorkItem,
    audit_acts,
    file_access,
    job_access,
    job_handlers,
    job_kinds,
    navigation,
    report_builders,
    work_sources,
)
from hebi_charity.core.registry import book_checks as registered_checks

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


def reports_waiting(user: User) -> list[WorkItem]:
    """Reports that this person may check or issue now."""
    from hebi_charity.reports.models import Report

    found = []
    if user.has_perm("reports.check_report"):
        found.append(
            WorkItem(_("Reports to check"), Report.objects.awaiting_check_by(user).count(), reverse("reports:list"))
        )
    if user.has_perm("reports.issue_report"):
        found.append(
            WorkItem(_("Reports to issue"), Report.objects.awaiting_issue_by(user).count(), reverse("reports:list"))
        )
    return found


REFUSALS = {
    "reports_report_checked_by_another": gettext_lazy("You made this report yourself. A colleague must check it."),
    "reports_report_issued_by_another": gettext_lazy(
        "You made or checked this report yourself. A third person must issue it."
    ),
    "reports_report_replaced_by_later": gettext_lazy(
        "A report is replaced by a later version of the same kind and month only. Make the next version."
    ),
}


def _register_papers(model: type[Model]) -> None:
    """Papers beside the monthly report; which ones there are, the apps above say."""
    from hebi_charity.reports.papers import sealing, services

    binding("reports_paper", kind="log")
    job_handlers.register(services.MAKE, services.make_step)
    # Nothing of what is printed: who looks after the system sees this line of everybody's work.
    job_kinds.register(services.MAKE, gettext_lazy("Printing of a paper"))
    job_access.register(services.MAKE, services.may_read_job)
    file_access.register(
        "reports.paper", lambda user, paper: model.objects.visible_to(user).filter(pk=paper.pk).exists()
    )
    registered_checks.register("reports.papers", sealing.check_papers, order=33)
    audit_acts.register("paper.made", gettext_lazy("printed a paper"))
    audit_acts.register("paper.handed_out", gettext_lazy("was handed the own printing of a paper again"))


def register() -> None:
    from hebi_charity.reports import book_checks, building, services
    from hebi_charity.reports.models import Paper

    _register_papers(Paper)
    sentences.register(REFUSALS)
    binding("reports_report", kind="document")
    report_builders.register(
        building.MONTHLY,
        ReportBuilder(
            title=gettext_lazy("Monthly report"),
            permission="reports.make_report",
            facts=building.monthly_facts,
            template="reports/monthly.html",
        ),
    )
    job_handlers.register(services.MAKE, services.make_step)
    job_kinds.register(services.MAKE, gettext_lazy("Making of a report"))
    navigation.register(
        "reports.list",
        MenuEntry(
            gettext_lazy("Reports"),
            "reports:list",
            permission="reports.view_report",
            icon="report",
            group=gettext_lazy("Books"),
        ),
        order=650,
    )
    work_sources.register("reports.waiting", reports_waiting)
    registered_checks.register("reports.numbers", book_checks.check_numbers, order=30)
    registered_checks.register("reports.reports", book_checks.check_reports, order=31)
    registered_checks.register("reports.life", book_checks.check_life, order=32)
    document_kinds.register(
        "reports.report",
        DocumentKind(
            gettext_lazy("Report"),
            "reports.make_report",
            "reports.check_report",
            "reports.issue_report",
            labels=(gettext_lazy("makes"), gettext_lazy("checks the report"), gettext_lazy("issues")),
        ),
        order=60,
    )
    for act, words in (
        ("report.made", gettext_lazy("made the report")),
        ("report.checked", gettext_lazy("checked the report")),
        ("report.issued", gettext_lazy("issued the report")),
    ):
        audit_acts.register(act, words)
