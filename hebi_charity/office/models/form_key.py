from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FormKey(models.Model):
    """One opened form that may create one thing. A second submission finds the first result here."""

    key = models.UUIDField(primary_key=True)
    form = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField(auto_now_add=True)
    result_model = models.CharField(max_length=60, blank=True)
    result_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result_id__isnull=True, result_model="")
                | (Q(result_id__isnull=False) & ~Q(result_model="")),
                name="form_key_result_whole",
                violation_error_message=_("The result of a form names its kind and its record."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.key}"
