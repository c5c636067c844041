"""Secrets and ports of one data folder: written once to `$HEBI_VAR/env`, and the real environment wins."""

from __future__ import annotations

import base64
import os
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path

from .speech import Stop
from .speech import gettext as _

FILE = "env"
DEMO_PASSWORD = "demo-password"  # noqa: S105 - the name of a file
SETUP_CODE = "setup-code"  # written by the office while it waits for its first start
DEFAULT_PORT = 8000
SERVER_PORTS = range(15_000, 32_000)
EASY = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else on paper


def _fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


SECRETS = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "FIELD_KEYS": _fernet_key,
    "INDEX_KEY": lambda: secrets.token_urlsafe(32),
    "SEAL_KEY": lambda: secrets.token_urlsafe(32),
    "HEBI_SUPERUSER_PASSWORD": lambda: secrets.token_hex(16),
    "HEBI_OWNER_PASSWORD": lambda: secrets.token_hex(16),
    "HEBI_APP_PASSWORD": lambda: secrets.token_hex(16),
    "HEBI_VALKEY_PASSWORD": lambda: secrets.token_hex(16),
}
PORTS = ("HEBI_POSTGRES_PORT", "HEBI_VALKEY_PORT")


def read_file(var: Path) -> dict[str, str]:
    """What `$HEBI_VAR/env` says, without the real environment."""
    path = var / FILE
    if not path.exists():
        return {}
    pairs = (line.partition("=") for line in path.read_text().splitlines() if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _equals, value in pairs}


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)  # what a killed process left, or a link to what is not ours
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def write_file(var: Path, values: Mapping[str, str]) -> None:
    lines = [f"{name}={value}" for name, value in values.items()]
    write_private(var / FILE, "\n".join(["# Secrets of this folder: keep them with the backups.", *lines, ""]))


def make_secrets(var: Path) -> None:
    """Make the folder's secrets and first ports where they are missing."""
    known = read_file(var)
    if not known and (var / "postgres" / "PG_VERSION").exists():
        raise Stop(_("{folder} has data but no secrets: bring its file env back from a backup.").format(folder=var))
    made = {name: make() for name, make in SECRETS.items() if name not in known}
    ports = {name: str(free_port()) for name in PORTS if name not in known}
    if made or ports:
        write_file(var, known | made | ports)


def settle_ports(var: Path) -> dict[str, str]:
    """The folder's values; a port that something else took meanwhile is chosen anew. For who holds the lock."""
    values = read_file(var)
    taken = {name: str(free_port()) for name in PORTS if not is_free(int(values[name]))}
    if taken:
        values |= taken
        write_file(var, values)
    return values


def settings_of(var: Path, mode: str, values: Mapping[str, str]) -> dict[str, str]:
    """The environment that Django and Celery get: the folder's values, then the real environment over them."""
    django_mode = "real" if mode == "real" else "demo"
    given = {"HEBI_VAR": str(var), "HEBI_MODE": django_mode, "DJANGO_SETTINGS_MODULE": "hebi_charity.settings"}
    own = {name: value for name, value in values.items() if not name.startswith("HEBI_")}
    environment = {**own, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", **os.environ, **given}
    environment.pop("PYTHONPATH", None)
    return environment


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that nothing listens on, below those the system gives to outgoing connections.

    One of those could be taken by any program in the moment in which a killed server is started again.
    """
    for _try in range(100):
        port = secrets.choice(SERVER_PORTS)
        if is_free(port):
            return port
    raise Stop(_("No free port was found for the servers of this folder."))


def web_port(host: str) -> int:
    """PORT when it is named, else 8000 or the next free one."""
    named = os.environ.get("PORT")
    if named:
        if not (named.isdigit() and 0 < int(named) < 65536):
            raise Stop(_("PORT must be a number from 1 to 65535, not {port}.").format(port=named))
        if not is_free(int(named), host):
            raise Stop(_("Port {port} is taken by another program: name another one in PORT.").format(port=named))
        return int(named)
    for port in range(DEFAULT_PORT, DEFAULT_PORT + 100):
        if is_free(port, host):
            return port
    return free_port()


def demo_password(var: Path) -> str:
    """The password of all demonstration people, made on first use and kept in the folder."""
    path = var / DEMO_PASSWORD
    if not path.exists():
        groups = ("".join(secrets.choice(EASY) for _letter in range(4)) for _group in range(3))
        write_private(path, "-".join(groups) + "\n")
    return path.read_text().strip()


def setup_code(var: Path) -> str:
    """The code that opens the first start; "" when the office is set up."""
    path = var / SETUP_CODE
    return path.read_text().strip() if path.exists() else ""
