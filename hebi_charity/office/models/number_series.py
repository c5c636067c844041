from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The last number given in one kind and year. Its row lock makes numbers gap-free; it only counts up."""

    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year"],
                name="number_series_kind_year",
                violation_error_message=_("This series of numbers exists already."),
            ),
            models.CheckConstraint(
                condition=Q(last__gte=0),
                name="number_series_not_negative",
                violation_error_message=_("A number is never negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
