"""What all binding rows of the branch have in common: recorded once, perhaps ended, withdrawn with a reason.

Nothing is edited: what was wrong is withdrawn, and recorded anew. The guards of the database hold that.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hebi_charity.accounts.models import User

NOT_WITHDRAWN = Q(withdrawn_at__isnull=True)


class BindingQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()

    def live(self) -> Self:
        """What was not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class LastingQuerySet(BindingQuerySet):
    def on(self, day: date) -> Self:
        """What held on this day: begun, and not ended by then. The day of an end is no longer counted."""
        return self.live().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)

    def open(self) -> Self:
        return self.live().filter(ends_on__isnull=True)


class Binding(models.Model):
    """A row that is recorded once; what was wrong is withdrawn with a reason and stays readable."""

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawal_reason = models.CharField(_("reason of the withdrawal"), max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
                name="%(class)s_withdrawn_has_reason",
                violation_error_message=_("What is withdrawn names who withdrew it, when and why."),
            )
        ]

    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class Lasting(Binding):
    """A binding row that holds from a day to a day. `ends_on` is the first day on which it no longer holds."""

    starts_on = models.DateField(_("from the day"))
    ends_on = models.DateField(_("until the day"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta(Binding.Meta):
        abstract = True
        constraints = [
            *Binding.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="%(class)s_ends_after_start",
                violation_error_message=_("The end must lie after the beginning. Please check the two days."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, ended_by__isnull=True, ended_at__isnull=True)
                | Q(ends_on__isnull=False, ended_by__isnull=False, ended_at__isnull=False),
                name="%(class)s_end_has_person",
                violation_error_message=_("What has ended names who recorded the end, and when."),
            ),
        ]

    def is_open(self) -> bool:
        return self.ends_on is None and not self.is_withdrawn()


def once_at_a_time(name: str, *, each: str, message: str | Promise, condition: Q | None = None) -> ExclusionConstraint:
    """No two live rows of the same `each` (a foreign key) hold on the same day.

    The key as a range of one number: ranges have their operator class in every PostgreSQL, numbers need an extension.
    """
    key = Func(F(each), F(each), Value("[]"), function="int8range", output_field=BigIntegerRangeField())
    days = Func(F("starts_on"), F("ends_on"), Value("[)"), function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name=name,
        expressions=[(key, RangeOperators.OVERLAPS), (days, RangeOperators.OVERLAPS)],
        condition=NOT_WITHDRAWN & condition if condition else NOT_WITHDRAWN,
        violation_error_message=message,
    )
