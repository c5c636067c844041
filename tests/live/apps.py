from django.apps import AppConfig

from hebi_charity.core.registry import job_handlers


class LiveConfig(AppConfig):
    """Background work that shows, in the log, exactly what was done and how often."""

    name = "tests.live"
    label = "live"

    def ready(self) -> None:
        from tests.live import handlers

        handlers.register(job_handlers)
