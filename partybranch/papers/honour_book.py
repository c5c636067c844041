"""荣誉册: what the house was honoured with, as a book: cover, contents, an honour a page, rankings, press, thanks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from hebi_charity.files.models import PICTURES, Use
from hebi_charity.reports.papers import PaperRefused
from hebi_charity.reports.papers.pictures import FULL, HALF, Picture
from partybranch.lists.quoting import federation_name
from partybranch.models import Honour, LeaderWord, PressReport, Ranking, Thanks
from partybranch.services.registers import SCAN

if TYPE_CHECKING:
    from hebi_charity.core.registry import PaperSubject

SCANS = 2  # of one honour: the plaque and its document


@dataclass(frozen=True)
class HonourPage:
    """One honour: a page, or two with its scans. Days are said as precisely as they are known."""

    title: str
    period: str
    recipient: str
    bodies: tuple[str, ...]
    note: str
    when: str
    is_dated: bool
    level: str
    nature: str
    document: str
    certificate: str
    medium: str
    kept_at: str
    cited_in: tuple[str, ...]
    scans: tuple[Picture, ...]


@dataclass(frozen=True)
class RegisterPage:
    """One line of a register, said in its parts, with its pictures."""

    when: str
    title: str
    said_by: str
    text: str
    detail: str
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class HonourBook:
    federation: str
    honours: tuple[HonourPage, ...]
    rankings: tuple[RegisterPage, ...]
    press: tuple[RegisterPage, ...]
    words: tuple[RegisterPage, ...]
    thanks: tuple[RegisterPage, ...]


def facts(subject: PaperSubject) -> HonourBook:
    """Everything in force, the newest first. Raises PaperRefused while there is no honour."""
    federation = federation_name()
    standing = Honour.objects.with_bodies().prefetch_related("citations").standing()
    honours = list(_in_order(standing))
    if not honours:
        raise PaperRefused(_("No honour is in force yet. Record the first one, then the book can be printed."))
    scans = scans_of(honours, SCANS, FULL)
    press, thanks = (list(_in_order(model.objects.live())) for model in (PressReport, Thanks))
    pages, gifts = scans_of(press, 1, HALF), scans_of(thanks, 1, HALF)
    return HonourBook(
        federation=federation,
        honours=tuple(_honour(one, federation, scans.get(one.pk, ())) for one in honours),
        rankings=tuple(_ranking(one) for one in _in_order(Ranking.objects.live())),
        press=tuple(_press(one, pages.get(one.pk, ())) for one in press),
        words=tuple(_words(one) for one in _in_order(LeaderWord.objects.live())),
        thanks=tuple(_thanks(one, gifts.get(one.pk, ())) for one in thanks),
    )


def _in_order(rows: QuerySet) -> QuerySet:
    return rows.order_by("-listed_on", "-pk")


def scans_of(rows: Iterable[Model], most: int, side: int) -> dict[int, tuple[Picture, ...]]:
    """The newest pictures of each row of one kind, at most so many, each with so many pixels. One query."""
    rows = list(rows)
    if not rows:
        return {}
    uses = Use.objects.filter(
        owner_type=rows[0]._meta.label_lower,
        owner_id__in=[row.pk for row in rows],
        purpose=SCAN,
        attachment__content_type__in=PICTURES,
    )
    found: dict[int, list[Picture]] = {}
    for owner, sha256 in uses.order_by("-pk").values_list("owner_id", "attachment__sha256"):
        pictures = found.setdefault(owner, [])
        if len(pictures) < most:
            pictures.append(Picture(sha256, side=side))
    return {owner: tuple(pictures) for owner, pictures in found.items()}


def _honour(row: Honour, federation: str, scans: tuple[Picture, ...]) -> HonourPage:
    cited = sorted((one for one in row.citations.all() if not one.is_withdrawn()), key=lambda one: one.listed_on)
    return HonourPage(
        title=row.title,
        period=row.period_label,
        recipient=row.recipient(federation),
        bodies=tuple(one.name for one in row.grantors.all()),
        note=row.grantor_note,
        when=row.when(),
        is_dated=row.happened_on is not None,
        level=str(row.get_level_display()),
        nature=str(row.get_nature_display()),
        document=" ".join(filter(None, (row.document_no, row.document_title))),
        certificate=row.certificate_no,
        medium=str(row.get_medium_display()),
        kept_at=row.kept_at,
        cited_in=tuple(f"{one.cited_in}（{one.when()}）" for one in cited),
        scans=scans,
    )


def _ranking(row: Ranking) -> RegisterPage:
    rank = _("rank %(rank)s of %(scope)s") % {"rank": row.rank, "scope": row.scope}
    among = _("of %(count)s") % {"count": row.out_of} if row.out_of else ""
    return RegisterPage(
        row.when(), row.activity, rank + (f"（{among}）" if among else ""), f"{row.metric} {row.result}", row.source
    )


def _press(row: PressReport, pictures: tuple[Picture, ...]) -> RegisterPage:
    detail = "，".join(filter(None, (str(row.get_level_display()), row.author, row.link)))
    return RegisterPage(row.when(), row.title, row.medium, row.text, detail, pictures)


def _words(row: LeaderWord) -> RegisterPage:
    return RegisterPage(row.when(), row.about, f"{row.post}{row.leader}", row.text, row.source)


def _thanks(row: Thanks, pictures: tuple[Picture, ...]) -> RegisterPage:
    return RegisterPage(
        row.when(), row.about, row.from_whom, row.text, f"{row.get_kind_display()} {row.kept_at}".strip(), pictures
    )
