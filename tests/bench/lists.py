"""Lists and search: a page costs the same, however much there is, and whatever name is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from django.db import connection
from django.test import Client

from donations.models import Donation
from hebi_charity.accounts.models import Role, User
from hebi_charity.accounts.services import add_person, grant_role
from tests.bench.databases import new_database, use
from tests.bench.measuring import Measured, Statement, measure_in_turn, statements_of
from tests.bench.results import Result
from tests.bench.synthetic import COMMON_PAIR, RARE, RARE_PAIR, Size, fill
from tests.sessions import session_of

RATIO, ROWS = 3.0, 5_000
# Common: a page of hits in both databases. Rare: the same thirty in both. The absent pair: both characters are common.
NAMES = {
    "common": "王",
    "common pair": COMMON_PAIR,
    "rare": RARE,
    "rare pair": RARE_PAIR,
    "absent": "𠮷",
    "absent pair": "伟王",
}
# Names between: a page of hits in the large database only, so that no time compares; the rows read do.
BETWEEN = {"between": "贾", "between, pair": "王伟", "between, three": "王建国"}
PLACES = {
    "list": "/donations/?q=",
    "donors": "/donations/donors/?q=",
    "search": "/search/?q=",
}
SUGGESTIONS = "/donations/donors/suggest/"
PAGE = 50


def reader() -> Client:
    """A browser of somebody who may see gifts and donors."""
    person = add_person(by=None, username="benchreader", full_name="查阅员")
    grant_role(person, Role.objects.get(code="donation_clerk"), by=None)
    User.objects.filter(pk=person.pk).update(must_change_password=False)
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(pk=person.pk), backend="hebi_charity.accounts.backends.RoleBackend")
    return client


@dataclass(frozen=True)
class Page:
    """An address people open, or send a typed name to.

    `compares`: a page of hits stands in both databases, so that times compare.
    """

    name: str
    address: str
    compares: bool = True
    typed: str = ""

    def open(self, client: Client) -> None:
        response = client.post(self.address, {"name": self.typed}) if self.typed else client.get(self.address)
        if response.status_code != 200:
            raise RuntimeError(f"{self.address} answers {response.status_code}")


def pages() -> Iterator[Page]:
    """The pages of the database in use."""
    in_order = Donation.objects.order_by("-donated_on", "-pk").values_list("donated_on", "pk")
    count = Donation.objects.count()
    middle, last = in_order[count // 2], in_order[count - PAGE - 1]
    yield Page("list, first page", "/donations/")
    yield Page("list, middle page", f"/donations/?after={middle[0]}~{middle[1]}")
    yield Page("list, last page", f"/donations/?after={last[0]}~{last[1]}")
    yield Page("list, jump to a day", f"/donations/?day={middle[0]}")
    yield Page("donors, first page", "/donations/donors/")
    yield Page("donors, by pinyin", "/donations/donors/?q=kb", compares=False)
    yield Page("search, order number", f"/search/?q={'7':0>20}")
    yield Page("search, last six of an order", "/search/?q=000007")
    yield Page("pool with its orders", f"/donations/{Donation.objects.order_by('pk').last().pk}/")
    for kind, name in (NAMES | BETWEEN).items():
        for place, address in PLACES.items():
            yield Page(f"{place}, {kind}", address + quote(name), compares=kind in NAMES)
        yield Page(f"suggestions, {kind}", SUGGESTIONS, compares=kind in NAMES, typed=name)


def asked_in(database: str, size: Size) -> dict[Page, list[Statement]]:
    """What every page asks a database of this size. The database stays in use."""
    fill(database, size)
    client = reader()
    return {page: statements_of(partial(page.open, client)) for page in list(pages())}


def run(*, is_quick: bool) -> Iterator[Result]:
    """Every page against the same page of a hundredth of the data."""
    orders, gifts = (90_000, 10_000) if is_quick else (900_000, 100_000)
    with new_database("hebi_bench_small") as small, new_database("hebi_bench_large") as large:
        use(small)
        before = {page.name: asked for page, asked in asked_in(small, Size(orders // 100, gifts // 100)).items()}
        use(large)
        after = asked_in(large, Size(orders, gifts))
        connection.close()
        with closing(session_of("DATABASE_URL", small)) as one, closing(session_of("DATABASE_URL", large)) as other:
            for page, asked in after.items():
                measured = measure_in_turn([(one.cursor(), before[page.name]), (other.cursor(), asked)])
                yield from results(page, *measured)


def results(page: Page, small: Measured, large: Measured) -> Iterator[Result]:
    note = f"{small.milliseconds:.2f} → {large.milliseconds:.2f} ms, {large.rows:,} rows read"
    if page.compares:
        yield Result(page.name, large.milliseconds / small.milliseconds, RATIO, note)
    yield Result(f"{page.name}: rows of {ROWS:,}", large.rows / ROWS, 1.0, note)
