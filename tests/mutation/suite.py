"""The part of the tests that watches a rule, run against a database without it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.rules import Rule

ROOT = Path(__file__).resolve().parents[2]
# Whose tests watch the tables of an app, beside the app's own.
WATCHERS = {
    "accounts": ["tests/accounts"],
    "audit": ["tests/audit", "tests/partybranch/test_rules.py"],
    "files": ["tests/files"],
    "jobs": ["tests/jobs"],
    "imports": ["tests/imports"],
    "reports": ["tests/reports", "tests/donations/test_same_person.py"],
    "office": ["tests/office", "tests/donations/test_services.py", "tests/donations/test_same_person.py"],
    "donations": ["tests/donations"],
    "partybranch": ["tests/partybranch"],
}
GUARDS = "tests/guards"
LEFT_OUT = "not live and not journey"
NO_TESTS = 5  # what pytest answers when nothing was chosen
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?::.+?)(?: - |$)", re.MULTILINE)


@dataclass(frozen=True)
class Outcome:
    """`killer` is the test that went red; "" when none did, and then `trouble` may say why nothing could be run."""

    killer: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Part:
    """Some tests: files or folders, and a word that chooses among them."""

    paths: tuple[str, ...]
    word: str = ""
    marks: str = f"{LEFT_OUT} and not structure"


def parts_for(rule: Rule) -> Iterator[Part]:
    """The tests that watch a rule, those that end the matter soonest first."""
    if rule.kind == "reference":
        yield Part((f"{GUARDS}/test_references.py",), marks=LEFT_OUT)
        return
    if "_guard_" in rule.name:
        yield Part((f"{GUARDS}/test_walk.py", f"{GUARDS}/test_ways_in.py"))
    elif named := files_with(rule.name):
        yield Part(named, word=rule.name)
        yield Part(named)
    yield Part((*WATCHERS.get(rule.table.split("_")[0], []), GUARDS))


def files_with(name: str) -> tuple[str, ...]:
    """Files of tests that name a rule: some of their tests were written for it."""
    found = [path for path in (ROOT / "tests").rglob("test_*.py") if name in path.read_text(encoding="utf-8")]
    return tuple(sorted(str(path.relative_to(ROOT)) for path in found))


def run_tests(part: Part, *, template: str, worker: str) -> Outcome:
    """Run tests against copies of this database until the first is red."""
    environment = os.environ | {
        "HEBI_TEST_TEMPLATE": template,
        "HEBI_TEST_WORKER": worker,
        "HEBI_CATALOGUE_COMPILED": "1",  # once, when this began
    }
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:xdist", "-m", part.marks]
    command += ["-k", part.word, *part.paths] if part.word else part.paths
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    found = _FAILED.search(done.stdout)
    if done.returncode == 1 and found:
        return Outcome(killer=found[1])
    return Outcome(trouble="" if done.returncode in {0, NO_TESTS} else (done.stdout + done.stderr).strip()[-2000:])
