"""The room of files: the roll and question banks loaded from tables through the floor's wizard."""

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from partybranch.registrations.room import MenuLine, Room


def _more() -> None:
    from partybranch.importing import questions, roll

    registry.import_targets.register(roll.KEY, roll.TARGET)
    registry.import_targets.register(questions.KEY, questions.TARGET)


ROOM = Room(
    menu={"files": MenuLine(_("Load from a table"), "files", "import", 85)},
    binding=("loadedrow",),
    more=_more,
)
