"""bin/check: every check of style, structure and safety, one line each; all run, and one failure fails the whole.

A developer's tool: it speaks English, as the tools it calls do.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from .place import CHECKOUT
from .speech import say

PACKAGES = ["hebi_charity", "donations", "relief", "partybranch", "bin"]
DEPLOYED = {
    "HEBI_MODE": "real",
    "HTTPS": "1",
    "SECURE_HSTS_SECONDS": "31536000",
    "ALLOWED_HOSTS": "example.org",
    "CSRF_TRUSTED_ORIGINS": "https://example.org",
}
UNREACHABLE = ("ConnectionError", "ConnectTimeout", "ReadTimeout", "Max retries", "ServiceError", "SSLError")


def present(names: list[str]) -> list[str]:
    return [name for name in names if (CHECKOUT / name).exists()]


def templates() -> list[str]:
    return [str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "templates").rglob("*.html")]


def program(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]


def checks(settings: dict[str, str]) -> dict[str, Callable[[], subprocess.CompletedProcess]]:
    def command(words: list[str], **more: str) -> Callable[[], subprocess.CompletedProcess]:
        return lambda: subprocess.run(
            words, cwd=CHECKOUT, env=settings | more, capture_output=True, text=True, check=False
        )

    manage = [sys.executable, "manage.py"]
    linter = "from importlinter.cli import lint_imports_command as c; c()"
    audit = ["pip_audit", "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
    for name in ("requirements.txt", "requirements-dev.txt"):
        audit += ["-r", name]
    return {
        "ruff check": command(program("ruff", "check", ".")),
        "ruff format": command(program("ruff", "format", "--check", ".")),
        "djade": command(
            [str(Path(sys.executable).with_name("djade")), "--check", "--target-version", "5.2", *templates()]
        ),
        "import-linter": command([sys.executable, "-c", linter, "--cache-dir", f"{settings['HEBI_VAR']}/imports"]),
        "migrations": command([*manage, "makemigrations", "--check", "--dry-run"]),
        "deployment": command([*manage, "check", "--deploy", "--fail-level", "WARNING"], **DEPLOYED),
        "catalogue": command([sys.executable, "bin/catalogue.py", "check"]),
        "bandit": command(program("bandit", "-q", "-r", "-ll", "-c", "pyproject.toml", *present(PACKAGES))),
        "pip-audit": command(program(*audit)),
    }


def check(settings: dict[str, str]) -> int:
    """Run all checks; 0 when every one passed. An advisory service that cannot be asked is said, and is a failure."""
    failed = []
    for name, run in checks(settings).items():
        done = run()
        if done.returncode == 0:
            say(f"{name}: ok")
            continue
        failed.append(name)
        say(f"{name}: FAILED")
        output = (done.stdout + done.stderr).strip()
        say("\n".join(f"    {line}" for line in output.splitlines()[-40:]))
        if name == "pip-audit" and any(word in output for word in UNREACHABLE):
            say("pip-audit: NOT DONE, the advisory service cannot be reached; nothing is known about weaknesses.")
    say(f"checks failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0
