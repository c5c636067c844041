"""A file of half a million platform orders, from the disk to done, against COPY of the same rows, clean.

The product reads, checks, proves, merges, sums up and logs; COPY only fills an empty copy of the table, with its
constraints and indexes. Three times each, medians compared.
"""

from __future__ import annotations

import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

from donations.models import Campaign, Fund
from hebi_charity.accounts.models import Role
from hebi_charity.accounts.services import add_person, grant_role
from hebi_charity.office.models import Organisation
from hebi_charity.office.services.periods import open_books
from tests.bench.databases import ROOT, copy_of, new_database, superuser, use, with_name
from tests.bench.loading import CAMPAIGN, CONFIRMER, MAKER
from tests.bench.results import Result
from tests.bench.synthetic import GIVEN, SURNAMES

ORDERS, QUICK_ORDERS, TIMES = 554_300, 55_430, 3
RATIO, MEGABYTES = 4.0, 600
FIRST_MOMENT, SECONDS = datetime(2022, 9, 4), 6 * 24 * 3600

_COPY_TABLE = """
CREATE TABLE bench_orders (LIKE donations_platformorder INCLUDING ALL);
ALTER TABLE bench_orders
    ADD FOREIGN KEY (donation_id) REFERENCES donations_donation DEFERRABLE INITIALLY DEFERRED,
    ADD FOREIGN KEY (reversal_id) REFERENCES donations_reversal DEFERRABLE INITIALLY DEFERRED;
"""


def write_file(path: Path, orders: int) -> None:
    """A list as a platform sends it: order number, nickname, yuan, moment; in the order of the moments."""
    chance = random.Random(20220904)
    step = SECONDS / orders
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["交易单号", "捐赠人昵称", "捐赠金额（元）", "捐赠时间"])
        for number in range(orders):
            moment = FIRST_MOMENT + timedelta(seconds=int(number * step))
            name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
            fen = chance.choice((100, 500, 1000, 2000, 5000, chance.randint(1, 20_000)))
            writer.writerow(
                [f"100004{moment:%Y%m%d}{number:014d}", name, f"{fen / 100:.2f}", f"{moment:%Y-%m-%d %H:%M:%S}"]
            )


def set_up_office() -> None:
    """Books, a campaign with its fund, one who loads and one who confirms."""
    Organisation.objects.create(pk=1, name="基准慈善总会", books_from=date(2022, 1, 1))
    open_books(date(2022, 1, 1))
    fund = Fund.objects.create(code="B1", name="基准项目", restriction="unrestricted", purpose="poverty")
    Campaign.objects.create(name=CAMPAIGN, starts_on=date(2022, 9, 1), fund=fund)
    for username, role in ((MAKER, "donation_clerk"), (CONFIRMER, "accountant")):
        person = add_person(by=None, username=username, full_name=username)
        grant_role(person, Role.objects.get(code=role), by=None)


def load(file: Path, database: str) -> dict[str, float]:
    """What a loading process says about itself."""
    urls = {name: with_name(os.environ[name], database) for name in ("DATABASE_URL", "DATABASE_WORKER_URL")}
    # The command runs as the worker's role, as bin/manage does: its statements may take longer than a page's.
    environment = os.environ | urls | {"DATABASE_URL": urls["DATABASE_WORKER_URL"]}
    command = [sys.executable, "-m", "tests.bench.loading", str(file)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"loading failed:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def copy_clean_rows(database: str, folder: Path) -> float:
    """Seconds for the merged rows to be copied from the disk into the empty copy of their table."""
    rows = folder / "clean.copy"
    with closing(superuser(database)) as session, session.cursor() as cursor:
        with rows.open("wb") as file:
            cursor.copy_expert("COPY (SELECT * FROM donations_platformorder ORDER BY id) TO STDOUT", file)
        cursor.execute(_COPY_TABLE)
        cursor.execute("CHECKPOINT")
        start = time.perf_counter()
        with rows.open("rb") as file:
            cursor.copy_expert("COPY bench_orders FROM STDIN", file, 1 << 16)
        return time.perf_counter() - start


def run(*, is_quick: bool) -> Iterator[Result]:
    orders = QUICK_ORDERS if is_quick else ORDERS
    loaded, copied = [], []
    with tempfile.TemporaryDirectory() as name, new_database("hebi_bench_office") as office:
        folder = Path(name)
        set_up_office()
        write_file(folder / "orders.csv", orders)
        use("postgres")
        for _ in range(TIMES):
            with copy_of(office, "hebi_bench_import") as database:
                loaded.append(load(folder / "orders.csv", database))
                copied.append(copy_clean_rows(database, folder))
    if {(run["state"], run["rows"]) for run in loaded} != {("done", orders)}:
        raise RuntimeError(f"not every order came in: {loaded}")
    took = statistics.median(run["seconds"] for run in loaded)
    copy = statistics.median(copied)
    yield Result(f"import of {orders:,} orders", took / copy, RATIO, f"{took:.1f} s against {copy:.1f} s of COPY")
    for part, words in (("process", "import"), ("child", "reading child"), ("server", "PostgreSQL's process")):
        most = max(run[part] for run in loaded)
        yield Result(f"memory, {words}, of {MEGABYTES} MB", most / MEGABYTES, 1.0, f"{most} MB (VmHWM)")
