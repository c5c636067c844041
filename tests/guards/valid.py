"""A row of each model that the database takes, to be spoilt by one rule at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count

from django.db.models import Model

from donations.models import Campaign, DailySummary, Donation, Donor, Fund, IncomeKind, PlatformOrder, Reversal
from hebi_charity.accounts.models import IncompatibleRoles, Role, RoleAssignment, User, WrittenDecision
from hebi_charity.audit.models import DaySeal, Entry
from hebi_charity.files.models import Attachment, Use
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.jobs.models import Job, ScheduledWork
from hebi_charity.office.models import FormKey, NumberSeries, Organisation, Period
from hebi_charity.reports.models import Paper, Report
from tests.donations.factories import FundFactory, UserFactory, registered_gift, reviewed_gift, set_up_office
from tests.donations.pools import registered_pool

DAY = date(2022, 9, 5)
SHA256 = "0" * 64
_numbers = count(1)


def _gift() -> object:
    set_up_office()
    return registered_gift()


def _reviewed_gift() -> object:
    set_up_office()
    return reviewed_gift()


def _file() -> Attachment:
    return Attachment.objects.create(sha256=SHA256, size=1, content_type="text/plain", name="表.txt")


def _import() -> Import:
    return Import.objects.create(**VALID[Import]())


def _being_checked() -> Import:
    imported = _import()
    Import.objects.filter(pk=imported.pk).update(state=Import.State.CHECKING)
    return imported


def _pool() -> object:
    set_up_office()
    return registered_pool()


def _document() -> dict[str, object]:
    """A gift as its columns, under another number."""
    gift = _gift()
    names = {column.attname for column in gift._meta.concrete_fields} - {"id", "recorded_at", "name_key"}
    return {name: getattr(gift, name) for name in names} | {"donation_no": "捐1", "query_code": "ZZZZZZ"}


VALID: dict[type[Model], Callable[[], dict[str, object]]] = {
    IncompatibleRoles: lambda: {
        "first": Role.objects.get(code="donation_clerk"),
        "second": Role.objects.create(**VALID[Role]()),
        "reason": "x",
    },
    Role: lambda: {"code": f"role{next(_numbers)}", "name": "x", "side": "charity", "position": 9, "idle_minutes": 30},
    RoleAssignment: lambda: {"user": UserFactory(), "role": Role.objects.get(code="auditor")},
    User: lambda: {"username": f"valid{next(_numbers)}", "full_name": "测试"},
    WrittenDecision: lambda: {
        "number": f"决{next(_numbers)}",
        "decided_on": DAY,
        "signed_by_name": "赵负责",
        "reason": "人手不足",
        "recorded_by": UserFactory(),
    },
    Entry: lambda: {"act": "x.done"},
    DaySeal: lambda: {"day": DAY, "count": 0, "digest": SHA256, "seal": SHA256},
    Attachment: lambda: {"sha256": SHA256, "size": 1, "content_type": "text/plain", "name": "表.txt"},
    Use: lambda: {"attachment": _file(), "owner_type": "donations.donation", "owner_id": 1, "purpose": "voucher"},
    Import: lambda: {
        "import_no": f"导{next(_numbers)}",
        "target": "donations",
        "file": _file(),
        "file_sha256": SHA256,
        "recorded_by": UserFactory(),
        "recorded_on": DAY,
    },
    StagedRow: lambda: (
        {"of_import": _being_checked(), "row_no": 1, "verdict": "new", "shape": "gift", "amount": 1}
        | {"received_on": DAY}
    ),
    Job: lambda: {"kind": "x", "title": "x"},
    ScheduledWork: lambda: {"kind": "x", "period": "2022-09", "job": Job.objects.create(kind="x", title="x")},
    FormKey: lambda: {"key": f"{next(_numbers):032x}", "form": "x", "digest": SHA256, "used_by": UserFactory()},
    NumberSeries: lambda: {"kind": "x", "year": 2022, "last": 1},
    Organisation: lambda: {"name": "某市慈善总会", "books_from": date(2022, 1, 1)},
    Period: lambda: {"month": date(2022, 1, 1)},
    Report: lambda: {
        "report_no": f"报{next(_numbers)}",
        "kind": "monthly",
        "period_on": date(2022, 9, 1),
        "version": 1,
        "facts": {},
        "facts_digest": SHA256,
        "is_final": True,
        "check_code": f"{next(_numbers):06d}",
        "pdf": _file(),
        "pdf_sha256": SHA256,
        "made_by": UserFactory(),
        "made_at": "2022-10-08T00:00:00Z",
        "job": Job.objects.create(kind="x", title="x"),
    },
    Paper: lambda: {
        "kind": "x",
        "title": "x",
        "subject_type": "x",
        "subject_id": 1,
        "version": 1,
        "facts": {},
        "facts_digest": SHA256,
        "pdf": _file(),
        "pdf_sha256": SHA256,
        "made_by": UserFactory(),
        "made_at": "2022-10-08T00:00:00Z",
        "seal": SHA256,
        "job": Job.objects.create(kind="x", title="x"),
    },
    Campaign: lambda: {"name": f"活动{next(_numbers)}", "starts_on": DAY, "fund": FundFactory()},
    DailySummary: lambda: {
        "basis": "booked",
        "day": DAY,
        "kind": IncomeKind.objects.get(code="donation"),
        "channel": "cash",
        "fund": FundFactory(),
    },
    Donation: _document,
    Donor: lambda: {"kind": "person", "name": "李霞", "name_key": "李霞", "sort_key": "li xia", "initials": "lx"},
    Fund: lambda: {
        "code": f"V{next(_numbers)}",
        "name": f"资金{next(_numbers)}",
        "restriction": "unrestricted",
        "purpose": "poverty",
    },
    IncomeKind: lambda: {"code": f"kind{next(_numbers)}", "name": f"类别{next(_numbers)}", "position": 9},
    PlatformOrder: lambda: (
        {"donation": _pool(), "row_no": 90, "channel": "pos", "order_no": f"N{next(_numbers)}"}
        | {"amount": 1, "donated_on": DAY}
    ),
    Reversal: lambda: (
        {"reversal_no": f"冲{next(_numbers)}", "donation": _reviewed_gift(), "reason": "重复"}
        | {"recorded_by": UserFactory()}
    ),
}
