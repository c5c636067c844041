from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "hebi_charity.imports"
    label = "imports"
    verbose_name = _("imports")

    def ready(self) -> None:
        from hebi_charity.imports import registrations

        registrations.register()
