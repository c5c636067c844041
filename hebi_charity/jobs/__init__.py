"""Work in the background: the job row is the truth, Celery only carries its number."""

from hebi_charity.jobs.exceptions import JobFailed, LostClaim

__all__ = ["JobFailed", "LostClaim"]
