"""Each rule of a table by its name: one valid row, spoilt in one place, is refused by exactly that rule."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from donations.models import Campaign, DailySummary, Donation, Donor, Fund, IncomeKind, PlatformOrder, Reversal
from hebi_charity.accounts.models import IncompatibleRoles, Role, RoleAssignment, User, WrittenDecision
from hebi_charity.audit.models import DaySeal, Entry
from hebi_charity.files.models import Attachment, Use
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.jobs.models import Job, ScheduledWork
from hebi_charity.office.models import FormKey, NumberSeries, Organisation, Period
from hebi_charity.reports.models import Paper, Report
from tests.donations.factories import UserFactory
from tests.guards.valid import DAY, VALID

NOW = timezone.now
PERSON = UserFactory
WRONG_ORDER = {"first": lambda: Role.objects.create(**VALID[Role]()), "second": lambda: Role.objects.first()}
SUBMITTED = {"state": "submitted", "submitted_at": NOW, "digest": "x"}
CONFIRMED = SUBMITTED | {"state": "confirmed", "confirmed_at": NOW, "seal": "x"}

# Rule: the model, and what spoils a valid row of it. Values that can be called are made when they are needed.
SPOILT = {
    "incompatible_roles_have_reason": (IncompatibleRoles, {"reason": ""}),
    "incompatible_roles_in_order": (IncompatibleRoles, WRONG_ORDER),
    "accounts_role_position_check": (Role, {"position": -1}),
    "accounts_role_idle_minutes_check": (Role, {"idle_minutes": -1}),
    "role_idle_minutes_in_reason": (Role, {"idle_minutes": 4}),
    "role_assignment_end_after_grant": (RoleAssignment, {"ended_by": PERSON}),
    "accounts_user_session_epoch_check": (User, {"session_epoch": -1}),
    "user_full_name_not_empty": (User, {"full_name": ""}),
    "user_left_on_when_inactive": (User, {"left_on": DAY}),
    "user_main_account_is_another": (User, {"id": 900_001, "main_account_id": 900_001}),
    "user_one_time_password_is_changed": (User, {"one_time_password_expires_at": NOW}),
    "user_username_lower_case": (User, {"username": "Valid"}),
    "written_decision_is_complete": (WrittenDecision, {"reason": ""}),
    "audit_dayseal_count_check": (DaySeal, {"count": -1}),
    "audit_entry_count_check": (Entry, {"count": -1}),
    "audit_entry_import_row_check": (Entry, {"import_ref": 1, "import_row": -1}),
    "entry_import_row_has_import": (Entry, {"import_row": 1}),
    "entry_object_has_type": (Entry, {"object_id": 1}),
    "entry_side_known": (Entry, {"side": "other"}),
    "entry_view_has_reason": (Entry, {"act": "personal_data.viewed"}),
    "attachment_not_empty": (Attachment, {"size": 0}),
    "attachment_sha256_is_hex": (Attachment, {"sha256": "x" * 64}),
    "import_answer_names_person": (Import, {"answer": "other_gifts", "question": {"code": "x"}}),
    "import_checked_has_digest": (Import, {"state": "checked"}),
    "import_days_in_order": (Import, {"first_day": DAY, "last_day": DAY.replace(day=1)}),
    "import_discarded_has_reason": (Import, {"state": "discarded", "discarded_by": PERSON, "discarded_at": NOW}),
    "import_done_has_time": (Import, CONFIRMED | {"state": "done", "confirmed_by": PERSON}),
    "import_failed_has_reason": (Import, {"state": "failed", "failed_while": "checking"}),
    "import_maker_is_not_checker": (Import, CONFIRMED | {"confirmed_by": "recorded_by"}),
    "import_money_needs_two_people": (Import, {"needs_second_person": False}),
    "import_doubtful_rows_decided": (Import, SUBMITTED | {"undecided": 1}),
    "import_undone_has_reason": (Import, {"undo_reason": "x"}),
    "imports_import_undecided_check": (Import, {"undecided": -1}),
    "import_question_is_answered": (Import, SUBMITTED | {"question": {"code": "x"}}),
    "import_returned_by_another": (
        Import,
        {"state": "returned", "returned_at": NOW, "returned_reason": "x", "returned_by": "recorded_by"},
    ),
    "import_returned_has_reason": (Import, {"state": "returned", "returned_by": PERSON, "returned_at": NOW}),
    "import_sha256_is_hex": (Import, {"file_sha256": "x" * 64}),
    "import_state_matches_people": (Import, CONFIRMED),
    "imports_import_merged_to_check": (Import, {"merged_to": -1}),
    "staged_row_money_or_payload": (StagedRow, {"payload": {"name": "x"}}),
    "staged_row_is_whole_or_rejected": (StagedRow, {"amount": 0}),
    # A comparison with nothing is neither true nor false, and what is not false would pass.
    "staged_row_is_whole_or_rejected: no amount": (StagedRow, {"amount": None}),
    "import_days_in_order: no first day": (Import, {"last_day": DAY}),
    "donation_foreign_amount_matches: no rate": (Donation, {"currency": "USD"}),
    "donation_pool_has_orders: no count": (Donation, {"shape": "pool", "donor_id": None}),
    "job_about_has_type": (Job, {"about_id": 1}),
    "job_failed_has_reason": (Job, {"state": "failed", "finished_at": NOW}),
    "job_finished_has_time": (Job, {"state": "done"}),
    "job_progress_within_total": (Job, {"progress_done": 2, "progress_total": 1}),
    "job_running_has_owner": (Job, {"state": "running"}),
    "jobs_job_attempt_check": (Job, {"attempt": -1}),
    "jobs_job_progress_done_check": (Job, {"progress_done": -1}),
    "jobs_job_started_from_check": (Job, {"started_from": -1}),
    "form_key_result_whole": (FormKey, {"result_id": 1}),
    "number_series_not_negative": (NumberSeries, {"last": -1}),
    "office_numberseries_year_check": (NumberSeries, {"year": -1}),
    "organisation_books_from_first_of_month": (Organisation, {"books_from": DAY}),
    "organisation_only_one": (Organisation, {"id": 2}),
    "period_first_of_month": (Period, {"month": DAY}),
    "period_maker_is_not_checker": (
        Period,
        {"id": 900_001, "state": "closed", "submitted_by": PERSON, "confirmed_by": "submitted_by", "seal": "x"},
    ),
    "period_state_matches_people": (Period, {"state": "closing"}),
    "paper_subject_has_type": (Paper, {"subject_type": ""}),
    "paper_version_from_one": (Paper, {"version": 0}),
    "report_checked_has_time": (Report, {"state": "checked", "checked_by": PERSON}),
    "report_issued_is_final": (
        Report,
        {"state": "issued", "checked_by": PERSON, "checked_at": NOW, "issued_by": PERSON, "issued_at": NOW}
        | {"is_final": False},
    ),
    "report_period_first_of_month": (Report, {"period_on": DAY}),
    "report_replacement_has_reason": (Report, {"version": 2}),
    "report_state_matches_people": (Report, {"state": "checked"}),
    "report_three_people": (Report, {"state": "checked", "checked_by": "made_by", "checked_at": NOW}),
    "campaign_ends_after_start": (Campaign, {"ends_on": DAY.replace(day=1)}),
    "campaign_filing_number_and_date": (Campaign, {"filing_no": "5341"}),
    "donor_has_name": (Donor, {"name": ""}),
    "donor_identifier_has_type": (Donor, {"identifier_hash": "x"}),
    "donor_not_merged_into_itself": (Donor, {"id": 900_001, "merged_into_id": 900_001}),
    "fund_has_code_and_name": (Fund, {"code": ""}),
    "donations_donation_occurrence_check": (Donation, {"occurrence": -1}),
    "donations_donation_person_times_check": (Donation, {"person_times": -1}),
    "donations_donation_printed_times_check": (Donation, {"printed_times": -1}),
    "donations_incomekind_position_check": (IncomeKind, {"position": -1}),
    "donations_platformorder_occurrence_check": (PlatformOrder, {"occurrence": -1}),
    "donations_platformorder_row_no_check": (PlatformOrder, {"row_no": -1}),
    "platform_order_amount_positive": (PlatformOrder, {"amount": 0}),
    "platform_order_one_identity": (PlatformOrder, {"content_key": b"x"}),
    "platform_order_same_day": (PlatformOrder, {"donated_at": NOW}),
    "reversal_has_reason": (Reversal, {"reason": ""}),
    "reversal_maker_is_not_approver": (Reversal, {"approved_by": "recorded_by"}),
    "reversal_state_matches_decision": (Reversal, {"state": "refused"}),
}

# Rules that say nothing more than others do, as long as those are there: what spoils the row, and the others.
IMPLIED = {
    "donations_donation_import_row_check": (Donation, {"import_row": -1}, ["donation_import_and_row"]),
    "donations_donation_order_count_check": (Donation, {"order_count": -1}, ["donation_pool_has_orders"]),
    "files_attachment_size_check": (Attachment, {"size": -1}, ["attachment_not_empty"]),
    "jobs_job_progress_total_check": (Job, {"progress_total": -1}, ["job_progress_within_total"]),
    "office_numberseries_last_check": (NumberSeries, {"last": -1}, ["number_series_not_negative"]),
    "reports_paper_version_check": (Paper, {"version": -1}, ["paper_version_from_one"]),
    "reports_report_version_check": (Report, {"version": -1}, ["report_replacement_has_reason"]),
}

# Rule: the model, and the columns in which a second row is like the first. All other unique columns differ.
TWICE = {
    "audit_dayseal_day_key": (DaySeal, []),
    "incompatible_roles_pair_once": (IncompatibleRoles, ["first", "second"]),
    "accounts_role_code_key": (Role, ["code"]),
    "role_assignment_held_once": (RoleAssignment, ["user", "role"]),
    "accounts_user_username_key": (User, ["username"]),
    "accounts_writtendecision_number_key": (WrittenDecision, ["number"]),
    "use_once": (Use, ["attachment"]),
    "imports_import_import_no_key": (Import, ["import_no"]),
    "jobs_scheduledwork_job_id_key": (ScheduledWork, ["job"]),
    "scheduledwork_once_a_period": (ScheduledWork, []),
    "number_series_kind_year": (NumberSeries, []),
    "office_period_month_key": (Period, []),
    "paper_version_once": (Paper, []),
    "reports_paper_job_id_key": (Paper, ["job"]),
    "report_version_once": (Report, []),
    "reports_report_check_code_key": (Report, ["check_code"]),
    "reports_report_job_id_key": (Report, ["job"]),
    "reports_report_report_no_key": (Report, ["report_no"]),
    "daily_summary_key": (DailySummary, ["fund"]),
    "donor_identifier_unique": (Donor, []),
    "donations_campaign_name_key": (Campaign, ["name"]),
    "donations_fund_code_key": (Fund, ["code"]),
    "donations_fund_name_key": (Fund, ["name"]),
    "donations_incomekind_name_key": (IncomeKind, ["name"]),
    "platform_order_no_once": (PlatformOrder, ["order_no"]),
    "platform_order_content_once": (PlatformOrder, []),
    "donations_reversal_reversal_no_key": (Reversal, ["reversal_no"]),
    "reversal_one_live_per_donation": (Reversal, ["donation"]),
}
# What both rows have, and what the second has otherwise so that nothing but the rule is in its way.
BOTH = {
    "donor_identifier_unique": {"identifier_hash": "x", "identifier_type": "other"},
    "platform_order_content_once": {"order_no": None, "content_key": b"x"},
}
OTHERWISE = {
    "jobs_scheduledwork_job_id_key": {"period": "2022-10"},
    "reports_paper_job_id_key": {"version": 2},
    "reports_report_check_code_key": {"kind": "other"},
    "reports_report_job_id_key": {"kind": "other"},
    "reports_report_report_no_key": {"kind": "other"},
}


def made(values: dict[str, object]) -> dict[str, object]:
    """Values with what can be called called, and names of other columns replaced by those columns' values."""
    found = {name: value() if callable(value) else value for name, value in values.items()}
    return {name: found.get(value, value) if isinstance(value, str) else value for name, value in found.items()}


