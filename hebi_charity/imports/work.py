"""What waits for a person among the imports, and what stands against closing a month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from hebi_charity.core.registry import WorkItem
from hebi_charity.imports.models import Import
from hebi_charity.imports.targets import targets_for

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


def waiting(user: User) -> list[WorkItem]:
    """Imports to submit, returned, to confirm and failed."""
    if not targets_for(user):
        return []
    loads, confirms = Import.objects.open_to(user, "load"), Import.objects.open_to(user, "confirm")
    everything = reverse("imports:list")
    lines = (
        (_("Files to check and submit"), loads.to_submit_by(user), "", False),
        (_("Files returned to me"), loads.returned_to(user), "?state=returned", False),
        (_("Files to confirm"), confirms.awaiting_confirmation_by(user), "?state=submitted", False),
        (_("Files stopped by a failure"), loads.failed(), "?state=failed", True),
    )
    items = [
        WorkItem(label, rows.count(), f"{everything}{query}", overdue=overdue) for label, rows, query, overdue in lines
    ]
    return [item for item in items if item.count]


def against_closing(month: date) -> list[str]:
    """A sentence for each import under way whose rows belong to this month or an earlier one."""
    return [
        _("The import %(number)s is being merged. Wait until it is done, or let it go on if it stands still.")
        % {"number": imported.import_no}
        for imported in Import.objects.being_merged().touching_month(month).order_by("pk")
    ]
