"""Typed registries: how an app offers something to an app below it, without an import against the arrows.

Each registry is filled in `AppConfig.ready()`. An app that is not installed is simply absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, TypeVar

from hebi_charity.core.money import format_yuan

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AbstractBaseUser
    from django.db.models import Model

Item = TypeVar("Item")


class Registry(Generic[Item]):
    """Named items in a fixed order. Registering a key twice is a programming error."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, tuple[int, Item]] = {}

    def register(self, key: str, item: Item, *, order: int = 100) -> Item:
        """Add an item; `order` places it (smaller first). Raises ValueError for a key that is taken."""
        if key in self._items:
            raise ValueError(f"{self.name}: {key} is registered twice")
        self._items[key] = (order, item)
        return item

    def get(self, key: str) -> Item | None:
        """The item of this key, or None when no installed app offers it."""
        found = self._items.get(key)
        return found[1] if found else None

    def keys(self) -> list[str]:
        return [key for key, _ in self.items()]

    def items(self) -> list[tuple[str, Item]]:
        ordered = sorted(self._items.items(), key=lambda pair: (pair[1][0], pair[0]))
        return [(key, item) for key, (_, item) in ordered]

    def __iter__(self) -> Iterator[Item]:
        return iter([item for _, item in self.items()])


@dataclass(frozen=True)
class MenuEntry:
    """One line of the left menu: shown to those who hold the permission."""

    label: str
    url_name: str
    permission: str = ""
    icon: str = ""
    group: str = ""
    phone: bool = False  # also in the bottom bar of a phone


@dataclass(frozen=True)
class WorkItem:
    """Something that waits for a person: a sentence, how many, and where to do it."""

    label: str
    count: int
    url: str
    overdue: bool = False


# So many answers of one kind are shown; an app gives one more where there are more.
SEARCH_HITS = 25


@dataclass(frozen=True)
class SearchHit:
    """One answer of the search over everything."""

    title: str
    detail: str
    url: str
    kind: str


@dataclass(frozen=True)
class Difference:
    """One thing that does not agree in the books: which record, and what differs, as a Chinese sentence."""

    check: str
    record: str
    sentence: str


@dataclass(frozen=True)
class FileChoosing:
    """Who may keep files for a kind of record before they belong to one, and the side of the log they stand on."""

    may: Callable[[AbstractBaseUser], bool]
    side: str = "charity"


@dataclass(frozen=True)
class StartFigure:
    """A figure of the start page with the list behind it; `value` is formatted already."""

    label: str
    value: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class StartChart:
    """A chart of the start page and the table behind it: labels (days) and values (yuan or counts)."""

    title: str
    unit: str
    labels: list[str]
    values: list[str]
    url: str = ""


@dataclass(frozen=True)
class StartPanel:
    """What one app shows on the start page to one person."""

    figures: list[StartFigure] = field(default_factory=list)
    chart: StartChart | None = None
    first_steps: list[tuple[str, str]] = field(default_factory=list)  # (sentence, url) while nothing is there
    news: list[SearchHit] = field(default_factory=list)  # what is new, newest first, a handful
    guide: list[tuple[str, str]] = field(default_factory=list)  # (what one does here, url or "")


@dataclass(frozen=True)
class ReportBuilder:
    """How a kind of report is built: `facts(period)` gives a frozen dataclass, `template` and `css` print it."""

    title: str
    permission: str
    facts: Callable[[date], object]
    template: str
    css: str = "pdf/report.css"


@dataclass(frozen=True)
class PaperSubject:
    """What a paper is about: `row` of the builder's model, None where it names none; `key` says more (a year)."""

    row: Model | None = None
    key: str = ""


@dataclass(frozen=True)
class PaperBuilder:
    """How a paper beside the monthly report is made: a roster, a sign-in sheet, a book.

    HOW TO ADD A PAPER. Register one of these in your app's registrations (`Room.more`), keyed "app.paper":

        paper_builders.register("partybranch.exam_sheet", PaperBuilder(
            title=_("Oral exam sheet"), permission="partybranch.view_person", model="partybranch.exam",
            facts=exam_sheet.facts, template="partybranch/papers/exam_sheet.html", side="party",
        ))

    and put the button on the record's page:

        {% load papers %} … {% paper_button "partybranch.exam_sheet" exam %}

    The rest is there: the form's one-time key, the job and its progress page, facts of one moment, the PDF made once
    and kept privately, the list 资料, the log on the right side, and that nobody without `permission` sees its title,
    its file or the title of its job (who looks after the system sees that something is being printed, no more).

    - `facts(subject)` gives a frozen dataclass of plain values: text, whole numbers, Decimal, days, tuples, further
      frozen dataclasses; no float, no time of day (write it as text), no row, no moment of building. Same facts, same
      digest: then the paper that is there is handed out again. It raises `reports.papers.PaperRefused` with a full
      sentence when the paper cannot be made; who asked reads it on the progress page.
    - `template` extends "reports/made_paper.html" (block content) and has `facts` and `issue` (organisation, title,
      who made it, when, which printing). Watermark of the demonstration, footer and page numbers are in there.
      `css` below static/ begins with `@import url("papers.css")` where a paper needs rules of its own.
    - Pictures: a dataclass `reports.papers.Picture` anywhere in the facts, `<img src="picture:{{ picture.sha256 }}">`
      in the template. They are made small one by one, and counted as progress.
    - `model` is the kind of record ("app.model"; it has `visible_to`), "" for none. `keys` is the pattern of a key
      beside it, such as r"[0-9]{4}" for a year: `{% paper_button "partybranch.ledger" branch key="2022" %}`.
    - `label(subject)` says what it is about; it stands after `title` in the paper's title and file name.
    - `side` is the side of the log.
    - `begins_at` names the page with its button, for the list 资料; "" for a paper of many records, each with its own.
    """

    title: str
    permission: str
    facts: Callable[[PaperSubject], object]
    template: str
    css: str = "pdf/papers.css"
    model: str = ""
    keys: str = ""
    label: Callable[[PaperSubject], str] = lambda subject: subject.key
    side: str = "charity"
    begins_at: str = ""


