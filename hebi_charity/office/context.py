"""What the frame around every page shows. Everything is computed only when a template asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hebi_charity.core.registry import MenuEntry, navigation
from hebi_charity.office.models import Organisation
from hebi_charity.office.sentences import script_sentences


@dataclass(frozen=True)
class MenuLine:
    """A menu entry this person may open, with its address."""

    entry: MenuEntry
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class MenuGroup:
    label: str
    lines: list[MenuLine] = field(default_factory=list)


class Frame:
    """The frame of one request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user = getattr(request, "user", None)

    @property
    def is_demo(self) -> bool:
        return settings.HEBI_MODE == "demo"

    @property
    def is_logged_in(self) -> bool:
        return bool(self.user and self.user.is_authenticated)

    @cached_property
    def organisation_name(self) -> str:
        return Organisation.objects.values_list("name", flat=True).first() or _("Charity federation")

    @cached_property
    def is_large_text(self) -> bool:
        """大字版, as the person chose it; a page covered by the time-out keeps the size its owner reads."""
        person = self.user if self.is_logged_in else getattr(self.request, "locked_user", None)
        return bool(person and person.is_large_text)

    @property
    def idle_seconds(self) -> int:
        """Seconds without a touch after which the page covers itself; 0: never."""
        return getattr(self.request, "idle_seconds", 0)

    @cached_property
    def lines(self) -> list[MenuLine]:
        if not self.is_logged_in:
            return []
        allowed = [(entry, address(entry)) for entry in navigation if self.may(entry)]
        current = self.current_address([url for _entry, url in allowed])
        return [MenuLine(entry, url, url == current) for entry, url in allowed if url]

    @property
    def groups(self) -> list[MenuGroup]:
        """The left menu, groups in the order of their first entry."""
        order = {label: place for place, label in reversed(list(enumerate(str(x.entry.group) for x in self.lines)))}
        by_group = sorted(self.lines, key=lambda line: order[str(line.entry.group)])
        return [MenuGroup(label, list(some)) for label, some in groupby(by_group, lambda line: str(line.entry.group))]

    @property
    def phone_lines(self) -> list[MenuLine]:
        """At most three entries: the bar also holds the start page and the whole menu."""
        return [line for line in self.lines if line.entry.phone][:3]

    @property
    def sentences(self) -> dict[str, str]:
        return script_sentences()

    def may(self, entry: MenuEntry) -> bool:
        return not entry.permission or self.user.has_perm(entry.permission)

    def current_address(self, urls: list[str]) -> str:
        """The longest menu address the present page stands under."""
        path = self.request.path
        under = [url for url in urls if url and (path == url or (url != "/" and path.startswith(url)))]
        return max(under, key=len, default="")


def address(entry: MenuEntry) -> str:
    """The entry's address, or empty while its page does not exist (a test names such entries)."""
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: `frame` in every template rendered with a request."""
    return {"frame": Frame(request)}
