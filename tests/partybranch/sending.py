"""Forms as the browser sends them, and what is said beside their fields."""

from datetime import time, timedelta
from uuid import uuid4

from django import forms
from django.urls import reverse

from hebi_charity.core import dates


def as_sent(form: forms.BaseForm) -> dict[str, object]:
    """A form of an opened page when nothing on it was touched."""
    sent = {}
    for field in form:
        value = field.value()
        if isinstance(field.field.widget, forms.CheckboxInput):
            sent |= {field.name: "on"} if value else {}
        else:
            sent[field.name] = f"{value:%H:%M}" if isinstance(value, time) else "" if value is None else value
    return sent


def post(client, page, pk, **data):
    """Send a form of a row of the branch, once."""
    return client.post(reverse(f"partybranch:{page}", args=[pk]), {"form_key": str(uuid4())} | data)


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def tomorrow() -> str:
    return (dates.today() + timedelta(days=1)).isoformat()
