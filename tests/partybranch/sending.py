"""A form of an opened page as the browser sends it back when nothing on it was touched."""

from datetime import time

from django import forms


def as_sent(form: forms.BaseForm) -> dict[str, object]:
    sent = {}
    for field in form:
        value = field.value()
        if isinstance(field.field.widget, forms.CheckboxInput):
            sent |= {field.name: "on"} if value else {}
        else:
            sent[field.name] = f"{value:%H:%M}" if isinstance(value, time) else "" if value is None else value
    return sent
