"""Random points at which something is killed, and what a person does whose web server is."""

import random
import time
from contextlib import suppress
from threading import Thread

from django.db import connections
from django.test import Client
from django.urls import reverse

from hebi_charity.jobs.models import Job
from tests.donations.staff import BACKEND
from tests.live.conftest import wait_until
from tests.live.house import when_it_answers

VICTIMS = ["worker", "web", "PostgreSQL", "Valkey"]


def choose_points(metafunc, work):
    """Parametrize a test by `victim` and `share`: the part of the work's usual time that passes before the kill.

    Two points for each victim, ten with `--kill`; `--kill-seed` chooses others. A share stands in the test's name.
    """
    config = metafunc.config
    number, seed = (10 if config.getoption("kill") else 2), config.getoption("kill_seed")
    points = [
        (victim, round(random.Random(f"{seed} {work} {victim} {place}").random(), 3))
        for place in range(number)  # in turn: one that dies again and again is brought back ever later
        for victim in VICTIMS
    ]
    metafunc.parametrize(("victim", "share"), points)


def is_done(job):
    return when_it_answers(lambda: Job.objects.get(pk=job.pk).state == "done")


def seconds_of(begin):
    """How long a piece of work takes from asking to done when nothing happens."""
    began = time.monotonic()
    wait_until(is_done(begin()), every=0.02)
    return time.monotonic() - began


def kill_after(house, victim, seconds):
    """Kill a program. Gives the process that died."""
    time.sleep(seconds)
    return house.kill(victim)


def wait_until_back(house, victim, dead):
    """Wait until the supervisor has brought the victim back and the database answers on a new connection.

    The work may be done before the last processes of a killed PostgreSQL have noticed: what is asked on an old
    connection until then can fail in the middle.
    """
    wait_until(lambda: house.pid_of(victim) not in (None, dead))
    connections.close_all()
    wait_until(when_it_answers(Job.objects.exists))


def press_while_killed(house, user, path, form, seconds, *, page="reports:create"):
    """Send a form; the web server is killed meanwhile, and the person presses again until it answers.

    `page` is one that this person may open: it gives the token of the form. Gives status and Location of the last
    answer.
    """
    client = Client()
    client.force_login(user, backend=BACKEND)
    client.get(reverse(page), headers={"host": "localhost"})
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def answer():
        with suppress(OSError):
            return house.send("POST", path, cookies, **form)

    first = Thread(target=answer)
    first.start()
    kill_after(house, "web", seconds)
    first.join()
    return wait_until(answer)
