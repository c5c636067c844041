"""Where a cell of the year leads: to the event, the list of several, or the form that prepares or records it."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from partybranch.lists.year import DUE, MISSING, Cell, Line, YearGlance

register = template.Library()
# What was held all the same is recorded afterwards, what is due is prepared.
FORMS = {MISSING: "partybranch:life_past", DUE: "partybranch:life_create"}


@register.simple_tag(takes_context=True)
def way_of(context: template.Context, cell: Cell, line: Line, glance: YearGlance) -> str:
    """The address behind a cell; "" where there is nothing to open and nothing to prepare."""
    if cell.only_event:
        return cell.only_event.get_absolute_url()
    asked = {"kind": line.subject.kind}
    if line.subject.body:
        asked["body"] = line.subject.body.pk
    if cell.events:
        days = {"first": cell.events[0].held_on, "last": cell.events[-1].held_on}
        asked |= {"branch": glance.branch.pk} | {name: day.isoformat() for name, day in days.items()}
        return f"{reverse('partybranch:life_list')}?{urlencode(asked)}"
    form = FORMS.get(cell.state)
    if form and context["request"].user.has_perm("partybranch.record_membership"):
        return f"{reverse(form, args=[glance.branch.pk])}?{urlencode(asked)}"
    return ""
