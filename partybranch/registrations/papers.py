"""Papers of the branch: how each is made, and where they are found again."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from partybranch.demo import papers as demo
from partybranch.papers import ledger, meeting_record, sign_in_sheet
from partybranch.registrations.room import Room
from partybranch.reporting import honours, month

# All of them for the branch's roles alone, and on its side of the log.
_paper = partial(registry.PaperBuilder, permission="partybranch.view_person", css="pdf/party.css", side="party")
PAPERS = {
    "sign_in_sheet": _paper(
        title=_("Sign-in sheet"),
        model="partybranch.lifeevent",
        facts=sign_in_sheet.facts,
        label=sign_in_sheet.label,
        template="partybranch/papers/sign_in_sheet.html",
    ),
    "meeting_record": _paper(
        title=_("Meeting record"),
        model="partybranch.lifeevent",
        facts=meeting_record.facts,
        label=sign_in_sheet.label,
        template="partybranch/papers/meeting_record.html",
    ),
    "ledger": _paper(
        title=_("Yearly ledger"),
        model="partybranch.branch",
        keys="[0-9]{4}",
        facts=ledger.facts,
        label=ledger.label,
        template="partybranch/papers/ledger.html",
        begins_at="partybranch:glance",
    ),
}


def _more() -> None:
    # The page is the floor's; who prints nothing else but the branch's papers finds it here.
    entry = registry.MenuEntry(
        _("Printed papers"), "reports:papers", "partybranch.view_person", "report", _("Party branch")
    )
    registry.navigation.register("partybranch.papers", entry, order=385)
    registry.monthly_sections.register("party", month.party_month, order=90)
    registry.monthly_sections.register("honours", honours.honour_month, order=95)
    # Behind the rooms whose records are printed.
    registry.demonstrations.register("partybranch.papers", demo.show, order=200)
    for name, paper in PAPERS.items():
        registry.paper_builders.register(f"partybranch.{name}", paper)


ROOM = Room(more=_more)
