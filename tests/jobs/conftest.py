import pytest

from hebi_charity.core.registry import job_failures, job_handlers
from hebi_charity.jobs.sending import broker


@pytest.fixture
def handler():
    """Register a step for the kind "tests.work": `handler(step, failed=None)`."""

    def register(step, failed=None):
        job_handlers.register("tests.work", step)
        if failed:
            job_failures.register("tests.work", failed)

    yield register
    job_handlers._items.pop("tests.work", None)
    job_failures._items.pop("tests.work", None)


@pytest.fixture(autouse=True)
def broker_forgets():
    broker.forget()
    yield
    broker.forget()
