"""The first half of every command in bin/: as whoever called, set up what is missing, then hand over.

Root installs here and nowhere else; what follows runs as an ordinary user.
"""

from __future__ import annotations

import os
import sys

from . import debian, environment, guests, install, locks
from .people import acting_as, ordinary_person
from .place import CHECKOUT, STAMP, Place, asked_folder, claim_folder, find_place, refusal, stamped_mode
from .speech import Stop, complain
from .speech import gettext as _

TOOLS = {"test", "check", "bench"}
ROOTS_TESTS = "tests/local/test_handing.py"
SERVERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_WORKER_URL", "REDIS_URL")


def mode_of(command: str, words: list[str]) -> tuple[str, list[str]]:
    """Which kind of folder a command works in, and the words that remain for it."""
    if command == "test" or command == "check":
        return "test", words
    if command == "bench":
        return "bench", words
    if command == "run" and set(words) - {"--real"}:
        raise Stop(_("Usage: bin/run [--real]"))
    if words[:1] == ["--real"]:
        return "real", words[1:]
    if command == "manage":
        return _mode_for_manage(), words
    return "demo", words


def _mode_for_manage() -> str:
    """bin/manage works in whatever the named folder is."""
    folder = asked_folder("demo")
    return stamped_mode(folder) if stamped_mode(folder) in {"demo", "real"} else "demo"


def set_up(command: str, mode: str) -> Place:
    """Everything that must be there before the command can begin."""
    os.environ.pop("PYTHONPATH", None)
    if command in TOOLS:
        forget_servers_of_others()
    os.umask(0o022)
    person = ordinary_person()
    stamped = stamped_mode(asked_folder(mode))
    if stamped not in {None, mode}:
        raise Stop(refusal(asked_folder(mode), stamped, mode))
    python = install.choose_python(person)
    place = find_place(mode, person)
    place.venv.parent.mkdir(parents=True, exist_ok=True)
    lock = locks.open_lock(place.venv.with_name(place.venv.name + ".lock"))
    if not locks.wait_for_lock(lock, seconds=900):
        raise Stop(_("Another command has been setting up for 15 minutes; end it and try again."))
    with_tools = command in TOOLS
    install.ensure_venv(place.venv, python)
    install.ensure_libraries(place.venv, place.code, ["requirements", *(["requirements-dev"] if with_tools else [])])
    install.ensure_front_end(place.venv, place.code, with_tools=with_tools)
    install.ensure_catalogues(place.venv, place.code)
    if person:
        install.compile_code(place.venv, place.code)
    system = CHECKOUT / "var" / "system"
    os.environ.update(debian.ensure_pango(system / "pango"))
    if command == "test":
        os.environ["CHROMIUM"] = debian.ensure_browser(system / "browser")
        os.environ.update(install.browser_driver(place.venv, place.code))
    claim_folder(place, mode)
    take_over(place, with_all=command in TOOLS)
    with acting_as(person):
        environment.make_secrets(place.var)
        for name in (locks.OFFICE, locks.GUESTS):
            os.close(locks.open_lock(place.var / name))
    os.close(lock)
    return place


def take_over(place: Place, *, with_all: bool) -> None:
    """Give the person what root left in their folder: files from a backup, or what an earlier start made."""
    if place.person is None:
        return
    if with_all:
        place.person.own_all(place.var, of=os.geteuid())  # root may have worked here itself
    for name in (environment.FILE, STAMP, locks.OFFICE, locks.GUESTS, guests.KEEPER_LOG):
        if os.path.lexists(place.var / name):
            place.person.own(place.var / name)


def forget_servers_of_others() -> None:
    """Tests make and drop databases: they take a named server only together with its superuser."""
    if not os.environ.get("DATABASE_SUPERUSER_URL"):
        for name in SERVERS:
            os.environ.pop(name, None)


def leave_roots_home(place: Place) -> None:
    """What the ordinary user finds in the environment: a home of its own, and room for what tools keep."""
    os.environ.update({"HOME": str(place.var), "USER": place.person.name, "LOGNAME": place.person.name})
    # Beside the code they would be written into what is root's.
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(place.var / "hypothesis")
    os.environ["RUFF_CACHE_DIR"] = str(place.var / "ruff")
    os.environ["STARTED_BY_ROOT"] = "yes"  # where root starts things, a browser seldom may make its sandbox
    for name in list(os.environ):
        if name.startswith(("XDG_", "SUDO_")):
            del os.environ[name]


def hand_over(place: Place, words: list[str], *, as_person: bool) -> None:
    """Become the virtual environment's Python, and the ordinary user when we are root and may not stay so."""
    if place.person and as_person:
        leave_roots_home(place)
    os.environ["VIRTUAL_ENV"] = str(place.venv)
    os.environ["PATH"] = f"{place.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    main = place.code / "hebi_charity" / "local" / "__main__.py"
    if place.person and as_person:
        os.chdir("/")
        place.person.become()
        os.chdir(place.code)
    os.execv(place.python, [str(place.python), str(main), *words])  # noqa: S606 - no shell, our own program


def try_what_only_root_does(place: Place, words: list[str]) -> None:
    """The tests of handing over need root; every other test runs as the ordinary user. Raises Stop when one is red."""
    if place.person is None or words:
        return
    alone = ["-c", os.devnull, "--rootdir", place.code, "--noconftest", "-p", "no:cacheprovider"]
    alone += ["-p", "no:django", "-p", "no:playwright", "-p", "no:base_url", "-q"]
    if not install.run([place.python, "-m", "pytest", *alone, place.code / ROOTS_TESTS], folder=place.code):
        raise Stop(_("The tests of what only root does failed."))


def main(command: str, words: list[str]) -> None:
    try:
        mode, words = mode_of(command, words)
        place = set_up(command, mode)
        if command == "run":
            hand_over(place, ["serve", mode, str(place.var)], as_person=True)
        if command == "test":
            try_what_only_root_does(place, words)
        # bin/manage stays root until it has handed over the files it was given.
        hand_over(place, [f"guest-{command}", mode, str(place.var), *words], as_person=command in TOOLS)
    except Stop as stop:
        complain(str(stop))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
