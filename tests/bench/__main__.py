"""bin/bench: speed as ratios side by side. A developer's tool: it speaks English.

`--quick` takes small amounts of data, while developing; `--json` prints {name: {ratio, limit, ok}}; further words
choose benchmarks by the beginning of their file's name. Exits with 1 when a ratio is above its limit.
"""

from __future__ import annotations

import argparse
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.bench import branches, imports, lists, papers  # noqa: E402
from tests.bench.results import Result  # noqa: E402

BENCHMARKS = {"lists": lists.run, "imports": imports.run, "branches": branches.run, "papers": papers.run}


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Speed as ratios side by side.")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="which benchmarks; all when none is named")
    parser.add_argument("--quick", action="store_true", help="small amounts of data, while developing")
    parser.add_argument("--json", action="store_true", help="print {name: {ratio, limit, ok}}")
    options = parser.parse_args(words)
    told = sys.stderr if options.json else sys.stdout
    found: list[Result] = []
    for name in options.names or BENCHMARKS:
        for result in BENCHMARKS[name](is_quick=options.quick):
            found.append(result)
            print(result.line(), file=told, flush=True)
    if options.json:
        figures = {each.name: {"ratio": round(each.ratio, 2), "limit": each.limit, "ok": each.ok} for each in found}
        print(json.dumps(figures, ensure_ascii=False))
    failed = sum(not result.ok for result in found)
    print(f"bench: {len(found) - failed} passed, {failed} failed", file=told)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
