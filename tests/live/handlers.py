"""Work for the live tests: each chunk leaves one entry in the log, so that a repeated or a lost one is seen."""

import time

from hebi_charity.audit import services as audit

COUNT = "tests.count"
COUNTED = "tests.counted"


def count(run):
    """Count to `params["to"]`, taking `params["seconds"]` over each number."""
    at = run.checkpoint.get("at", 0)
    with run.chunk():
        audit.record(None, COUNTED, None, reason=str(at))
        time.sleep(run.params.get("seconds", 0.0))
        run.checkpoint["at"] = at + 1
        run.progress(at + 1, run.params["to"], "counting")
        if at + 1 == run.params["to"]:
            run.done(note="counted")


def register(job_handlers):
    if job_handlers.get(COUNT) is None:
        job_handlers.register(COUNT, count)
