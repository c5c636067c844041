"""Starts the child that reads a file, and gives the parent its rows as a stream and its report."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from hebi_charity.imports.reading.reasons import Reason

logger = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[3]
_LONGEST_SECONDS = 300


@dataclass
class Reading:
    """A running child: read `rows` to their end, then `report` is filled when the block is left."""

    rows: BinaryIO
    report: dict = field(default_factory=dict)


@contextmanager
def reading(path: Path, act: str, **order: object) -> Iterator[Reading]:
    """Run one act (look, stage or pick) on a file in a process with limits.

    Raises Reason when the child refuses the file, runs out of memory or time, or dies.
    """
    report_read, report_write = os.pipe()
    # Nothing of our environment goes to the child: it holds keys and database addresses.
    environment = {"PATH": os.defpath, "PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    child = subprocess.Popen(
        [sys.executable, "-m", "hebi_charity.imports.reading.child", str(report_write)],
        cwd=_ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(report_write,),
        start_new_session=True,
    )
    os.close(report_write)
    watch = threading.Timer(_LONGEST_SECONDS, child.kill)
    watch.daemon = True
    watch.start()
    with os.fdopen(report_read, encoding="utf-8") as report_file:
        try:
            child.stdin.write(json.dumps({"act": act, "path": str(path), **order}).encode())
            child.stdin.close()
            running = Reading(child.stdout)
            yield running
            child.stdout.read()
            text = report_file.read()
            child.wait()
        finally:
            watch.cancel()
            child.kill()
            child.wait()
            child.stdout.close()
    if not text:
        logger.warning("Reading a file ended with status %s", child.returncode)
        raise Reason("file_too_complex")
    running.report.update(json.loads(text))
    if "refused" in running.report:
        values = dict(running.report["refused"])
        raise Reason(values.pop("code"), **values)


def report_of(path: Path, act: str, **order: object) -> dict:
    """The report of an act that writes no rows."""
    with reading(path, act, **order) as running:
        pass
    return running.report
