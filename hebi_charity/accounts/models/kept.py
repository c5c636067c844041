"""What somebody had typed when the log-in ran out."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.encryption import EncryptedTextField


class KeptForm(models.Model):
    """A form that was sent after the idle time-out, kept encrypted until its owner logs in again; then removed."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=500)
    content = EncryptedTextField()
    kept_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("kept form")
        verbose_name_plural = _("kept forms")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.token)
