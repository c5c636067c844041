"""Who may do what with imports: asked of the targets, for each has its own permissions."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.urls import reverse

from hebi_charity.imports.models import Import
from hebi_charity.imports.services.uploading import GIFTS
from hebi_charity.imports.targets import MONEY, target_named, targets_for


class ForTarget(PermissionRequiredMixin):
    """A page for who may do this on the imports of some target; those of other targets are not found.

    `allowed` is the act: view, load, confirm or undo; of several one is enough.
    """

    allowed: str | tuple[str, ...] = "view"

    def acts(self) -> tuple[str, ...]:
        return (self.allowed,) if isinstance(self.allowed, str) else self.allowed

    def has_permission(self):
        return any(targets_for(self.request.user, act) for act in self.acts())

    def rows(self):
        """The imports on which this person may do it."""
        first, *others = (Import.objects.open_to(self.request.user, act) for act in self.acts())
        for more in others:
            first |= more
        return first


def loadable_by(user) -> list[tuple[str, str]]:
    """What this person may load, as (title, address)."""
    return [
        (
            str(target_named(key).title),
            reverse("imports:create") if key == GIFTS else reverse("imports:create_for", args=[key]),
        )
        for key in targets_for(user, "load")
    ]


def shows_money(user) -> bool:
    """Whether this person sees imports with amounts, so that lists have a column for them."""
    return any(target_named(key).kind == MONEY for key in targets_for(user))
