"""What of the honours waits for the branch's roles: a title that is reviewed or ends within sixty days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from hebi_charity.core import dates
from hebi_charity.core.registry import WorkItem
from partybranch.lists.honours import DUE_SOON
from partybranch.models import Honour

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


def work(user: User) -> list[WorkItem]:
    """Nothing for other roles, and nothing while no honour is due."""
    if not user.has_perm("partybranch.record_membership"):
        return []
    today = dates.today()
    rows = Honour.objects.visible_to(user)
    count = rows.due_by(today + DUE_SOON).count()
    if not count:
        return []
    words = _("Honours to be reviewed, or that end, within sixty days")
    return [WorkItem(words, count, f"{reverse('partybranch:honour_list')}?due=soon", rows.due_by(today).exists())]
