from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.guards import binding
from hebi_charity.core.registry import audit_acts, book_checks, file_checks


class FilesConfig(AppConfig):
    name = "hebi_charity.files"
    label = "files"
    verbose_name = _("files")

    def ready(self) -> None:
        from hebi_charity.files.book_checks import check_files, check_uses
        from hebi_charity.files.services import DOWNLOADED, PAPER_ADDED, REFUSED

        binding("files_attachment", kind="log")
        binding("files_use", kind="log")
        audit_acts.register(DOWNLOADED, _("downloaded a table"))
        audit_acts.register(REFUSED, _("asked for a file that was changed in the store, and did not get it"))
        file_checks.register("files.files", check_files)
        book_checks.register("files.uses", check_uses, order=15)
        audit_acts.register(PAPER_ADDED, _("attached a paper"))
