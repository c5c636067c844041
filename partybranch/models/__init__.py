from partybranch.models.branch import Body, Branch
from partybranch.models.circumstance import Circumstance
from partybranch.models.life_event import Attendance, LifeEvent
from partybranch.models.membership import Membership
from partybranch.models.person import Person
from partybranch.models.stage_change import StageChange
from partybranch.models.standing import Standing
from partybranch.models.term import Term

__all__ = [
    "Attendance",
    "Body",
    "Branch",
    "Circumstance",
    "LifeEvent",
    "Membership",
    "Person",
    "StageChange",
    "Standing",
    "Term",
]
