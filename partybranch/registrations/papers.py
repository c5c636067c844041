"""Papers of the branch: how each is made, and where they are found again."""

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from partybranch.papers import sign_in_sheet
from partybranch.registrations.room import Room


def _more() -> None:
    # The page is the floor's; who prints nothing else but the branch's papers finds it here.
    entry = registry.MenuEntry(
        _("Printed papers"), "reports:papers", "partybranch.view_person", "report", _("Party branch")
    )
    registry.navigation.register("partybranch.papers", entry, order=385)
    registry.paper_builders.register(
        "partybranch.sign_in_sheet",
        registry.PaperBuilder(
            title=_("Sign-in sheet"),
            permission="partybranch.view_person",
            model="partybranch.lifeevent",
            facts=sign_in_sheet.facts,
            label=sign_in_sheet.label,
            template="partybranch/papers/sign_in_sheet.html",
            css="pdf/party.css",
            side="party",
        ),
    )


ROOM = Room(more=_more)
