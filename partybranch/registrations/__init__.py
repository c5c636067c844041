"""What the Party branch offers to the apps below it, room by room. Called once, when the app starts."""

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from partybranch.demo import branch as demo
from partybranch.registrations import attend, exams, files, glance, honours, life, members, papers, record, study, votes

ROOMS = (
    members.ROOM,
    life.ROOM,
    honours.ROOM,
    attend.ROOM,
    votes.ROOM,
    study.ROOM,
    papers.ROOM,
    record.ROOM,
    glance.ROOM,
    exams.ROOM,
    files.ROOM,
)
# What the triggers of this app refuse, each by the name it raises.
REFUSALS = {name: words for room in ROOMS for name, words in room.refusals.items()}


def register() -> None:
    for room in ROOMS:
        room.register(group=_("Party branch"))
    registry.demonstrations.register("partybranch", demo.show)
