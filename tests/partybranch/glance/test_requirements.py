"""Dated rules: recorded, ended, withdrawn; the earlier ones stay. Each rule of the table refuses by its name."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from hebi_charity.audit.models import Entry
from partybranch.lists.requirements import rules_by_kind
from partybranch.models import Requirement
from partybranch.services.broken_rules import AlreadyWithdrawn
from partybranch.services.requirements import ShippedRule, end_requirement, withdraw_requirement
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_branch
from tests.partybranch.glance.factories import TODAY, a_rule

pytestmark = pytest.mark.django_db


def test_what_ships_names_its_article_and_day():
    shipped = Requirement.objects.filter(recorded_by__isnull=True)

    assert {(row.kind, row.per, row.times, row.article, row.starts_on) for row in shipped} == {
        ("general", "quarter", 1, "第十一条", date(2018, 10, 28)),
        ("committee", "month", 1, "第十二条", date(2018, 10, 28)),
        ("group", "month", 1, "第十三条", date(2018, 10, 28)),
        ("lecture", "quarter", 1, "", date(2018, 10, 28)),
        ("theme_day", "month", 1, "第十六条", date(2019, 5, 6)),
        ("life", "year", 1, "第十七条", date(2019, 5, 6)),
        ("review", "year", 1, "第十八条", date(2019, 5, 6)),
    }


def refused_by(act) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return caught.value.__cause__.diag.constraint_name


def test_one_rule_of_a_kind_begins_on_a_day_for_all_and_one_for_each_branch():
    branch = a_branch()
    a_rule(), a_rule(branch=branch), a_rule(branch=a_branch())
    assert refused_by(a_rule) == "requirement_once"
    assert refused_by(lambda: a_rule(branch=branch)) == "requirement_once"

    withdraw_requirement(Requirement.objects.get(branch=branch), by=UserFactory(), reason="登记错误")
    a_rule(branch=branch)


def test_rule_is_never_edited():
    row = a_rule()
    rows = Requirement.objects.filter(pk=row.pk)

    for change in ({"times": 2}, {"starts_on": date(2024, 1, 1)}, {"source": "x"}):
        assert refused_by(lambda change=change: rows.update(**change)) == "partybranch_requirement_guard"


def test_rule_is_ended_once_and_withdrawn_once_and_every_act_is_logged():
    row, user = a_rule(), UserFactory()

    end_requirement(row, by=user, day=date(2025, 1, 1))
    with pytest.raises(AlreadyWithdrawn):
        end_requirement(row, by=user, day=date(2025, 2, 1))
    withdraw_requirement(row, by=user, reason="登记错误")
    with pytest.raises(AlreadyWithdrawn):
        withdraw_requirement(row, by=user, reason="再次")

    acts = Entry.objects.of(row).order_by("pk").values_list("act", "side")
    assert list(acts) == [
        ("party.requirement_recorded", "party"),
        ("party.requirement_ended", "party"),
        ("party.requirement_withdrawn", "party"),
    ]


def test_rule_that_came_with_the_program_is_not_withdrawn():
    with pytest.raises(ShippedRule):
        withdraw_requirement(Requirement.objects.earliest("pk"), by=UserFactory(), reason="x")


def test_list_tells_which_rule_holds_today_which_later_and_which_held_before():
    old, new, later = a_rule(), a_rule(starts_on=date(2024, 8, 1)), a_rule(starts_on=date(2025, 1, 1))
    wrong = a_rule(starts_on=date(2024, 8, 15))
    withdraw_requirement(wrong, by=UserFactory(), reason="登记错误")
    lines = dict(rules_by_kind(Requirement.objects.all(), TODAY))["党小组会"]

    found = {line.row.pk: line.standing for line in lines}
    assert (found[later.pk], found[wrong.pk], found[new.pk], found[old.pk]) == ("comes", "withdrawn", "holds", "past")


def typed(**changes):
    return {
        "form_key": str(uuid4()),
        "kind": "group",
        "per": "quarter",
        "times": "1",
        "starts_on": "2026-1-1",
        "source": "关于离退休干部党支部组织生活的通知",
        "article": "鹤老干〔2025〕8号",
    } | changes


def test_secretary_records_the_notice_of_the_higher_body_and_withdraws_it(client):
    log_in_as(client, "branch_secretary")
    branch = a_branch()

    page = client.post(reverse("partybranch:requirement_create"), typed(branch=branch.pk), follow=True)
    text = page.content.decode()
    assert "已登记。从生效日起取代原来的要求。" in text
    assert "关于离退休干部党支部组织生活的通知鹤老干〔2025〕8号" in text
    row = Requirement.objects.get(branch=branch)

    client.post(reverse("partybranch:requirement_end", args=[row.pk]), {"day": "2026-12-31"})
    page = client.post(reverse("partybranch:requirement_withdraw", args=[row.pk]), {"reason": "登记错误"}, follow=True)
    row.refresh_from_db()
    assert (row.ends_on, row.withdrawal_reason) == (date(2026, 12, 31), "登记错误")
    assert "已撤销。原来的要求恢复执行。" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"times": "40"}, "times"),
        ({"times": ""}, "times"),
        ({"source": " "}, "source"),
        ({"ends_on": "2025-12-31"}, "ends_on"),
        ({"starts_on": "2018-10-28"}, "starts_on"),
        ({"starts_on": "2026-13-1"}, "starts_on"),
    ],
)
def test_wrong_rule_is_refused_beside_the_field_and_what_was_typed_stays(client, changes, place):
    log_in_as(client, "branch_secretary")
    count = Requirement.objects.count()

    form = client.post(reverse("partybranch:requirement_create"), typed(**changes)).context["form"]

    assert list(form.errors) == [place]
    assert form["article"].value() == "鹤老干〔2025〕8号"
    assert Requirement.objects.count() == count


def test_organisation_member_reads_the_rules_and_records_none(client):
    log_in_as(client, "organisation_member")

    page = client.get(reverse("partybranch:requirement_list")).content.decode()

    assert "《中国共产党支部工作条例（试行）》第十一条" in page
    assert "登记制度或通知" not in page
    assert client.get(reverse("partybranch:requirement_create")).status_code == 403
