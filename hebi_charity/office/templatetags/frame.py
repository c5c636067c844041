"""Tags and filters behind the partials of `templates/includes`. Pages include the partials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.forms import BoundField, Form
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html

from hebi_charity.core.registry import SettingKind, StartChart
from hebi_charity.office.states import Look, look_of

register = template.Library()
WIDGET_CLASSES = {"select": "form-select", "checkbox": "form-check-input", "radio": "form-check-input"}


@register.filter
def shown_as(value: object, kind: SettingKind) -> str:
    """The value of a dated setting as its kind is read."""
    return kind.shown(value)


@register.simple_tag
def icon(name: str) -> str:
    """A symbol of icons.svg: decoration beside a word, hidden from screen readers."""
    if not name:
        return ""
    svg = '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>'
    return format_html(svg, icon_address(name))


@register.simple_tag
def icon_address(name: str) -> str:
    return f"{static('img/icons.svg')}#{name}"


@register.simple_tag
def look(state: str, label: str = "") -> Look:
    return look_of(state, label)


@register.filter
def yuan(amount: Decimal | None) -> str:
    """1234.5 → 1,234.50; never abbreviated. Empty for None."""
    return "" if amount is None else f"{Decimal(amount):,.2f}"


@register.filter
def is_negative(amount: Decimal | None) -> bool:
    return amount is not None and amount < 0


@register.filter
def local_day(value: date | datetime | None) -> str:
    """2026-03-01, and 2026-03-01 14:05 for a moment, both in Asia/Shanghai."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if value else ""


@register.filter
def machine_time(value: date | datetime | None) -> str:
    """The value for the datetime attribute of <time>."""
    return value.isoformat() if value else ""


@register.filter
def percent(done: int, total: int) -> int:
    """Whole per cent, 0 to 100; 0 while the total is unknown."""
    return min(100, int(done) * 100 // int(total)) if total else 0


@register.filter
def plain_number(value: object) -> str:
    """A number that machines read, without the separators of the language."""
    return str(value or 0)


@register.simple_tag
def chart_data(chart: StartChart) -> dict[str, list]:
    """What charts.js draws and the table under it says: exact values, and the same with thousands marked."""
    rows = [
        {"label": str(label), "value": str(value), "spoken": spoken_number(value)}
        for label, value in zip(chart.labels, chart.values, strict=True)
    ]
    return {"rows": rows}


def spoken_number(value: str) -> str:
    number = Decimal(str(value))
    return f"{number:,}"


@dataclass(frozen=True)
class Chip:
    """One filter in force and the address of the list without it."""

    label: str
    value: str
    url: str


@register.simple_tag(takes_context=True)
def chips(context: template.Context, form: Form) -> list[Chip]:
    """What is filtered now, read from a bound GET form."""
    if not form.is_bound:
        return []
    form.is_valid()
    query = context["request"].GET.copy()
    found = []
    for bound in form.visible_fields():
        chosen = form.cleaned_data.get(bound.name) if hasattr(form, "cleaned_data") else None
        if chosen in (None, "", False) or (hasattr(chosen, "__len__") and not len(chosen)):
            continue
        found.append(Chip(str(bound.label), spoken(bound, chosen), without(query, bound.html_name)))
    return found


def spoken(bound: BoundField, chosen: object) -> str:
    """The chosen value as the page says it: the label of a choice, the name of a row, a date."""
    choices = {str(key): str(label) for key, label in flat_choices(getattr(bound.field, "choices", ()))}
    if chosen is True:
        return ""
    if isinstance(chosen, (list, tuple, set)):
        return "、".join(choices.get(str(one), str(one)) for one in chosen)
    if isinstance(chosen, Decimal):
        return yuan(chosen)
    if isinstance(chosen, (date, datetime)):
        return local_day(chosen)
    return choices.get(str(chosen), str(chosen))


def flat_choices(choices):
    # A ModelChoiceField would ask the database for every row; its chosen value names itself.
    if hasattr(choices, "queryset"):
        return
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield key, label


def without(query: QueryDict, name: str) -> str:
    """The same filters without one, from the first page on."""
    rest = query.copy()
    for key in [name, f"{name}_0", f"{name}_1", "after", "before", "page"]:
        rest.pop(key, None)
    return f"?{rest.urlencode()}"


@register.simple_tag
def opened_fields(form: Form, count: int = 3) -> list[BoundField]:
    """The usual filters, shown at once."""
    return form.visible_fields()[:count]


@register.simple_tag
def folded_fields(form: Form, count: int = 3) -> list[BoundField]:
    return form.visible_fields()[count:]


@register.filter
def has_errors(fields: list[BoundField]) -> bool:
    """Whether one of these fields does not hold: a fold with it stands open."""
    return any(bound.errors for bound in fields)


@register.filter
def with_class(bound: BoundField) -> str:
    """A form field outside crispy with the class its kind needs."""
    kind = getattr(bound.field.widget, "input_type", "textarea")
    css = WIDGET_CLASSES.get(kind, "form-control")
    widget = bound.field.widget
    given = widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"{css} {given}".strip()})
