"""The Celery application. Only the jobs app sends to it."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hebi_charity.settings")

app = Celery("hebi_charity")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_everywhere(**_options: object) -> None:
    """Workers log as LOGGING says. Without a receiver Celery puts handlers of its own, which write whole errors."""
    from django.conf import settings
    from django.utils.log import configure_logging

    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
