"""Work for the live tests: each chunk leaves one entry in the log, so that a repeated or a lost one is seen."""

import time

from donations.models import Donor
from hebi_charity.audit import services as audit

COUNT = "tests.count"
COUNTED = "tests.counted"
SPILL = "tests.spill"


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


def spill(run):
    """Be refused by the database with a row that holds `params["name"]`."""
    with run.chunk():
        Donor.objects.create(name=run.params["name"], kind="person", identifier_hash="x", sort_key="x")


def register(job_handlers):
    for kind, step in {COUNT: count, SPILL: spill}.items():
        if job_handlers.get(kind) is None:
            job_handlers.register(kind, step)
