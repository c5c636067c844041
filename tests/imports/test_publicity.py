"""How the named donors of a list are published: nobody asked them, so the least is shown until a person says else."""

from datetime import date

import pytest
from django.core.management import CommandError
from django.urls import reverse

from donations.importing import gifts
from donations.models import Donation
from hebi_charity.imports.exceptions import PlanRefused
from hebi_charity.imports.services import deciding, planning
from tests.accounts.factories import make_person
from tests.donations.factories import FundFactory, set_up_office
from tests.imports.factories import FIRST_MONTH, checked, merged, plan_for, set_up, submitted, uploaded
from tests.imports.files import CASH_HEADER, cash_rows, pos_rows, write_csv, write_xlsx
from tests.imports.pages import browser, check, form_of, loaded, page
from tests.imports.test_command import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    return set_up()


@pytest.fixture
def clerk(people):
    return browser(people[0])


@pytest.fixture
def cash(tmp_path):
    return write_csv(tmp_path / "list.csv", cash_rows())


def choices(imported, **changes):
    return {**plan_for(imported).choices, **changes}


def published(imported):
    found = Donation.objects.filter(source_import=imported).select_related("donor").order_by("pk")
    return [gift.named_as() for gift in found][:2]


def test_donors_of_a_list_are_not_named_in_public_until_they_were_asked(people, cash):
    clerk, accountant = people

    imported = merged(cash, by=clerk, confirmed_by=accountant)

    assert published(imported) == ["爱心人士", "爱心人士"]
    found = Donation.objects.filter(source_import=imported)
    assert set(found.values_list("public_mode", "consent")) == {("anonymous", None)}
    assert "申屠敏" in found.values_list("donor__name", flat=True)


@pytest.mark.parametrize(
    ("mode", "names"),
    [("surname", ["申屠*", "澹台*"]), ("full", ["申屠敏", "澹台桂"]), ("anonymous", ["爱心人士"] * 2)],
)
def test_way_that_was_chosen_holds_for_every_named_donor(people, cash, mode, names):
    clerk, accountant = people
    first = uploaded(cash, by=clerk)

    imported = merged(cash, by=clerk, confirmed_by=accountant, choices=choices(first, public_mode=mode))

    assert published(imported) == names
    assert not Donation.objects.exclude(consent=None).exists()


def test_donor_without_a_name_stays_anonymous_whatever_is_chosen(people, tmp_path):
    clerk, accountant = people
    rows = [CASH_HEADER, [1, "2020-01-29", "爱心人士", 5, ""], [2, "2020-01-29", "申屠敏", 7, ""]]
    path = write_csv(tmp_path / "a.csv", rows)
    wanted = choices(uploaded(path, by=clerk), public_mode="full")

    merged(path, by=clerk, confirmed_by=accountant, choices=wanted)

    assert list(Donation.objects.order_by("pk").values_list("public_mode", flat=True)) == ["anonymous", "full"]


@pytest.mark.parametrize("mode", ["custom", "none", "carrier pigeon"])
def test_way_that_no_list_can_have_is_refused_at_its_field(people, cash, mode):
    clerk, _ = people
    imported = uploaded(cash, by=clerk)

    with pytest.raises(PlanRefused) as refused:
        planning.ask_check(imported, plan_for(imported, choices=choices(imported, public_mode=mode)), by=clerk)

    assert list(refused.value.errors) == ["public_mode"]


def test_page_asks_with_a_hint_and_shows_the_answer_to_both_people(clerk, people, cash):
    imported = loaded(clerk, cash)
    assert form_of(clerk, imported)["public_mode"] == "anonymous"
    said = page(clerk, imported, "plan")
    assert "公示方式 匿名 仅姓氏 实名" in said
    assert "公示告知语没有向他们读过，未征得同意前请保持“匿名”" in said

    imported = check(clerk, imported, public_mode="surname")

    assert imported.plan["choices"]["public_mode"] == "surname"
    assert "公示方式 仅姓氏" in page(clerk, imported)
    clerk.post(reverse("imports:submit", args=[imported.pk]))
    assert "公示方式 仅姓氏" in page(browser(people[1]), imported)
    deciding.return_import(imported, by=people[1], reason="再看看")
    assert form_of(clerk, imported)["public_mode"] == "surname"


def test_way_that_is_none_comes_back_with_our_sentence(clerk, cash):
    imported = loaded(clerk, cash)
    fields = form_of(clerk, imported, channel="bank", public_mode="none")

    response = clerk.post(reverse("imports:plan", args=[imported.pk]), fields)

    assert "没有这种公示方式，请另选一种。" in response.content.decode()


def test_pool_has_nobody_to_publish(people, tmp_path):
    clerk, _ = people
    pos = write_xlsx(tmp_path / "pos.xlsx", pos_rows())

    imported = checked(pos, by=clerk)

    assert imported.plan["choices"]["public_mode"] is None
    assert "公示方式" not in page(browser(clerk), imported)


def test_import_of_an_earlier_version_without_the_question_reveals_least(people, cash):
    clerk, accountant = people
    imported = submitted(cash, by=clerk)
    imported.plan["choices"].pop("public_mode")
    imported.confirmed_by = accountant

    gifts.make_gifts(imported, 1, imported.report["last_row"], {date(2020, 1, 29): date(2020, 1, 29)})

    assert set(Donation.objects.values_list("public_mode", flat=True)) == {"anonymous"}


@pytest.fixture
def office(db):
    set_up_office(FIRST_MONTH)
    FundFactory(code="A1")
    make_person("donation_clerk", username="clerk")
    make_person("accountant", username="accountant")


@pytest.mark.parametrize(
    ("arguments", "mode"),
    [((), "anonymous"), (("--public-mode", "仅姓氏"), "surname"), (("--public-mode", "full"), "full")],
)
def test_command_takes_the_same_question_with_the_same_answer_by_default(office, cash, arguments, mode):
    assert run(cash, *arguments)["public_mode"] == mode

    run(cash, "--commit", "--confirmed-by", "accountant", *arguments)

    assert set(Donation.objects.values_list("public_mode", flat=True)) == {mode}


def test_command_refuses_a_way_that_is_none(office, cash):
    with pytest.raises(
        CommandError, match="没有公示方式“随便”。可用的有：anonymous（匿名）、surname（仅姓氏）、full（实名）"
    ):
        run(cash, "--public-mode", "随便")
