"""Whose second account it is, is said once: no link is taken off for a moment to make two people of one."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from hebi_charity.accounts import errors, services
from hebi_charity.accounts.forms.people import ChangePersonForm
from hebi_charity.accounts.models import User
from hebi_charity.core.sentences import sentence_for
from tests.accounts.factories import make_person

pytestmark = pytest.mark.django_db
STAYS = (
    "这个账号是谁的第二账号，登记后不再改动：两个账号办的事按同一个人核对。"
    "如果登记错了，请停用这个账号，另建一个新账号。"
)
FIRST = "同一个人的账号都归在第一个账号名下。请选那个账号，或改选其他人的账号。"


def refused(act) -> tuple[str, str]:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return caught.value.__cause__.diag.constraint_name, sentence_for(caught.value)


@pytest.fixture
def first():
    return make_person()


@pytest.fixture
def second(first):
    return make_person(main_account=first)


def change(user: User, main_account: User | None) -> User:
    facts = {"full_name": user.full_name, "phone": None, "joined_on": None, "main_account": main_account}
    return services.change_person(user, by=make_person("administrator"), **facts)


def test_link_is_neither_taken_off_nor_moved(first, second):
    for other in (None, make_person()):
        link = User.objects.filter(pk=second.pk)
        assert refused(lambda: link.update(main_account=other)) == ("accounts_main_account_fixed", STAYS)  # noqa: B023
        with pytest.raises(errors.PeopleError) as caught:
            change(second, other)
        assert str(caught.value) == STAYS
    assert User.objects.get(pk=second.pk).main_account == first


def test_account_without_a_link_gets_one_later(first):
    later = make_person()

    assert change(later, first).main_account == first


def test_main_account_of_others_does_not_become_a_second_one(first, second):
    """Else its second account would belong to it, and it to another: two people."""
    row = User.objects.filter(pk=first.pk)

    assert refused(lambda: row.update(main_account=make_person())) == ("accounts_main_account_is_first", FIRST)


def test_second_account_is_no_main_account(second):
    facts = {"username": "third", "full_name": "林小", "main_account": second}
    assert refused(lambda: User.objects.create(**facts)) == ("accounts_main_account_is_first", FIRST)
    third = User.objects.filter(pk=make_person().pk)
    assert refused(lambda: third.update(main_account=second)) == ("accounts_main_account_is_first", FIRST)


def test_form_shows_the_link_and_leaves_it(client, first, second):
    client.force_login(make_person("administrator"))
    services.deactivate_person(first, by=make_person("administrator"), reason="离职")

    field = ChangePersonForm(instance=second).fields["main_account"]
    assert (field.disabled, str(field.help_text), list(field.queryset)) == (True, STAYS, [first])
    client.post(reverse("accounts:update", args=[second.pk]), {"full_name": "林大", "main_account": ""})

    second.refresh_from_db()
    assert (second.full_name, second.main_account) == ("林大", first)
