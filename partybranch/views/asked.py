"""What an address asks for: forms that the year at a glance opens come with kind and body filled in."""

from __future__ import annotations

from django.http import QueryDict

ASKED = ("kind", "body")


def asked_for(query: QueryDict) -> dict[str, str]:
    return {name: query[name] for name in ASKED if query.get(name)}
