"""The charity federation's office system: project settings and the apps every domain app stands on."""

from hebi_charity.celery import app as celery_app

__all__ = ["celery_app"]
