"""Imports in any state, made as the services make them. Files are written by `files`; everybody is invented."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from hebi_charity.accounts.models import User
from hebi_charity.imports.models import Import
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.services import deciding, planning, uploading
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import work_off
from tests.accounts.factories import make_person
from tests.donations.factories import FundFactory, set_up_office
from tests.imports.files import pos_rows, write_xlsx

FIRST_MONTH = date(2020, 1, 1)
REASON = "已与寄来单位核对"  # kept only where something of the file does not agree


def set_up(first_month: date = FIRST_MONTH) -> tuple[User, User]:
    """An office with its books and one fund, a clerk who loads and an accountant who confirms."""
    set_up_office(first_month)
    FundFactory(code="A1")
    return make_person("donation_clerk"), make_person("accountant")


def uploaded(path: Path, *, by: User) -> Import:
    return uploading.upload(BytesIO(path.read_bytes()), name=path.name, by=by, form_key=uuid4())


def plan_for(imported: Import, **changes: object) -> Plan:
    """What the first look proposes, with bank as channel where it found none."""
    plan = planning.proposed_plan(imported)
    return plan.changed(**{"channel": plan.channel or "bank"} | changes)


def checked(path: Path, *, by: User, **changes: object) -> Import:
    imported = uploaded(path, by=by)
    job = work_off(planning.ask_check(imported, plan_for(imported, **changes), by=by))
    assert job.state == Job.State.DONE, job.error
    return Import.objects.get(pk=imported.pk)


def submitted(path: Path, *, by: User, **changes: object) -> Import:
    return deciding.submit(checked(path, by=by, **changes), by=by, reason=REASON)


def merged(path: Path, *, by: User, confirmed_by: User, **changes: object) -> Import:
    imported = submitted(path, by=by, **changes)
    job = work_off(deciding.confirm(imported, by=confirmed_by))
    assert job.state == Job.State.DONE, job.error
    return Import.objects.get(pk=imported.pk)


def merged_pool() -> Import:
    """A pool of five orders, with one rejected line that stays; loaded and confirmed by two people."""
    FundFactory()
    with TemporaryDirectory() as folder:
        path = write_xlsx(Path(folder) / "pos.xlsx", [*pos_rows(), ["制表：测试员", "", "", ""]])
        return merged(path, by=make_person("donation_clerk"), confirmed_by=make_person("accountant"))
