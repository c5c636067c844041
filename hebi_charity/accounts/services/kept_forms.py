"""Typed text survives the idle time-out: kept encrypted in the database, given back once to the same person."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from hebi_charity.accounts.models import KeptForm, User

KEPT_HOURS = 24
LARGEST = 200_000  # characters: a long roster typed by hand fits, a flood does not
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "form_key"})


@transaction.atomic
def keep_form(user: User, *, path: str, data: QueryDict) -> UUID | None:
    """Keep what was typed; None when there is nothing or too much of it."""
    fields = {
        name: values
        for name, values in data.lists()
        if name not in NEVER_KEPT and "password" not in name and any(values)
    }
    content = json.dumps(fields, ensure_ascii=False)
    if not fields or len(content) > LARGEST or len(path) > 500:
        return None
    KeptForm.objects.filter(kept_at__lt=timezone.now() - timedelta(hours=KEPT_HOURS)).delete()
    return KeptForm.objects.create(user=user, path=path, content=content).pk


@transaction.atomic
def give_back(user: User, *, token: UUID, path: str) -> dict[str, list[str]] | None:
    """What this person had typed on this page; gone afterwards. None when it is not theirs, or was given back."""
    kept = KeptForm.objects.select_for_update().filter(pk=token, user=user, path=path).first()
    if kept is None:
        return None
    fields = json.loads(kept.content)
    kept.delete()
    return fields
