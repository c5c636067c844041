from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartyBranchConfig(AppConfig):
    name = "partybranch"
    verbose_name = _("Party branch")

    def ready(self) -> None:
        from partybranch import registrations

        registrations.register()
