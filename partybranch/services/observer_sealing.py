"""What the seal of a filed event covers of who sat in. Make-ups may come later and bind by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from partybranch.models import Observer
from partybranch.services.sealing import Part, Rows, by_event

_OBSERVER = (
    "id",
    "person_id",
    "guest",
    "unit",
    "recorded_by_id",
    "recorded_at",
    "withdrawn_by_id",
    "withdrawn_at",
    "withdrawal_reason",
)


def _observers(events: Sequence[int]) -> Rows:
    return by_event(Observer.objects.filter(event__in=events).order_by("pk").values_list("event_id", *_OBSERVER))


PARTS = {"observers": Part(_("the observers"), _observers)}
