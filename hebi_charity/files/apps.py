from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.guards import binding
from hebi_charity.core.registry import audit_acts


class FilesConfig(AppConfig):
    name = "hebi_charity.files"
    label = "files"
    verbose_name = _("files")

    def ready(self) -> None:
        from hebi_charity.files.services import DOWNLOADED, PAPER_ADDED

        binding("files_attachment", kind="log")
        binding("files_use", kind="log")
        audit_acts.register(DOWNLOADED, _("downloaded a table"))
        audit_acts.register(PAPER_ADDED, _("attached a paper"))
