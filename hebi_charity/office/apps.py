from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "hebi_charity.office"
    label = "office"
    verbose_name = _("office")

    def ready(self) -> None:
        from hebi_charity.office import registrations

        registrations.register()
