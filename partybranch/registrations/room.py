"""What one room of the Party branch offers to the apps below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hebi_charity.core import registry, sentences
from hebi_charity.core.guards import binding


@dataclass(frozen=True)
class MenuLine:
    """A line of the branch's menu: `order` places it among all rooms, `phone` puts it in the bottom bar too."""

    label: str
    url_name: str
    icon: str
    order: int
    permission: str = "partybranch.view_person"
    phone: bool = False


@dataclass(frozen=True)
class Room:
    """Members, organisational life, study …: each room names its menu, its words and its binding tables."""

    menu: Mapping[str, MenuLine] = field(default_factory=dict)
    # What the triggers refuse; constraints carry their own sentences.
    refusals: Mapping[str, str] = field(default_factory=dict)
    acts: Mapping[str, str] = field(default_factory=dict)
    # "person.branch": what acts on a person say that is no column of it.
    logged: Mapping[str, registry.LoggedField] = field(default_factory=dict)
    # Names of the models whose rows are guarded, without the app.
    binding: tuple[str, ...] = ()
    # Names of the models whose rows are only ever inserted.
    logs: tuple[str, ...] = ()
    # Called last: what goes to other registries (search, checks of the books, reports …).
    more: Callable[[], None] | None = None

    def register(self, *, group: str) -> None:
        sentences.register(self.refusals)
        for model in self.binding:
            binding(f"partybranch_{model}", kind="document")
        for model in self.logs:
            binding(f"partybranch_{model}", kind="log")
        for key, line in self.menu.items():
            entry = registry.MenuEntry(
                line.label, f"partybranch:{line.url_name}", line.permission, line.icon, group, phone=line.phone
            )
            registry.navigation.register(f"partybranch.{key}", entry, order=300 + line.order)
        for act, words in self.acts.items():
            registry.audit_acts.register(act, words)
        for name, said in self.logged.items():
            registry.logged_fields.register(f"partybranch.{name}", said)
        if self.more:
            self.more()
