"""What a page calls a person, an account, a branch or a body of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from partybranch.lists.filed_names import told

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from partybranch.models import Body, Branch, LifeEvent, Person

register = template.Library()


@register.filter
def named_in(row: Person | User | Branch | Body | None, event: LifeEvent) -> str:
    """The name alone, as papers have it."""
    return event.name_of(row)


@register.filter
def told_in(row: Person | User | Branch | Body | None, event: LifeEvent) -> str:
    """The name, and today's where it is another."""
    return told(event, row)
