"""Papers as a worker makes them, and what stands on their pages."""

import io
from uuid import uuid4

from django.db.models import Model
from PIL import Image
from pypdf import PdfReader

from hebi_charity.accounts.models import User
from hebi_charity.core.registry import PaperSubject
from hebi_charity.files import services as files
from hebi_charity.files.models import Attachment
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import run_job
from hebi_charity.reports.models import Paper
from hebi_charity.reports.papers import services
from tests.donations.staff import person


def worked_off(kind: str, row: Model, key: str = "", *, by: User | None = None) -> Job:
    """The job that prints a paper about a record, when it has ended; for a secretary unless `by` says for whom."""
    by = by or person("branch_secretary")
    job = services.ask_for_paper(kind, PaperSubject(row, key), by=by, form_key=uuid4())
    run_job(job.pk)
    job.refresh_from_db()
    return job


def printed(kind: str, row: Model, key: str = "", *, by: User | None = None) -> Paper:
    job = worked_off(kind, row, key, by=by)
    assert job.state == "done", job.error
    return Paper.objects.get(pdf=job.output)


def reader_of(paper: Paper) -> PdfReader:
    with paper.pdf.open() as content:
        return PdfReader(io.BytesIO(content.read()))


def pages_of(paper: Paper) -> list[str]:
    return [page.extract_text() for page in reader_of(paper).pages]


def stored_picture(colour: str, size: tuple[int, int] = (1600, 1200)) -> Attachment:
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, format="JPEG")
    return files.store(content.getvalue(), name="照片.jpg", by=None)
