"""A picture chosen for an event and not yet given to one is opened by who chose it, while that person has a role."""

from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from hebi_charity.accounts.models import Role
from hebi_charity.accounts.services import end_role, grant_role
from hebi_charity.audit.models import Entry
from hebi_charity.files.models import Attachment, Use
from partybranch.models import LifeEvent
from tests.donations.factories import UserFactory
from tests.donations.staff import BACKEND, person
from tests.partybranch.factories import a_branch, member
from tests.partybranch.record.factories import a_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def chosen(client, organizer) -> Attachment:
    """A photograph of a sheet without a code: kept until somebody says to which meeting it belongs."""
    a_branch()
    member()
    client.post(reverse("partybranch:sheet"), {"photograph": a_picture(), "form_key": str(uuid4())})
    kept = Attachment.objects.get()
    assert not Use.objects.exists()
    return kept


def answers(client, kept: Attachment) -> list[int]:
    found = [client.get(page) for page in (kept.get_absolute_url(), kept.thumbnail_url, kept.large_url)]
    for response in found:
        b"".join(response)  # read to its end, it closes the file
    return [response.status_code for response in found]


def log_in_again(client, user) -> None:
    user.refresh_from_db()  # a change of roles ends the sessions
    client.force_login(user, backend=BACKEND)


def test_who_chose_it_opens_it_and_no_colleague(client, organizer, chosen):
    assert chosen.chosen_for == LifeEvent._meta.label_lower
    assert answers(client, chosen) == [200, 200, 200]

    client.force_login(person("branch_secretary"), backend=BACKEND)
    assert answers(client, chosen) == [404, 404, 404]


def test_whose_role_has_ended_opens_it_no_more(client, organizer, chosen):
    end_role(organizer.role_assignments.get(), by=UserFactory())
    log_in_again(client, organizer)
    assert answers(client, chosen) == [404, 404, 404]

    grant_role(organizer, Role.objects.get(code="donation_clerk"), by=UserFactory())
    log_in_again(client, organizer)
    assert answers(client, chosen) == [404, 404, 404]


def test_other_bytes_than_were_given_are_told_on_the_side_of_the_branch(client, organizer, chosen):
    with default_storage.open(chosen.path, "rb") as content:
        given = content.read()
    default_storage.delete(chosen.path)
    with open(default_storage.path(chosen.path), "wb") as content:
        content.write(given + b"x")

    assert client.get(chosen.get_absolute_url()).status_code == 409
    assert Entry.objects.get(act="file.refused").side == "party"
