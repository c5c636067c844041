"""A form sent a second time: the same gives the first result; whatever differs in it makes it another form."""

from datetime import date, time
from decimal import Decimal
from uuid import uuid4

import pytest

from hebi_charity.office.services.form_keys import FormKeyReused
from partybranch.models import Exam, HonourDossier, HourRule, LearningRecord, LifeEvent, LifePicture
from partybranch.services import events, exams, honour_dossiers, learning, people, pictures, study
from partybranch.services.past import Past, record_past_event
from tests.donations.factories import UserFactory
from tests.partybranch.exams.factories import bank_of
from tests.partybranch.factories import a_body, a_branch, member, new_person, noticed_event, term
from tests.partybranch.honours.factories import an_honour
from tests.partybranch.record.factories import a_picture, an_attachment

pytestmark = pytest.mark.django_db
DAY = date(2019, 6, 28)


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def branch(db):
    return a_branch()


def past_event(branch, *, outcome="一致同意。", rest_came=True, **facts) -> Past:
    person = branch.memberships.first().person
    values = {
        "branch": branch,
        "kind": "lecture",
        "topic": "学习党章",
        "held_on": DAY,
        "begins_at": time(9, 0),
        "place": "三楼会议室",
        "chair": person,
        "recorder": person,
    }
    return Past(event=LifeEvent(**values | facts), outcome=outcome, rest_came=rest_came)


@pytest.mark.parametrize(
    "change",
    [
        {"agenda": "一、领学"},
        {"lecturer_kind": "own", "lecturer": "甲"},
        {"begins_at": time(9, 30)},
        {"place": "二楼"},
        {"with_others": True},
        {"kind": "training"},
        {"outcome": "没有决议。"},
    ],
)
def test_past_event_that_differs_is_another_form(branch, by, change):
    member(branch=branch)
    key = uuid4()

    first = record_past_event(past_event(branch), by=by, form_key=key)
    again = record_past_event(past_event(branch), by=by, form_key=key)

    assert again == first
    with pytest.raises(FormKeyReused):
        record_past_event(past_event(branch, **change), by=by, form_key=key)
    assert LifeEvent.objects.count() == 1


def test_event_prepared_twice_by_one_form_is_one(branch, by):
    key = uuid4()

    def prepare():
        row = LifeEvent(branch=branch, kind="lecture", topic="学习党章", held_on=DAY)
        return events.prepare_event(row, by=by, form_key=key)

    assert prepare() == prepare()
    assert LifeEvent.objects.count() == 1


def test_past_event_of_another_lecturer_or_branch_is_another_form(branch, by):
    member(branch=branch)
    other = a_branch()
    member(branch=other, name="李四")
    key = uuid4()
    record_past_event(past_event(branch, lecturer_kind="own", lecturer="甲"), by=by, form_key=key)

    for differing in (past_event(branch, lecturer_kind="expert", lecturer="甲"), past_event(other)):
        with pytest.raises(FormKeyReused):
            record_past_event(differing, by=by, form_key=key)


def test_pictures_of_another_kind_turn_or_caption_are_another_form(branch, by):
    member(branch=branch)
    event, picture, key = noticed_event(branch=branch), an_attachment(), uuid4()

    def add(kind="photo", turns=0, caption="合影"):
        chosen = [pictures.Chosen(kind, picture, turns)]
        return pictures.add_pictures(event, chosen, by=by, form_key=key, caption=caption)

    assert (len(add()), add()) == (1, [])
    for change in ({"kind": "page"}, {"turns": 1}, {"caption": "全体合影"}):
        with pytest.raises(FormKeyReused):
            add(**change)
    assert LifePicture.objects.count() == 1


def test_exam_of_other_banks_or_another_sheet_is_another_form(branch, by):
    member(branch=branch)
    first, second, key = bank_of(3), bank_of(3), uuid4()

    def prepare(*banks, count=2, points=50):
        exam = Exam(title="笔试", held_on=date(2022, 9, 5), branch=branch, mode="written", points_to_pass=Decimal(60))
        parts = iter([exams.SheetPart("single", count, Decimal(points))])
        return exams.prepare_exam(exam, banks=banks, parts=parts, by=by, form_key=key)

    assert prepare(first) == prepare(first)
    for banks, changes in (([second], {}), ([first, second], {}), ([first], {"count": 3}), ([first], {"points": 40})):
        with pytest.raises(FormKeyReused):
            prepare(*banks, **changes)
    assert Exam.objects.count() == 1


def test_person_of_a_branch_of_the_same_name_is_another_form(by):
    first, second, key = a_branch("同名党支部"), a_branch("同名党支部 "), uuid4()
    second.name = first.name  # as a form could not tell them apart

    people.register_person(new_person(branch=first), by=by, form_key=key)

    with pytest.raises(FormKeyReused):
        people.register_person(new_person(branch=second), by=by, form_key=key)


def test_note_with_another_photograph_is_another_form(branch, by):
    person, key = member(branch=branch), uuid4()

    def state(colour):
        hours = learning.Measure(HourRule.Unit.SELF_HOUR, Decimal(2))
        entry = study.Statement(branch, person, "党章", date(2022, 3, 8), date(2022, 3, 8), hours)
        return study.state_self_study(entry, by=by, form_key=key, pictures=[a_picture(colour=colour)])

    assert state("red") == state("red")
    with pytest.raises(FormKeyReused):
        state("blue")
    assert LearningRecord.objects.count() == 1


def test_dossier_with_another_paper_of_the_same_name_is_another_form(branch, by):
    honour, key = an_honour(), uuid4()

    def freeze(colour):
        papers = [a_picture(colour=colour, name="证书.jpg")]
        facts = {"application": "主要事迹", "evidence": [], "papers": papers}
        return honour_dossiers.freeze_dossier(honour, by=by, form_key=key, **facts)

    assert freeze("red") == freeze("red")
    with pytest.raises(FormKeyReused):
        freeze("blue")
    assert HonourDossier.objects.count() == 1


def test_meeting_of_another_group_is_another_form(branch, by):
    person = member(branch=branch)
    groups = [a_body(branch, name=name) for name in ("第一党小组", "第二党小组")]
    term(person, "group_leader", body=groups[0], starts_on=date(2018, 1, 1))
    key = uuid4()
    record_past_event(past_event(branch, kind="group", body=groups[0]), by=by, form_key=key)

    with pytest.raises(FormKeyReused):
        record_past_event(past_event(branch, kind="group", body=groups[1]), by=by, form_key=key)
