"""What the office app offers to the registries. Called once, when the app starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core import dates, sentences
from hebi_charity.core.guards import binding
from hebi_charity.core.registry import (
    LoggedField,
    MenuEntry,
    WorkItem,
    audit_acts,
    logged_fields,
    navigation,
    work_sources,
)
from hebi_charity.core.shipped import shipped_data
from hebi_charity.office.totals import totals_in_words

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def months_to_confirm(user: AbstractBaseUser) -> list[WorkItem]:
    """Months a colleague closed that wait for this person."""
    from hebi_charity.office.models import Period

    if not user.has_perm("office.confirm_period"):
        return []
    own = get_user_model()._default_manager.accounts_of_same_person(user).values("pk")
    count = Period.objects.filter(state=Period.State.CLOSING).exclude(submitted_by__in=own).count()
    return [WorkItem(_("Months to confirm"), count, reverse("office:months"))] if count else []


def months_to_close(user: AbstractBaseUser) -> list[WorkItem]:
    """Months that have ended and that nobody closed yet."""
    from hebi_charity.office.models import Period

    if not user.has_perm("office.close_period"):
        return []
    count = Period.objects.open().ended_by(dates.today()).count()
    return [WorkItem(_("Months to close"), count, reverse("office:months"))] if count else []


REFUSALS = {
    "office_period_confirmed_by_another": gettext_lazy(
        "You submitted this month yourself. A colleague must confirm it."
    ),
}


def register() -> None:
    from hebi_charity.office.services.dated_settings import ship_settings

    sentences.register(REFUSALS)
    for table, kind in (
        ("office_numberseries", "document"),
        ("office_formkey", "document"),
        ("office_datedsetting", "log"),
        ("office_period", "document"),
    ):
        binding(table, kind=kind)
    books = {"group": gettext_lazy("Books"), "permission": "office.view_period", "icon": "calendar"}
    navigation.register("office.months", MenuEntry(gettext_lazy("Month's close"), "office:months", **books), order=600)
    navigation.register(
        "office.settings",
        MenuEntry(
            gettext_lazy("Settings"),
            "office:settings",
            permission="office.manage_settings",
            icon="settings",
            group=gettext_lazy("System"),
        ),
        order=900,
    )
    shipped_data.register("office.settings", ship_settings)
    logged_fields.register("office.period.totals", LoggedField(gettext_lazy("totals"), totals_in_words))
    work_sources.register("office.months", months_to_confirm)
    work_sources.register("office.months_open", months_to_close)
    for act, words in (
        ("period.submitted", gettext_lazy("closed the month for entries")),
        ("period.returned", gettext_lazy("opened the month again")),
        ("period.closed", gettext_lazy("confirmed the closing of the month")),
        ("setting.recorded", gettext_lazy("recorded a dated setting")),
        ("organisation.set_up", gettext_lazy("opened the office")),
        ("organisation.changed", gettext_lazy("changed the organisation's data")),
    ):
        audit_acts.register(act, words)
