"""Two grants to one person at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from hebi_charity.accounts import errors, services
from hebi_charity.accounts.models import Role, User
from tests.accounts.factories import make_person


@pytest.mark.race
def test_two_grants_at_once_do_not_let_incompatible_roles_meet(committed_db):
    user = make_person()
    start = Barrier(2)
    outcomes = []

    def grant(code):
        try:
            start.wait()
            services.grant_role(user, Role.objects.get(code=code), by=None)
            outcomes.append("granted")
        except errors.RolesMayNotMeet:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=grant, args=(code,)) for code in ("accountant", "cashier")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["granted", "refused"]
    assert len(User.objects.get(pk=user.pk).role_codes) == 1
