"""One file loaded through the product's own services, in a process of its own so that its memory can be told.

Run as `python -m tests.bench.loading FILE`; prints one line of JSON: seconds, rows, and the peak of memory (VmHWM, in
MB) of this process, of the child that reads the file, and of the server process behind the connection.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

MAKER, CONFIRMER, CAMPAIGN = "benchmaker", "benchchecker", "基准募捐"


def peak_of(process: int | str) -> int:
    """The most memory a living process ever held, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1024


def main(file: str) -> None:
    django.setup()
    from django.db import connection

    from donations.importing.command import Wish, load

    wish = Wish(Path(file), by=MAKER, channel="platform", campaign=CAMPAIGN, is_commit=True, confirmed_by=CONFIRMER)
    start = time.perf_counter()
    result = load(wish)
    seconds = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    found = {
        "seconds": seconds,
        "rows": result["accepted"],
        "state": result["state"],
        "process": peak_of("self"),
        "child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "server": peak_of(backend),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
