"""What the imports app offers to the registries. Called once, when the app starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hebi_charity.accounts.documents import DocumentKind, document_kinds
from hebi_charity.core import registry, sentences
from hebi_charity.core.guards import binding

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from hebi_charity.imports.models import Import
    from hebi_charity.jobs.models import Job

REFUSALS = {
    "imports_stagedrow_guard": _(
        "The rows of this file are frozen: they change only while the file is being checked. To correct them, have the"
        " import returned and check the file again."
    ),
    "imports_another_person": _("You loaded this file yourself. A colleague must confirm or return it."),
    "imports_stagedrow_pkey": _("This line of the file was read already."),
}
_ACTS = {
    "import.uploaded": _("loaded a file"),
    "import.planned": _("said how the file is read"),
    "import.answered": _("answered the question about a file"),
    "import.submitted": _("submitted an import"),
    "import.returned": _("returned an import"),
    "import.confirmed": _("confirmed an import"),
    "import.merged": _("had a confirmed import merged"),
    "import.discarded": _("discarded an import"),
    "import.decided": _("decided on rows that may be known"),
    "import.undone": _("took an import back"),
    "import.rejected_exported": _("downloaded the rows that were not imported"),
}


def answer_in_words(code: object) -> str:
    from hebi_charity.imports.models import Import

    return str(dict(Import.Answer.choices).get(code, code))


def may_open_original(user: User, imported: Import) -> bool:
    """Who loads or confirms files of this kind may open the original: it may hold telephones and cards in full."""
    from hebi_charity.imports.targets import may

    return may(user, imported, "load") or may(user, imported, "confirm")


def side_of(imported: Import) -> str:
    """On which side of the log stands what is done with the original."""
    from hebi_charity.imports.targets import target_of

    return target_of(imported).side


def register() -> None:
    from hebi_charity.imports import book_checks, finding, work
    from hebi_charity.imports.models import Import
    from hebi_charity.imports.services import checking, deciding, merging, planning, resuming

    sentences.register(REFUSALS)
    registry.logged_fields.register("imports.import.answer", registry.LoggedField(_("Answer"), answer_in_words))
    binding("imports_import", kind="document")
    binding("imports_stagedrow", kind="document")
    document_kinds.register(
        "imports.import",
        DocumentKind(_("Import of a file"), "imports.add_import", "imports.confirm_import"),
        order=15,
    )

    def may_read(user: User, job: Job) -> bool:
        about = job.params.get("import")
        return about is None or Import.objects.visible_to(user).filter(pk=about).exists()

    for kind, step in ((planning.CHECK, checking.step), (deciding.MERGE, merging.step)):
        registry.job_handlers.register(kind, step)
        registry.job_failures.register(kind, resuming.note_failure)
        registry.job_access.register(kind, may_read)
    registry.job_kinds.register(planning.CHECK, _("Check of a file"))
    registry.job_kinds.register(deciding.MERGE, _("Merge of an import"))
    registry.search_sources.register("imports.imports", finding.imports, order=20)
    registry.file_access.register("imports.import", may_open_original)
    registry.file_sides.register("imports.import", side_of)
    registry.work_sources.register("imports", work.waiting, order=15)
    registry.period_close_checks.register("imports", work.against_closing)
    registry.book_checks.register("imports.numbers", book_checks.check_numbers, order=20)
    registry.book_checks.register("imports.imports", book_checks.check_imports, order=21)
    registry.book_checks.register("imports.log", book_checks.check_log, order=22)
    registry.book_checks.register("imports.people", book_checks.check_people, order=23)
    menu = registry.MenuEntry(
        _("Import records"), "imports:list", permission="imports.view_import", icon="import", group=_("Donations")
    )
    registry.navigation.register("imports.list", menu, order=120)
    for act, words in _ACTS.items():
        registry.audit_acts.register(act, words)
