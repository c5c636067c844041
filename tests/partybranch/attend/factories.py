"""Observers and make-ups for tests, made as the services make them. Every person is invented."""

from datetime import date
from uuid import uuid4

from partybranch.models import LifeEvent, MakeUp, Observer, Person
from partybranch.services import make_ups, observers
from tests.donations.factories import UserFactory
from tests.partybranch.factories import attend, noticed_event

DAY = date(2024, 3, 25)


def an_observer(event: LifeEvent, person: Person | None = None, **facts: object) -> Observer:
    """A guest from the superior, unless a person of the branch is given."""
    guest = {} if person else {"guest": "何督导", "unit": "市直机关工委"}
    row = Observer(event=event, person=person, **(guest | facts))
    return observers.add_observer(row, by=UserFactory(), form_key=uuid4())


def a_missed_event(status: str = "absent", **facts: object) -> LifeEvent:
    """A theme Party day of 20 March 2024 that the first of its list missed."""
    event = noticed_event(**facts)
    attend(event, event.attendance.order_by("pk").first().person, status, "住院")
    return event


def a_make_up(event: LifeEvent | None = None, **facts: object) -> MakeUp:
    """The first of the list read the material on 25 March 2024, unless said otherwise."""
    event = event or a_missed_event()
    row = event.attendance.order_by("pk").first()
    values = {"done_on": DAY, "way": "reading", "what": "学习材料"} | facts
    return make_ups.record_make_ups(event, [row], by=UserFactory(), form_key=uuid4(), **values)[0]
