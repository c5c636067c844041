"""The local day of a moment, as the database computes it: every day boundary is Shanghai's."""

from django.db import models
from django.db.models import Func


class LocalDay(Func):
    """`LocalDay("donated_at")` is the date in Asia/Shanghai; immutable, so constraints and indexes may use it."""

    template = "(%(expressions)s AT TIME ZONE 'Asia/Shanghai')::date"
    output_field = models.DateField()
