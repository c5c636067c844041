"""The product as bin/run starts it: one per folder, nothing as root, nothing left behind, nothing lost."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from donations.models import Donation
from hebi_charity.audit.books import differences
from tests.conftest import copy_database, superuser_execute, with_name
from tests.live.conftest import children_of, wait_until
from tests.live.house import MAIN, PROGRAMS, an_office, command_of

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("house")]


def family_of(pid):
    return [pid, *(each for child in children_of(pid) for each in family_of(child))]


def is_there(pid):
    """Whether the process still runs; what nobody has waited for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_every_program_runs_and_none_as_root(house):
    family = family_of(house.running.pid)
    expected = house.person.uid if house.person else os.geteuid()

    assert [name for name in PROGRAMS if house.pid_of(name) is None] == []
    assert {os.stat(f"/proc/{pid}").st_uid for pid in family if is_there(pid)} == {expected}


def test_log_in_page_answers(house):
    assert house.send("GET", "/accounts/login/", {})[0] == 200


def test_second_start_in_the_same_folder_is_refused(house):
    second = subprocess.run(
        [sys.executable, MAIN, "serve", "real", house.var],
        env=house.environment | {"PORT": ""},
        capture_output=True,
        text=True,
        check=False,
        **(house.person.popen() if house.person else {}),
    )

    assert second.returncode == 1
    assert f"http://127.0.0.1:{house.port}/" in second.stderr
    assert house.running.poll() is None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_end_of_the_supervisor_leaves_no_process_and_loses_nothing(house, number):
    gifts = list(Donation.objects.order_by("pk").values_list("donation_no", "amount", "seal"))
    family = family_of(house.running.pid)
    house.running.send_signal(number)
    house.running.wait(150)

    wait_until(lambda: not any(is_there(pid) for pid in family))
    connections.close_all()
    house.start()

    assert len(gifts) == 20
    assert list(Donation.objects.order_by("pk").values_list("donation_no", "amount", "seal")) == gifts
    assert differences() == []


def test_named_servers_take_the_place_of_the_embedded_ones(template_database, valkey):
    copy_database(template_database, "named_elsewhere")
    names = {name: with_name(os.environ[name], "named_elsewhere") for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    try:
        with an_office(**names, REDIS_URL=valkey.url) as office:
            commands = [command_of(pid) for pid in family_of(office.running.pid)]
            assert [text for text in commands if "bin/postgres" in text or "valkey-server" in text] == []
            assert office.send("GET", "/health/ready", {})[0] == 200
            assert not (office.var / "postgres").exists()
    finally:
        superuser_execute('DROP DATABASE IF EXISTS "named_elsewhere" WITH (FORCE)')
