"""Values that change by law or decision: read as of a day, recorded as a new row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from hebi_charity.core.acts import record_act
from hebi_charity.core.shipped import JSON, first_settings
from hebi_charity.office.models import DatedSetting

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class SettingMissing(Exception):
    """No value of this setting holds on the day asked for."""


def setting_on(key: str, day: date) -> DatedSetting:
    """The setting in force on this day. Raises SettingMissing."""
    found = DatedSetting.objects.in_force(key, day)
    if found is None:
        raise SettingMissing(f"{key} {day}")
    return found


@transaction.atomic
def record_setting(
    key: str, *, valid_from: date, value: JSON, legal_basis: str, by: AbstractBaseUser, side: str = "charity"
) -> DatedSetting:
    """A new value from a day on; earlier rows stay as they were. The act stands on this side of the log."""
    setting = DatedSetting.objects.create(
        key=key, valid_from=valid_from, value=value, legal_basis=legal_basis, recorded_by=by
    )
    changes = {"value": (None, value), "valid_from": (None, valid_from.isoformat())}
    record_act(by, "setting.recorded", setting, changes=changes, reason=legal_basis, side=side)
    return setting


def ship_settings() -> None:
    """The values that come with the code; a key that has any value already is left alone."""
    there = set(DatedSetting.objects.values_list("key", flat=True))
    for key, first in first_settings.items():
        if key not in there:
            DatedSetting.objects.create(
                key=key, valid_from=first.valid_from, value=first.value, legal_basis=first.legal_basis
            )
