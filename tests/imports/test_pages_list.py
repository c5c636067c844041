"""导入记录: what waits first, the filter, the empty page, and the number of queries."""

import pytest
from django.urls import reverse

from tests.accounts.factories import make_person
from tests.imports.factories import checked, set_up, submitted, uploaded
from tests.imports.files import cash_rows, write_csv
from tests.imports.pages import browser, text_of

pytestmark = pytest.mark.django_db
LIST_QUERIES = 6


@pytest.fixture
def people(db):
    return set_up()


@pytest.fixture
def cash(tmp_path):
    return write_csv(tmp_path / "list.csv", cash_rows())


def listed(client, **query):
    return client.get(reverse("imports:list"), query)


def test_empty_list_says_what_to_do_first(people):
    said = text_of(listed(browser(people[0])))

    assert "还没有导入过文件" in said
    assert "导入表格" in said


def test_list_says_file_people_count_and_sum(people, cash):
    imported = checked(cash, by=people[0])

    said = text_of(listed(browser(make_person("auditor"))))

    assert f"{imported.import_no} list.csv {people[0].full_name}" in said
    assert "5 笔 2,710.50" in said
    assert "导入表格" not in said


def test_what_waits_comes_first_for_each_person(people, cash):
    clerk, accountant = people
    mine, theirs = checked(cash, by=clerk), submitted(cash, by=clerk)

    assert listed(browser(clerk)).context["waiting"] == [mine]
    assert listed(browser(accountant)).context["waiting"] == [theirs]
    assert listed(browser(make_person("auditor"))).context["waiting"] == []


def test_list_is_narrowed_to_a_state(people, cash):
    mine, theirs = checked(cash, by=people[0]), submitted(cash, by=people[0])
    client = browser(people[1])

    assert list(listed(client, state="submitted").context["object_list"]) == [theirs]
    assert list(listed(client).context["object_list"]) == [theirs, mine]
    assert "没有这种状态的导入记录" in text_of(listed(client, state="done"))


@pytest.mark.parametrize("count", [1, 5])
def test_list_query_count_does_not_grow(people, cash, count, django_assert_num_queries):
    for _ in range(count):
        uploaded(cash, by=people[0])
    client = browser(people[0])
    listed(client)

    with django_assert_num_queries(LIST_QUERIES):
        listed(client)


def test_administrator_sees_no_imports(people, cash):
    imported = uploaded(cash, by=people[0])
    client = browser(make_person("administrator"))

    assert listed(client).status_code == 403
    assert client.get(imported.get_absolute_url()).status_code == 403


def test_menu_offers_the_list_to_who_may(people):
    assert reverse("imports:list") in browser(people[0]).get(reverse("office:start")).content.decode()
    keeper = browser(make_person("warehouse_keeper"))
    assert reverse("imports:list") not in keeper.get(reverse("office:start")).content.decode()
