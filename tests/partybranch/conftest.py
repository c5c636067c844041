"""Somebody of the branch at the browser."""

import pytest

from tests.donations.staff import log_in_as


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def secretary(client):
    return log_in_as(client, "branch_secretary")
