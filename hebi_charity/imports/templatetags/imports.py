"""`{% load imports %}`: what the pages of imports say about one row of them."""

from django import template
from django.forms import BoundField

from hebi_charity.imports.models import Import
from hebi_charity.imports.showing.findings import Figures, totals_of
from hebi_charity.imports.targets import target_of

register = template.Library()


@register.filter
def totals(imported: Import) -> Figures | None:
    """Rows and yuan of an import, or None before its check."""
    return totals_of(imported)


@register.filter
def title(imported: Import) -> str:
    """What the rows of an import become."""
    return str(target_of(imported).title)


@register.filter
def looks_again(bound: BoundField) -> str:
    """Sheet, encoding or line of the header as a box that has the file looked at once more when it changes."""
    css = "form-select" if hasattr(bound.field, "choices") else "form-control"
    wish = {
        "hx-post": "",
        "hx-trigger": "change",
        "hx-include": "closest form",
        "hx-vals": '{"look": "1"}',
        "hx-target": "#plan",
        "hx-select": "#plan",
        "hx-swap": "outerHTML",
    }
    return bound.as_widget(attrs=wish | {"class": css})
