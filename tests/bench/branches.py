"""The Party branch: one branch's pages cost the same, whether it is the only one or one of five hundred."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from django.apps import apps
from django.db import connection
from django.test import Client

from hebi_charity.accounts.models import Role, User
from hebi_charity.accounts.services import add_person, grant_role
from partybranch.models import Branch, Person
from tests.bench.databases import new_database, use
from tests.bench.measuring import Statement, measure_in_turn, statements_of
from tests.bench.results import Result
from tests.bench.synthetic_branches import MEMBERS, YEAR, Branches, fill
from tests.sessions import session_of

RATIO = 3.0


def reader() -> Client:
    """A browser of the branch's secretary."""
    person = add_person(by=None, username="benchsecretary", full_name="支部书记")
    grant_role(person, Role.objects.get(code="branch_secretary"), by=None)
    User.objects.filter(pk=person.pk).update(must_change_password=False)
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(pk=person.pk), backend="hebi_charity.accounts.backends.RoleBackend")
    return client


def opened(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answers {response.status_code}")


@dataclass(frozen=True)
class Asked:
    """What one page asked of the tables of the branch, and of the database in all."""

    statements: list[Statement]
    count: int


def acts(client: Client) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is measured, on the branch in the middle and one of its members."""
    branches = Branch.objects.order_by("pk")
    branch = branches[branches.count() // 2]
    member = Person.objects.filter(memberships__branch=branch).order_by("pk")[MEMBERS // 2]
    place = {"the year at a glance": f"/party/year/?branch={branch.pk}&year={YEAR}"}
    place |= {"a member's page": member.get_absolute_url(), "the branch's page": branch.get_absolute_url()}
    for name, address in place.items():
        yield name, partial(opened, client, address)


def asked_in(database: str, size: Branches) -> dict[str, Asked]:
    """What every page asks a database of this size. The database stays in use."""
    fill(database, size)
    client = reader()
    tables = tuple(model._meta.db_table for model in apps.get_app_config("partybranch").get_models())
    found = {}
    for name, act in acts(client):
        act()  # what is asked once only (kinds of content, the session) is asked before
        count = len(statements_of(act, tables=None))
        found[name] = Asked(statements_of(act, tables=tables), count)
    return found


def run(*, is_quick: bool) -> Iterator[Result]:
    """Every page of one branch among many against the same page where it is the only one."""
    with new_database("hebi_bench_one") as one, new_database("hebi_bench_many") as many:
        use(one)
        before = asked_in(one, Branches(1))
        use(many)
        after = asked_in(many, Branches(50 if is_quick else 500))
        connection.close()
        with closing(session_of("DATABASE_URL", one)) as first, closing(session_of("DATABASE_URL", many)) as second:
            for name, asked in after.items():
                turns = [(first.cursor(), before[name].statements), (second.cursor(), asked.statements)]
                small, large = measure_in_turn(turns)
                note = f"{small.milliseconds:.2f} → {large.milliseconds:.2f} ms, {large.rows:,} rows read"
                yield Result(f"branch: {name}", large.milliseconds / small.milliseconds, RATIO, note)
                note = f"{before[name].count} → {asked.count} queries"
                yield Result(f"branch: {name}: queries", asked.count / before[name].count, 1.0, note)
