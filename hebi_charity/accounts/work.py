"""What waits for who manages people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from hebi_charity.accounts.documents import standings
from hebi_charity.accounts.models import User
from hebi_charity.core.registry import WorkItem

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def first_log_ins(user: AbstractBaseUser) -> list[WorkItem]:
    """People whose one-time password ran out before they came: a new slip is needed."""
    if not user.has_perm("accounts.manage_people"):
        return []
    count = User.objects.active().with_expired_slip().count()
    return [WorkItem(_("One-time passwords that ran out unused"), count, f"{reverse('accounts:list')}?who=expired")]


def stuck_documents(user: AbstractBaseUser) -> list[WorkItem]:
    """Kinds of documents that could not go from beginning to end with the present staff."""
    if not (user.has_perm("accounts.manage_people") and user.has_perm("accounts.view_posts")):
        return []
    count = sum(standing.is_stuck for standing in standings())
    return [WorkItem(_("Kinds of documents that would be stuck"), count, reverse("accounts:posts"), overdue=True)]
