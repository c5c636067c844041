"""The room of honours: wall, dossiers, rankings, press, words of leaders, thanks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from partybranch import dossier_checks, work_of_honours
from partybranch.demo import honours as demo
from partybranch.lists import finding_honours
from partybranch.papers import honour_book
from partybranch.registrations.room import MenuLine, Room

REGISTERS = ("ranking", "pressreport", "leaderword", "thanks")
WITH_FILES = ("honour", "honourdossier", *REGISTERS)


def _may_see(user, row) -> bool:
    """Files of the room are its roles' alone, as its rows are."""
    return user.has_perm("partybranch.view_person")


def _more() -> None:
    for model in WITH_FILES:
        registry.file_access.register(f"partybranch.{model}", _may_see)
    registry.book_checks.register("partybranch.dossiers", dossier_checks.check_dossiers, order=62)
    registry.work_sources.register("partybranch.honours", work_of_honours.work, order=65)
    registry.paper_builders.register(
        "partybranch.honour_book",
        registry.PaperBuilder(
            title=_("Book of honours"),
            permission="partybranch.view_person",
            facts=honour_book.facts,
            template="partybranch/papers/honour_book.html",
            css="pdf/honours.css",
            side="party",
        ),
    )
    registry.search_sources.register("partybranch.honours", finding_honours.honours, order=45)
    registry.demonstrations.register("partybranch.honours", demo.show)


ROOM = Room(
    menu={"honours": MenuLine(_("Honours"), "honour_list", "flag", 60)},
    refusals={
        "partybranch_part_of_whole": _(
            "Bodies and evidence are recorded together with their honour or dossier; none is added afterwards."
        ),
        "partybranch_whole_has_parts": _("Not every body or piece of evidence was recorded. Please try again."),
        "partybranch_of_live_honour": _("This honour was withdrawn. Record the right one first."),
    },
    acts={
        "party.honour_recorded": _("recorded an honour"),
        "party.honour_moved": _("recorded where an honour hangs"),
        "party.honour_revoked": _("recorded that an honour was revoked"),
        "party.honour_cited": _("recorded where an honour was cited"),
        "party.dossier_frozen": _("froze the dossier of an honour"),
        "party.rankings_recorded": _("recorded a ranking"),
        "party.press_recorded": _("recorded a press report"),
        "party.words_recorded": _("recorded words of a leader"),
        "party.thanks_recorded": _("recorded thanks"),
        "party.honours_exported": _("exported honours"),
    },
    logged={
        "honour.bodies": registry.LoggedField(_("who gave it")),
        "honour.cited_in": registry.LoggedField(_("cited in")),
        "honour.evidence": registry.LoggedField(_("pieces of evidence")),
        **{f"{model}.when": registry.LoggedField(_("when")) for model in ("honour", *REGISTERS)},
        **{f"{model}.paper": registry.LoggedField(_("Papers")) for model in ("honour", *REGISTERS)},
    },
    binding=("honour", "honourgrantor", "honourdossier", "dossieritem", "honourcitation", *REGISTERS),
    more=_more,
)
