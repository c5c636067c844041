from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    def own(self, user: User) -> Self:
        """The address that this person made and has not withdrawn."""
        return self.filter(owner=user, withdrawn_at__isnull=True)

    def with_digest(self, digest: str) -> CalendarAddress | None:
        return self.filter(token_hash=digest, withdrawn_at__isnull=True).select_related("owner").first()


class CalendarAddress(models.Model):
    """A secret address from which a telephone that cannot log in reads the calendar, made by its owner.

    Only a keyed hash of the secret is kept: who reads this table cannot read the calendar. Whether the owner still
    holds a role of the branch is asked at every reading.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(withdrawn_at__isnull=True),
                name="calendar_address_one_each",
                violation_error_message=_("You have an address already. Withdraw it first, then make a new one."),
            ),
            models.CheckConstraint(
                condition=~Q(token_hash=""),
                name="calendar_address_has_hash",
                violation_error_message=_("A calendar address has its secret."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
