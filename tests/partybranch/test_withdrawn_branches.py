"""A branch, committee or group recorded by mistake is taken back while nothing hangs on it; the database holds it."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.core.sentences import sentence_for
from partybranch.forms import LifeFilterForm, NewPersonForm
from partybranch.forms.glance import RequirementForm
from partybranch.forms.honours import HonourForm
from partybranch.lists.bodies import bodies_of
from partybranch.models import Body, Branch
from partybranch.services import branches, events, exams
from partybranch.services.broken_rules import AlreadyWithdrawn, BranchWithdrawn
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.exams.factories import an_exam
from tests.partybranch.factories import a_body, a_branch, an_event, member, term, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    return log_in_as(client, "branch_secretary")


def withdrawn(row: Branch | Body, reason: str = "重复登记") -> Branch | Body:
    act = branches.withdraw_branch if isinstance(row, Branch) else branches.withdraw_body
    return act(row, by=UserFactory(), reason=reason)


def refused(row: Branch | Body) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        withdrawn(row)
    return caught.value.__cause__.diag.constraint_name


def test_branch_recorded_twice_is_taken_back_stays_readable_and_frees_its_name(client, secretary):
    first, twin = a_branch("离退休干部党支部"), a_branch("离退休党支部")
    address = reverse("partybranch:branch_withdraw", args=[twin.pk])
    page = client.post(address, {"reason": "与原支部重复"}, follow=True).content.decode()

    assert "已作为登记错误作废" in page
    assert f"登记错误：{secretary.full_name} 于 " in page
    assert "与原支部重复" in page
    assert reverse("partybranch:branch_update", args=[twin.pk]) not in page
    assert address not in page
    entry = Entry.objects.get(act="party.branch_withdrawn")
    assert (entry.actor, entry.side, entry.object_id, entry.reason) == (secretary, "party", twin.pk, "与原支部重复")
    assert list(Branch.objects.live()) == [first]
    assert "登记错误，已作废" in client.get(reverse("partybranch:branch_list")).content.decode()
    a_branch("离退休党支部")
    with pytest.raises(AlreadyWithdrawn):
        withdrawn(twin)


def test_withdrawn_branches_and_bodies_are_offered_nowhere():
    kept, gone = a_branch(), a_branch()
    group = withdrawn(a_body(kept))
    withdrawn(gone)

    assert list(Branch.objects.on(date(2024, 1, 1))) == [kept]
    assert list(Body.objects.on(date(2024, 1, 1))) == []
    assert list(LifeFilterForm().fields["branch"].queryset) == [kept]
    assert list(LifeFilterForm().fields["body"].queryset) == []
    for form in (NewPersonForm(), HonourForm(), RequirementForm()):
        assert list(form.fields["branch"].queryset) == [kept]
    assert [line.body for line in bodies_of(kept)] == [group]  # readable on the page of its branch


@pytest.mark.parametrize("reason", ["", " "])
def test_nothing_is_taken_back_without_a_reason(client, secretary, reason):
    branch = a_branch()
    page = client.post(reverse("partybranch:branch_withdraw", args=[branch.pk]), {"reason": reason}, follow=True)
    assert "登记有什么错" in page.content.decode() or "写明" in page.content.decode()
    branch.refresh_from_db()
    assert not branch.is_withdrawn()


def test_only_the_secretary_takes_back(client):
    log_in_as(client, "organisation_member")
    branch = a_branch()
    address = reverse("partybranch:branch_withdraw", args=[branch.pk])
    assert client.post(address, {"reason": "重复"}).status_code == 403
    assert address not in client.get(branch.get_absolute_url()).content.decode()


def test_branch_with_members_is_refused_with_a_sentence_until_they_are_withdrawn(client, secretary):
    branch = a_branch()
    person = member(branch=branch)
    address = reverse("partybranch:branch_withdraw", args=[branch.pk])
    page = client.post(address, {"reason": "重复"}, follow=True).content.decode()
    assert "这个党支部还有党员或任职记录，不能作废。" in page
    assert not Branch.objects.get().is_withdrawn()

    withdraw(person.memberships.get())
    client.post(address, {"reason": "重复"})
    assert Branch.objects.get().is_withdrawn()


def test_branch_with_events_or_bodies_is_refused_until_they_are_gone():
    branch = a_branch()
    event, group = an_event(branch=branch), a_body(branch)
    assert refused(branch) == "partybranch_branch_has_events"
    events.call_off(event, by=UserFactory(), reason="登记错了")
    assert refused(branch) == "partybranch_branch_has_records"
    withdrawn(group)
    assert withdrawn(branch).is_withdrawn()


def test_branch_with_an_exam_is_refused_until_the_exam_is_called_off():
    branch = a_branch()
    person = member(branch=branch)
    exam = an_exam(branch=branch)
    withdraw(person.memberships.get())
    assert refused(branch) == "partybranch_branch_has_records"
    exams.call_off_exam(exam, by=UserFactory(), reason="登记错了")
    assert withdrawn(branch).is_withdrawn()


def test_group_with_posts_or_meetings_is_refused_until_they_are_gone(client, secretary):
    branch = a_branch()
    group = a_body(branch, "group", "第三党小组")
    seat = term(member(branch=branch), "group_leader", body=group)
    assert refused(group) == "partybranch_body_has_members"
    withdraw(seat)
    event = an_event(branch=branch, kind="group", body=group)
    address = reverse("partybranch:body_withdraw", args=[group.pk])
    page = client.post(address, {"reason": "没有这个小组"}, follow=True).content.decode()
    assert "它还有会议记录，不能作废。" in page
    events.call_off(event, by=UserFactory(), reason="登记错了")
    page = client.post(address, {"reason": "没有这个小组"}, follow=True).content.decode()
    assert "没有这个小组" in page
    assert Body.objects.get().withdrawal_reason == "没有这个小组"
    assert Entry.objects.get(act="party.body_withdrawn").object_id == branch.pk
    a_body(branch, "group", "第三党小组")


def test_second_committee_stands_when_the_mistaken_one_is_taken_back():
    branch = a_branch()
    withdrawn(a_body(branch, "committee", "支委会"))
    assert a_body(branch, "committee", "支部委员会").pk


def test_every_table_of_a_branch_refuses_one_that_was_taken_back():
    """Each table with a branch asks whether it stands; a new table without that trigger fails here."""
    wanted = {
        (model._meta.db_table, f"{model._meta.db_table}_of_live_{field.name}")
        for model in apps.get_app_config("partybranch").get_models()
        for field in model._meta.get_fields()
        if field.many_to_one and field.related_model in {Branch, Body}
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE '%\\_of\\_live\\_b%'")
        assert set(cursor.fetchall()) == wanted


def test_nothing_is_recorded_of_a_branch_or_group_that_was_taken_back(client, secretary):
    gone, branch = withdrawn(a_branch()), a_branch()
    group = withdrawn(a_body(branch))
    person = member(branch=branch)
    tries = [
        (lambda: member(branch=gone), "partybranch_of_live_branch", "这个党支部是登记错的，已经作废。"),
        (lambda: an_event(branch=gone), "partybranch_of_live_branch", "这个党支部是登记错的，已经作废。"),
        (lambda: a_body(gone), "partybranch_of_live_branch", "这个党支部是登记错的，已经作废。"),
        (lambda: term(person, "group_leader", body=group), "partybranch_of_live_body", "这个支委会或党小组是登记错的"),
        (
            lambda: an_event(branch=branch, kind="group", body=group),
            "partybranch_of_live_body",
            "这个支委会或党小组是登记错的",
        ),
    ]
    for attempt, rule, sentence in tries:
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            attempt()
        assert caught.value.__cause__.diag.constraint_name == rule
        assert sentence_for(caught.value).startswith(sentence)


FORMS_OF_BRANCH = (
    "branch_update",
    "body_create",
    "life_create",
    "life_past",
    "exam_create",
    "self_study",
    "course",
    "lecture",
    "plan_create",
    "stock_create",
    "stock_hand_out",
)


@pytest.mark.parametrize("name", FORMS_OF_BRANCH)
def test_no_form_of_a_withdrawn_branch_opens_or_is_taken(client, secretary, name):
    kept, gone = a_branch(), withdrawn(a_branch("误登支部"))

    assert client.get(reverse(f"partybranch:{name}", args=[kept.pk])).status_code == 200
    for send in (client.get, client.post):
        shown = send(reverse(f"partybranch:{name}", args=[gone.pk]), {"name": "新名"})
        assert shown.url == gone.get_absolute_url()
        page = client.get(shown.url).content.decode()
        assert "本支部已作为登记错误作废，不能再登记或修改。请从支部列表打开正确的支部" in page
    gone.refresh_from_db()
    assert gone.name == "误登支部"


def test_branch_withdrawn_meanwhile_is_not_changed():
    gone = a_branch()
    withdrawn(Branch.objects.get(pk=gone.pk))

    with pytest.raises(BranchWithdrawn):
        branches.change_branch(gone, by=UserFactory(), name="新名")
