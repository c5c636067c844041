"""The pages of imports as a person uses them: a file chosen, looked at, checked. Everybody is invented."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hebi_charity.accounts.models import User
from hebi_charity.imports.models import Import
from hebi_charity.imports.services.resuming import latest_job
from hebi_charity.jobs.running import work_off
from tests.donations.staff import BACKEND


def browser(user: User) -> Client:
    """A browser of this person, logged in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def choose(client: Client, name: str, content: bytes, *, form_key: str = ""):
    """Choose a file on the page for it."""
    given = SimpleUploadedFile(name, content)
    return client.post(reverse("imports:create"), {"form_key": form_key or str(uuid4()), "file": given})


def loaded(client: Client, path: Path) -> Import:
    """Choose a file that is taken."""
    response = choose(client, path.name, path.read_bytes())
    assert response.status_code == 302, text_of(response)
    return Import.objects.latest("pk")


def form_of(client: Client, imported: Import, **changes: str) -> dict[str, str]:
    """The fields of the page on which the file is read, as they are proposed; `changes` to None leaves one out."""
    looking = client.get(reverse("imports:plan", args=[imported.pk])).context["looking"]
    fields = {}
    for form in (looking.form, looking.choices):
        for bound in form:
            value = bound.value()
            if isinstance(value, bool):
                value = "on" if value else None
            fields[bound.html_name] = value
    return {name: str(value) for name, value in (fields | changes).items() if value is not None}


def check(client: Client, imported: Import, **changes: str) -> Import:
    """Have all rows checked as proposed, apart from `changes`; the worker's part is done here."""
    wishes = {"channel": "bank"} | changes
    response = client.post(reverse("imports:plan", args=[imported.pk]), form_of(client, imported, **wishes))
    assert response.status_code == 302, text_of(response)
    return worked_off(imported)


def worked_off(imported: Import) -> Import:
    work_off(latest_job(imported))
    return Import.objects.get(pk=imported.pk)


def act(client: Client, name: str, imported: Import, **data: str) -> str:
    """Press the button of this act; gives the page that follows as text."""
    return text_of(client.post(reverse(f"imports:{name}", args=[imported.pk]), data, follow=True))


def page(client: Client, imported: Import, name: str = "detail", **query: str) -> str:
    """The text of a page of this import."""
    return text_of(client.get(reverse(f"imports:{name}", args=[imported.pk]), query))


def text_of(response) -> str:
    """What the page says, without its tags and with single blanks."""
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", text)
