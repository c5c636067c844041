from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "hebi_charity.office"
    label = "office"
    verbose_name = _("office")

    def ready(self) -> None:
        from hebi_charity.office import registrations, rights

        registrations.register()
        register(rights.check_append_only, Tags.security, deploy=True)
