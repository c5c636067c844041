"""The Celery application. Only the jobs app sends to it."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hebi_charity.settings")

app = Celery("hebi_charity")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
