"""Values that change by law or decision: read as of a day, recorded as a new row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from hebi_charity.core.acts import record_act
from hebi_charity.office.models import DatedSetting

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    JSON = str | int | float | bool | list | dict | None


class SettingMissing(Exception):
    """No value of this setting holds on the day asked for."""


def setting_on(key: str, day: date) -> DatedSetting:
    """The setting in force on this day. Raises SettingMissing."""
    found = DatedSetting.objects.in_force(key, day)
    if found is None:
        raise SettingMissing(f"{key} {day}")
    return found


@transaction.atomic
def record_setting(key: str, *, valid_from: date, value: JSON, legal_basis: str, by: AbstractBaseUser) -> DatedSetting:
    """A new value from a day on; earlier rows stay as they were."""
    setting = DatedSetting.objects.create(
        key=key, valid_from=valid_from, value=value, legal_basis=legal_basis, recorded_by=by
    )
    changes = {"value": (None, value), "valid_from": (None, valid_from.isoformat())}
    record_act(by, "setting.recorded", setting, changes=changes, reason=legal_basis)
    return setting


def ship_setting(key: str, *, valid_from: date, value: JSON, legal_basis: str) -> None:
    """A value that comes with the code; does nothing when any value of this key is there."""
    if not DatedSetting.objects.filter(key=key).exists():
        DatedSetting.objects.create(key=key, valid_from=valid_from, value=value, legal_basis=legal_basis)
