from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DatedSettingQuerySet(models.QuerySet["DatedSetting"]):
    def in_force(self, key: str, day: date) -> "DatedSetting | None":
        """The row that holds on this day: the latest valid_from not after it, the latest recorded among equals."""
        return self.filter(key=key, valid_from__lte=day).order_by("-valid_from", "-pk").first()


class DatedSetting(models.Model):
    """A value that holds from a day on, with the law or decision it rests on. Never edited: a new row follows."""

    key = models.CharField(_("setting"), max_length=60)
    valid_from = models.DateField(_("valid from"))
    value = models.JSONField(_("value"))
    legal_basis = models.CharField(_("legal basis or decision"), max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = DatedSettingQuerySet.as_manager()

    class Meta:
        verbose_name = _("dated setting")
        indexes = [models.Index(fields=["key", "-valid_from", "-id"], name="dated_setting_in_force")]
        permissions = [("manage_settings", "May record dated settings")]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"

    def audit_label(self) -> str:
        return self.key
