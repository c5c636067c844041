"""Rolls as offices keep them, and their way through the wizard. Every person is invented."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from uuid import uuid4

from openpyxl import Workbook

from hebi_charity.accounts.models import User
from hebi_charity.core.identifiers import resident_check_digit
from hebi_charity.imports.models import Import
from hebi_charity.imports.services import deciding, planning, uploading
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import work_off
from partybranch.importing import roll

HEADER = ["序号", "姓名", "性别", "出生年月", "党员类别", "入党时间", "转正时间", "身份证号", "联系电话", "备注"]
CORRECT = ["申屠建国", "男", "1952.6", "正式党员", "1985.7.1", "1986年7月1日"]


def card(born: str = "19520615", order: str = "001") -> str:
    """A resident identity card of nobody, born on this day."""
    first = f"410611{born}{order}"
    return first + resident_check_digit(first)


def line(*cells: object, number: object = 1) -> list[object]:
    """A line under HEADER; what is not given is empty."""
    given = [number, *(cells or CORRECT)]
    return [*given, *[None] * (len(HEADER) - len(given))]


def workbook(rows: list[list[object]], *, merge: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merge:
        book.active.merge_cells(cells)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def table(*rows: list[object]) -> bytes:
    return workbook([HEADER, *rows])


def uploaded(content: bytes, *, by: User, name: str = "党员名册.xlsx", target: str = roll.KEY) -> Import:
    return uploading.upload(content, name=name, by=by, form_key=uuid4(), target=target)


def checked(content: bytes, *, by: User, starts_on: date | None = None, target: str = roll.KEY, **choices) -> Import:
    imported = uploaded(content, by=by, target=target)
    plan = planning.proposed_plan(imported)
    given = {**plan.choices, **choices} | ({"starts_on": starts_on.isoformat()} if starts_on else {})
    job = work_off(planning.ask_check(imported, plan.changed(choices=given), by=by))
    assert job.state == Job.State.DONE, job.error
    return Import.objects.get(pk=imported.pk)


def taken_in(content: bytes, *, by: User, **wishes) -> Import:
    return finish(checked(content, by=by, **wishes), by=by)


def finish(imported: Import, *, by: User, reason: str = "已核对") -> Import:
    job = work_off(deciding.take_in(imported, by=by, reason=reason))
    assert job.state == Job.State.DONE, job.error
    return Import.objects.get(pk=imported.pk)
