"""What the search over everything finds among imports: the one with exactly this number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hebi_charity.core.registry import SearchHit
from hebi_charity.imports.models import Import

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


def imports(user: User, text: str) -> list[SearchHit]:
    """The import of this number; its file's name and its state tell it."""
    found = Import.objects.visible_to(user).select_related("file").numbered(text)
    if found is None:
        return []
    detail = f"{found.file.name} {found.get_state_display()}"
    return [SearchHit(found.import_no, detail, found.get_absolute_url(), _("Import records"))]