def refused_by(model, **values) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        model(**values).save(force_insert=True)
    return caught.value.__cause__.diag.constraint_name


@pytest.mark.django_db
@pytest.mark.parametrize("model", VALID, ids=lambda model: model.__name__)
def test_valid_row_is_taken(model):
    with transaction.atomic():
        row = model(**VALID[model]())
        row.save(force_insert=True)
        assert model.objects.filter(pk=row.pk).exists()
        transaction.set_rollback(True)  # a gift would want its parts at the end


@pytest.mark.django_db
@pytest.mark.parametrize("rule", SPOILT)
def test_spoilt_row_is_refused_by(rule):
    model, spoilt = SPOILT[rule]

    assert refused_by(model, **made(VALID[model]() | spoilt)) == rule.partition(":")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("rule", TWICE)
def test_second_row_is_refused_by(rule):
    model, same = TWICE[rule]
    first = VALID[model]() | BOTH.get(rule, {})
    model(**first).save(force_insert=True)

    second = VALID[model]() | BOTH.get(rule, {}) | {name: first[name] for name in same} | OTHERWISE.get(rule, {})

    assert refused_by(model, **second) == rule


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "name"),
    [("donations_donation_donation_no_key", "donation_no"), ("donations_donation_query_code_key", "query_code")],
)
def test_gift_is_called_what_no_other_is(rule, name):
    another = VALID[Donation]()
    gift = Donation.objects.get()

    assert refused_by(Donation, **another | {name: getattr(gift, name)}) == rule


@pytest.mark.parametrize("rule", IMPLIED)
def test_implied_row_is_refused_by_itself(committed_db, superuser, rule):
    model, spoilt, others = IMPLIED[rule]
    table = model._meta.db_table
    superuser(*(f"ALTER TABLE {table} DROP CONSTRAINT {other}" for other in others))

    assert refused_by(model, **VALID[model]() | spoilt) == rule
