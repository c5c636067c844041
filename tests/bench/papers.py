"""Papers: the Party section of the month for many branches as for one, and the yearly ledger beside its bare pages."""

from __future__ import annotations

import hashlib
import io
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import override_settings
from PIL import Image
from weasyprint import HTML

from hebi_charity.accounts.models import Role, User
from hebi_charity.accounts.services import add_person, grant_role
from hebi_charity.files.models import Attachment
from hebi_charity.reports.papers.building import BuiltPaper, Wanted, build
from hebi_charity.reports.papers.issue import issue_of, printed
from hebi_charity.reports.papers.pictures import made_small
from hebi_charity.reports.papers.services import keep_paper
from hebi_charity.reports.rendering import ASSETS, AssetFetcher, render_html, render_pdf, style_sheet
from partybranch.models import Branch, LifeEvent, LifePicture, Minutes
from partybranch.reporting.month import party_month
from tests.bench.databases import new_database, use
from tests.bench.measuring import statements_of
from tests.bench.results import Result
from tests.bench.synthetic_branches import YEAR, Branches, fill

SECTION_RATIO, LEDGER_RATIO, TURNS = 3.0, 1.3, 5
MONTH = date(YEAR, 6, 1)
TEXT = "会议学习了有关文件，与会党员结合自身经历作了发言，并就下一步志愿服务作了安排。" * 12
PHOTOGRAPHS = 9


def run(*, is_quick: bool) -> Iterator[Result]:
    """The section first, on both databases in turn; then the ledger of the only branch."""
    with new_database("hebi_bench_book") as one, new_database("hebi_bench_books") as many:
        use(one)
        fill(one, Branches(1))
        use(many)
        fill(many, Branches(50 if is_quick else 500))
        yield from sections(one, many)
        use(one)
        with own_files():
            yield from ledgers(photographs=2 if is_quick else PHOTOGRAPHS)


def sections(one: str, many: str) -> Iterator[Result]:
    """The section as the report makes it, facts and pages; and the facts alone."""
    whole: dict[str, list[float]] = {one: [], many: []}
    facts: dict[str, list[float]] = {one: [], many: []}
    queries: dict[str, int] = {}
    for turn in range(TURNS + 1):
        for database in (one, many):
            use(database)
            found, seconds = timed(lambda: party_month(MONTH))
            _pages, more = timed(lambda found=found: section_pages(found))
            if turn:  # the first warms up
                facts[database].append(seconds)
                whole[database].append(seconds + more)
            else:
                queries[database] = len(statements_of(lambda: party_month(MONTH), tables=None))
    for name, seconds in (("month: the Party section", whole), ("month: its facts alone", facts)):
        small, large = (statistics.median(seconds[database]) for database in (one, many))
        yield Result(name, large / small, SECTION_RATIO, f"{small * 1000:.0f} → {large * 1000:.0f} ms")
    note = f"{queries[one]} → {queries[many]} queries"
    yield Result("month: the Party section: queries", queries[many] / queries[one], 1.0, note)


def section_pages(section) -> bytes:
    """The pages of this section alone, as they stand in the report."""
    return render_pdf("partybranch/reporting/month.html", None, section=section)


def timed(act: Callable[[], object]) -> tuple[object, float]:
    began = time.perf_counter()
    return act(), time.perf_counter() - began


@contextmanager
def own_files() -> Iterator[None]:
    """Stored files lie in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hebi-bench-") as folder:
        storage = settings.STORAGES["default"] | {"OPTIONS": {"location": folder, "base_url": None}}
        with override_settings(STORAGES=settings.STORAGES | {"default": storage}):
            yield


def ledgers(*, photographs: int) -> Iterator[Result]:
    """A year with minutes, photographs and sheets: what a worker does for it, beside printing its pages alone."""
    branch, by = Branch.objects.get(), secretary()
    count = furnish(branch, by, photographs=photographs)
    _first, cold = timed(lambda: made(branch, by))
    whole, bare = [], []
    for _turn in range(3):
        (built, _paper), seconds = timed(lambda: made(branch, by))
        whole.append(seconds)
        bare.append(bare_seconds(built, by))
    ratio = statistics.median(whole) / statistics.median(bare)
    seconds = f"{statistics.median(bare):.1f} → {statistics.median(whole):.1f} s"
    note = f"{seconds}, {count} pictures; the first time {cold:.1f} s"
    yield Result("ledger: beside its bare pages", ratio, LEDGER_RATIO, note)


def secretary() -> User:
    person = add_person(by=None, username="benchledger", full_name="支部书记")
    grant_role(person, Role.objects.get(code="branch_secretary"), by=None)
    return User.objects.get(pk=person.pk)


def furnish(branch: Branch, by: User, *, photographs: int) -> int:
    """Minutes and pictures for every event of the year, each picture as large as a telephone's. Gives how many."""
    count, picture = 0, photograph()
    for event in LifeEvent.objects.of_year(branch.pk, YEAR):
        Minutes.objects.create(event=event, version=1, outcome="一致同意。", text=TEXT, written_by=by)
        for kind in [LifePicture.Kind.SHEET, LifePicture.Kind.PAGE, *[LifePicture.Kind.PHOTOGRAPH] * photographs]:
            count += 1
            kept = stored(picture + count.to_bytes(4), by)  # what follows a JPEG is no part of the picture
            LifePicture.objects.create(
                event=event, kind=kind, given=kept, attachment=kept, caption="活动现场", added_by=by
            )
    return count


def photograph() -> bytes:
    """Twelve million pixels with something on them."""
    content = io.BytesIO()
    bands = [Image.linear_gradient("L").rotate(angle) for angle in (0, 90, 180)]
    Image.merge("RGB", bands).resize((4000, 3000)).save(content, format="JPEG", quality=88)
    return content.getvalue()


def stored(content: bytes, by: User) -> Attachment:
    """Kept as an upload leaves it, without making it anew: that is not measured here."""
    sha256 = hashlib.sha256(content).hexdigest()
    default_storage.save(Attachment.path_of(sha256), File(io.BytesIO(content)))
    values = {"size": len(content), "content_type": "image/jpeg", "name": "照片.jpg", "stored_by": by}
    return Attachment.objects.create(sha256=sha256, **values)


def made(branch: Branch, by: User) -> tuple[BuiltPaper, object]:
    """What a worker does: facts of one moment, pictures, pages, and what is kept."""
    wanted = Wanted("partybranch.ledger", branch.pk, str(YEAR))
    built = build(wanted, by=by)
    issue = issue_of(built, by=by)
    content = printed(built, wanted.builder, issue)
    with transaction.atomic():
        return built, keep_paper(content, built, issue, wanted, by=by)


def bare_seconds(built: BuiltPaper, by: User) -> float:
    """How long printing takes when page and small pictures lie ready."""
    builder = Wanted("partybranch.ledger").builder
    html = render_html(builder.template, built.facts, issue=issue_of(built, by=by))
    with made_small(built.facts, say=lambda *_: None) as pictures:
        page = HTML(string=html, base_url=f"{ASSETS.as_uri()}/", url_fetcher=AssetFetcher(pictures))
        return timed(lambda: page.write_pdf(stylesheets=[style_sheet(builder.css)]))[1]
