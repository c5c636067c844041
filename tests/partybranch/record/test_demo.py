"""The demonstration's books: the year 2022 entered afterwards and filed, with its gaps; the first half of this year."""

from datetime import date, time, timedelta

import pytest

from hebi_charity.accounts.errors import NotInRealMode
from hebi_charity.audit.books import differences
from hebi_charity.core.dates import SHANGHAI
from partybranch.demo import branch, glance, record
from partybranch.models import Addendum, LifeEvent, LifePicture
from partybranch.services import invented
from tests.donations.factories import UserFactory
from tests.partybranch.factories import an_event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def loaded(db):
    people = {"secretary": UserFactory(), "organizer": UserFactory()}
    for part in (branch, glance, record, record):
        part.show(people, TODAY)


def test_year_2022_is_filed_as_back_entries_with_its_visits_lectures_and_the_congress(loaded):
    events = LifeEvent.objects.filed().filter(held_on__year=2022)

    assert events.count() == 39
    assert set(events.values_list("is_back_entry", flat=True)) == {True}
    assert {event.kind for event in events} == set(LifeEvent.Kind.values)
    topics = {event.topic: event for event in events}
    assert topics["收听收看党的二十大开幕会"].held_on == date(2022, 10, 16)
    assert topics["参观辉县郭亮村挂壁公路"].place == "辉县市郭亮村"
    online = topics["微信党课：学习《做合格的共产党员》"].attendance
    assert online.filter(status="online").count() > 10
    assert not online.filter(status="present").exists()


def test_only_what_was_entered_afterwards_is_marked(loaded):
    marked = LifeEvent.objects.filter(is_back_entry=True)

    assert {event.held_on.year for event in marked} == {2021, 2022}
    of_this_year = LifeEvent.objects.filter(held_on__year=TODAY.year, noticed_at__isnull=False)
    assert of_this_year.count() > 25
    for event in of_this_year.filter(held_on__lt=TODAY):
        moment = event.noticed_at.astimezone(SHANGHAI)
        assert (event.held_on - moment.date(), moment.time()) == (timedelta(days=4), time(16, 30))


def test_nobody_announces_in_the_past_where_real_work_is_done(loaded, settings):
    settings.HEBI_MODE = "real"
    event = an_event()

    with pytest.raises(NotInRealMode):
        invented.announce_in_time(event, by=UserFactory())
    assert LifeEvent.objects.get(pk=event.pk).is_draft()


def test_year_shows_what_it_lacked(loaded):
    events = LifeEvent.objects.filed().filter(held_on__year=2022)
    months = {kind: {event.held_on.month for event in events.filter(kind=kind)} for kind in ("committee", "theme_day")}

    assert set(range(1, 13)) - months["committee"] == {7, 8}
    assert set(range(1, 13)) - months["theme_day"] == {5, 8, 12}


def test_review_was_held_together_and_an_addendum_stands_beside(loaded):
    review = LifeEvent.objects.get(kind="review", held_on__year=2022)

    assert review.held_with.kind == "life"
    assert review.is_filed()
    assert Addendum.objects.get().event == review.held_with


def test_first_half_of_this_year_is_filed_and_books_hold(loaded):
    events = LifeEvent.objects.filter(held_on__year=2026)

    assert {event.held_on.month for event in events.filed()} == set(range(1, 7))
    assert {event.held_on.month for event in events.noticed()} >= {7, 8, 9, 10}
    assert LifePicture.objects.count() == 41
    assert [row for row in differences() if row.check == "life"] == []
