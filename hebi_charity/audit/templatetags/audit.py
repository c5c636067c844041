"""The history of a record for its page."""

from django import template
from django.db import models

from hebi_charity.audit.history import Line, history_of

register = template.Library()


@register.simple_tag
def history(row: models.Model) -> list[Line]:
    """What happened to a record, oldest first. One query."""
    return history_of(row)
