"""The button that prints a paper of a record."""

from __future__ import annotations

from uuid import uuid4

from django import template
from django.db.models import Model

from hebi_charity.core.registry import paper_builders
from hebi_charity.reports.models import Paper
from hebi_charity.reports.paper import squares

register = template.Library()

ROOMY, LONG = 8, 12  # characters of a name in a column of 46 mm


@register.inclusion_tag("reports/_paper_button.html", takes_context=True)
def paper_button(context, kind: str, row: Model | None = None, key: str = "", words: str = "") -> dict[str, object]:
    """「打印签到表」 and the printing that is there, for who may print it; nothing for others."""
    builder, user = paper_builders.get(kind), context["request"].user
    if builder is None or not user.has_perm(builder.permission):
        return {}
    subject = row.pk if row else None
    return {
        "kind": kind,
        "builder": builder,
        "subject": subject,
        "key": key,
        "words": words,
        "form_key": uuid4(),
        "last": Paper.objects.of(kind, subject, str(key)).last(),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("reports/_paper_choice.html", takes_context=True)
def paper_choice(context, kind: str, row: Model | None, keys: list, label: str) -> dict[str, object]:
    """A choice of keys (years) with one button, for who may print it and where there is one; nothing for others."""
    builder, user = paper_builders.get(kind), context["request"].user
    if not keys or builder is None or not user.has_perm(builder.permission):
        return {}
    values = {"kind": kind, "builder": builder, "subject": row.pk if row else None, "keys": keys, "label": label}
    return values | {"form_key": uuid4(), "csrf_token": context.get("csrf_token")}


register.filter("qr", squares)


@register.filter
def name_fit(name: str) -> str:
    """The class of a name that its column holds on one line at 14 pt: "", or one that is set smaller."""
    if len(name) <= ROOMY:
        return ""
    return "is-long-name" if len(name) <= LONG else "is-longest-name"


@register.filter
def kind_title(paper: Paper) -> str:
    """签到表."""
    return paper.builder.title if paper.builder else paper.kind
