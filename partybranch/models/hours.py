"""How study becomes hours, and how many a year are asked for: dated rows with their source, never constants.

No figure of a conversion is set for the whole country; the targets are. A change is a new row with a later day.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partybranch.hours import said

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class DatedQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()

    def in_force(self, day: date, **which: str) -> models.Model | None:
        """The row that holds on this day: the latest that is not after it."""
        return self.filter(valid_from__lte=day, **which).order_by("-valid_from").first()


class Dated(models.Model):
    """A figure that holds from a day on, with the rule or paper it rests on. Shipped rows name no recorder."""

    valid_from = models.DateField(_("valid from"))
    hours = models.DecimalField(_("hours of study"), max_digits=5, decimal_places=2)
    source = models.CharField(_("rule or paper it rests on"), max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def hours_said(self) -> str:
        return said(self.hours)


def once_a_day(prefix: str, of: str, message: Promise) -> models.UniqueConstraint:
    """One figure of each `of` begins on a day."""
    return models.UniqueConstraint(
        fields=[of, "valid_from"], name=f"{prefix}_once_a_day", violation_error_message=message
    )


def at_most(name: str, hours: int, message: Promise) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(hours__gt=0, hours__lte=hours), name=name, violation_error_message=message
    )


def has_source(prefix: str, message: Promise) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(source=""), name=f"{prefix}_has_source", violation_error_message=message)


class HourRule(Dated):
    """How many hours of study one unit of it counts for, from a day on."""

    class Unit(models.TextChoices):
        FULL_DAY = "full_day", _("full day")
        HALF_DAY = "half_day", _("half day")
        THEME_HALF_DAY = "theme_half", _("half day of a theme Party day")
        HOUR = "hour", _("hour together")
        SELF_HOUR = "self_hour", _("hour alone")

    unit = models.CharField(_("unit of study"), max_length=10, choices=Unit)

    class Meta:
        verbose_name = _("conversion into hours")
        default_permissions = ()
        ordering = ["unit", "-valid_from"]
        constraints = [
            once_a_day(
                "hour_rule", "unit", _("For this unit and day a conversion is recorded. Please choose a later day.")
            ),
            at_most("hour_rule_within_a_day", 24, _("A unit counts for more than 0 and at most 24 hours.")),
            has_source("hour_rule", _("Name the rule or paper the conversion rests on.")),
        ]

    def what(self) -> str:
        return str(self.get_unit_display())


class HourTarget(Dated):
    """How many hours a year are asked of whom: 党员教育管理工作条例 art. 20; for the committee the national plans."""

    class Duty(models.TextChoices):
        MEMBER = "member", _("ordinary member")
        COMMITTEE = "committee", _("secretary and committee")

    duty = models.CharField(_("whose target"), max_length=10, choices=Duty)

    class Meta:
        verbose_name = _("hours asked for a year")
        default_permissions = ()
        ordering = ["duty", "-valid_from"]
        constraints = [
            once_a_day("hour_target", "duty", _("For this day a target is recorded. Please choose a later day.")),
            at_most("hour_target_within_reason", 366, _("A target lies between 1 and 366 hours a year.")),
            has_source("hour_target", _("Name the rule or paper the target rests on.")),
        ]

    def what(self) -> str:
        return str(self.get_duty_display())