WorkSource = Callable[["AbstractBaseUser"], list[WorkItem]]
SearchSource = Callable[["AbstractBaseUser", str], list[SearchHit]]
StartSource = Callable[["AbstractBaseUser"], StartPanel]
BookCheck = Callable[[], Iterable[Difference]]
Access = Callable[["AbstractBaseUser", "Model"], bool]

navigation: Registry[MenuEntry] = Registry("navigation")
work_sources: Registry[WorkSource] = Registry("work")
search_sources: Registry[SearchSource] = Registry("search")
start_sources: Registry[StartSource] = Registry("start page")
book_checks: Registry[BookCheck] = Registry("checks of the books")
file_checks: Registry[BookCheck] = Registry("checks of the books that read every stored file")  # only when asked for
report_builders: Registry[ReportBuilder] = Registry("reports")
paper_builders: Registry[PaperBuilder] = Registry("papers")  # key: "app.paper"
monthly_sections: Registry[Callable[[date], object]] = Registry("sections of the monthly report")
import_targets: Registry[object] = Registry("import targets")
# What a kind of work is called where its own title would say too much.
job_kinds: Registry[str] = Registry("names of background work")
# Who may read what a job of this kind is about, beside having asked for it; key: kind. `(user, job)`.
job_access: Registry[Access] = Registry("who may read about background work")
job_handlers: Registry[Callable[[object], None]] = Registry("background work")
file_access: Registry[Access] = Registry("who may see a file of this owner model")  # key: "app.model"
# What a file waits for that somebody chose in a form and that belongs to no record yet; key: "app.model".
file_choosing: Registry[FileChoosing] = Registry("who may keep files for records of this kind")
# key: "app.model"; without one, acts on a file stand on the charity's side of the log
file_sides: Registry[Callable[[Model], str]] = Registry("on which side of the log a file of this owner stands")
period_close_checks: Registry[Callable[[date], list[str]]] = Registry("what must be done before a month closes")
job_failures: Registry[Callable[[object], None]] = Registry("what to do when background work has failed")  # key: kind
demonstrations: Registry[Callable[[Mapping[str, AbstractBaseUser], date], None]] = Registry(
    "what the demonstration shows of an app"  # called with its people by account and the day; may be called again
)
audit_acts: Registry[str] = Registry("what an act of the log is called on the screen")  # key: act code


@dataclass(frozen=True)
class LoggedField:
    """How the log says something that is no column of the record: its label, and a value in words."""

    label: str
    value: Callable[[object], str] = str


logged_fields: Registry[LoggedField] = Registry("what entries of the log say")  # key: "app.model.name"


@dataclass(frozen=True)
class Schedule:
    """Work that comes round by itself: `period(now)` names the period that is due now, or None.

    A period ("2026-11-24") is done once, however often it is asked for.
    """

    title: str
    period: Callable[[datetime], str | None]


schedules: Registry[Schedule] = Registry("work that comes round")  # key: kind of background work


@dataclass(frozen=True)
class PeriodTotals:
    """What an app promises of a closed month: `compute(month)` gives texts by name, `labels` say them on the page."""

    title: str
    compute: Callable[[date], dict[str, str]]
    labels: dict[str, str]


period_totals: Registry[PeriodTotals] = Registry("what a closed month promises")


@dataclass(frozen=True)
class SettingKind:
    """A dated setting people may record a new value of: `shape` is "text", "number" or "amount" (yuan)."""

    label: str
    help: str
    shape: str = "text"

    def shown(self, value: object) -> str:
        """A recorded value as people read it: 1000000.00 -> 1,000,000.00"""
        if self.shape == "amount":
            return format_yuan(Decimal(str(value)))
        return f"{value:,}" if self.shape == "number" else str(value)


@dataclass(frozen=True)
class FirstStep:
    """What an app asks at the first start: `form()` makes its form class, `save` runs where the office is opened.

    `save(cleaned_data, by=…)` gets what the valid form holds; `says` tells it on the last page, a line each.
    """

    title: str
    lead: str
    form: Callable[[], type]
    save: Callable[..., None]
    says: Callable[[dict], list[str]]


first_steps: Registry[FirstStep] = Registry("what is asked at the first start")  # key: part of the address


setting_kinds: Registry[SettingKind] = Registry("dated settings")  # key: the setting's key
