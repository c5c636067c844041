from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "hebi_charity.reports"
    label = "reports"
    verbose_name = _("reports")

    def ready(self) -> None:
        from hebi_charity.reports import registrations

        registrations.register()
