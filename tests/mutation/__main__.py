"""bin/check --mutate: drop each constraint and each trigger in turn; the tests that watch it have to turn red.

A line for each, and as the last line how many passed and how many failed. A rule whose absence nobody notices is
named and is a failure. `--only NAME` takes the rules with this in their name or table, `--since TABLE` goes on from
a table where an earlier run ended. Speaks English.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache
from queue import SimpleQueue
from threading import Lock

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.conftest import ROOT, copy_database, superuser_execute, with_name  # noqa: E402
from tests.mutation.rules import Rule, rules_of  # noqa: E402
from tests.mutation.suite import LEFT_OUT, Outcome, Part, parts_for, run_tests  # noqa: E402
from tests.sessions import session_of  # noqa: E402

WHOLE = "mutation_whole"
MOST_WORKERS = 4
_one_asks = Lock()


def make_whole() -> None:
    """The database with every rule, as the migrations leave it."""
    copy_database("template0", WHOLE)
    urls = {name: with_name(os.environ[name], WHOLE) for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    command = [sys.executable, "manage.py", "migrate_office", "-v", "0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | urls, check=True, stdout=subprocess.DEVNULL)


def is_green(file: str) -> bool:
    """Whether the tests of a file are green as long as every rule is there. Asked once a file."""
    with _one_asks:
        return _run_whole(file)


@cache
def _run_whole(file: str) -> bool:
    return not run_tests(Part((file,), marks=LEFT_OUT), template=WHOLE, worker="whole").killer


def try_without(rule: Rule, worker: str) -> Outcome:
    """What the tests say when this rule is missing."""
    without = f"mutation_{worker}"
    copy_database(WHOLE, without)
    superuser_execute(rule.drop, database=without)
    outcome = Outcome()
    for part in parts_for(rule):
        outcome = run_tests(part, template=without, worker=worker)
        if outcome.killer or outcome.trouble:
            break
    superuser_execute(f'DROP DATABASE "{without}" WITH (FORCE)')
    if outcome.killer and not is_green(outcome.killer.partition("::")[0]):
        return Outcome(trouble=f"{outcome.killer} may be red for another reason: its file is red with every rule there")
    return outcome


def line(rule: Rule, outcome: Outcome) -> str:
    if outcome.killer:
        return f"ok        {rule}  ({outcome.killer})"
    return f"SURVIVED  {rule}" + (f"\n{outcome.trouble}" if outcome.trouble else "")


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/check --mutate", description="Drop each rule; a test has to notice.")
    parser.add_argument("--only", metavar="NAME", default="", help="rules with this in their name or table")
    parser.add_argument("--since", metavar="TABLE", default="", help="rules of this table and those after it by name")
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, MOST_WORKERS))
    options = parser.parse_args(words)
    make_whole()
    with closing(session_of("DATABASE_SUPERUSER_URL", WHOLE)) as session:
        rules = [rule for rule in rules_of(session) if options.only in str(rule) and rule.table >= options.since]
    workers: SimpleQueue[str] = SimpleQueue()
    for number in range(options.workers):
        workers.put(f"mutant{number}")

    def try_one(rule: Rule) -> bool:
        worker = workers.get()
        try:
            outcome = try_without(rule, worker)
        finally:
            workers.put(worker)
        print(line(rule, outcome), flush=True)
        return bool(outcome.killer)

    with ThreadPoolExecutor(options.workers) as pool:
        noticed = list(pool.map(try_one, rules))
    superuser_execute(f'DROP DATABASE "{WHOLE}" WITH (FORCE)')
    print(f"{noticed.count(True)} passed, {noticed.count(False)} failed")
    return 0 if all(noticed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
