"""Invented donors, gifts and platform orders, made by the database in sets.

Names are drawn as in life: a few surnames are common, most characters are not. Beside them a fixed number of rare
names is planted, the same in a small and in a large database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Model

from donations.models import Campaign, Donation, Donor, Fund, PlatformOrder
from hebi_charity.accounts.models import User
from tests.bench.databases import superuser

SURNAMES = (
    "王" * 72 + "李" * 71 + "张" * 68 + "刘" * 54 + "陈" * 45 + "杨" * 31 + "黄" * 22 + "赵" * 21 + "吴" * 20
    + "周" * 19 + "徐" * 15 + "孙" * 15 + "马" * 13 + "朱" * 13 + "胡" * 12 + "郭" * 12 + "何" * 11 + "高" * 10
    + "林" * 10 + "罗" * 9 + "郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    + "范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛"
)  # fmt: skip
GIVEN = (
    "伟" * 20 + "芳" * 18 + "英" * 18 + "敏" * 16 + "静" * 14 + "丽" * 14 + "强" * 12 + "磊" * 12 + "军" * 12
    + "洋" * 10 + "勇" * 10 + "艳" * 10 + "杰" * 9 + "娟" * 9 + "涛" * 9 + "明" * 9 + "超" * 8 + "秀" * 8
    + "霞" * 8 + "平" * 8 + "刚" * 7 + "桂建国华文玉春梅红海燕兰志辉鹏宇浩然欣怡子涵雨泽俊豪思远佳琪晓光荣"
    + "庆永福德全金凤淑珍云飞龙天翔宁波东北南新民生成立凯瑞雪晶莹婷婉君慧雅诗梦瑶若曦景行修齐治安康乐"
)  # fmt: skip
# Said of themselves by people who do not give their name, on platforms and at the counter.
COMMON_PAIR, COMMON_PART = "爱心", 25
RARE, RARE_PAIR, RARE_NAMES = "䶮", "䶮霖", 30
FIRST_DAY, DAYS = date(2021, 1, 1), 700

# A surname and one or two more characters; here and there one of the planted names.
_NAME = f"""
CASE WHEN n % {{step}} = 1 AND n / {{step}} < {RARE_NAMES}
THEN '{RARE_PAIR}' || substr(word.given, 1 + (n % 40)::int, 1)
WHEN n % {COMMON_PART} = 2 THEN '{COMMON_PAIR}' || substr(word.given, 1 + (n % 90)::int, 1) ELSE
substr(word.surnames, 1 + floor(random() * length(word.surnames))::int, 1)
|| substr(word.given, 1 + floor(random() * length(word.given))::int, 1)
|| CASE WHEN random() < 0.7 THEN substr(word.given, 1 + floor(random() * length(word.given))::int, 1) ELSE '' END END
"""
_WORDS = f"(SELECT '{SURNAMES}'::text AS surnames, '{GIVEN}'::text AS given) AS word"


@dataclass(frozen=True)
class Size:
    """How many rows a database holds. A donor gives once on average; a pool holds at most 15,000 orders."""

    orders: int
    gifts: int

    @property
    def donors(self) -> int:
        return self.gifts

    @property
    def pools(self) -> int:
        return -(-self.orders // 15_000)


def fill(database: str, size: Size) -> None:
    """Fill an empty database: donors, gifts over 700 days, pools with their orders; then let the database look at it.

    As superuser and without triggers: what is made here is read only, and half of it would be refused.
    """
    people = [User.objects.create(username=f"bench{n}", full_name=f"测试{n}").pk for n in (1, 2)]
    fund = Fund.objects.create(code="B1", name="基准项目", restriction="unrestricted", purpose="poverty").pk
    campaign = Campaign.objects.create(name="基准活动", starts_on=FIRST_DAY, fund_id=fund).pk
    session = superuser(database)
    with session.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SELECT setseed(0.25)")
        for statement in (_donors(size), _gifts(size, people), _pools(size, people, campaign), _orders(size)):
            cursor.execute(*statement)
        cursor.execute("VACUUM ANALYZE")
    session.close()


def insert(model: type[Model], source: str, **varied: str) -> tuple[str, list[object]]:
    """INSERT … SELECT for every column of a model: SQL for what varies, the model's default for the rest."""
    names, values, constants = [], [], []
    for column in model._meta.concrete_fields:
        is_made_by_database = column.primary_key or column.has_db_default()
        if is_made_by_database and column.attname not in varied:
            continue
        names.append(f'"{column.column}"')
        if column.attname in varied:
            values.append(varied[column.attname].replace("%", "%%"))
        else:
            values.append("%s")
            constants.append(column.get_db_prep_save(column.get_default(), connection))
    statement = f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {source}"
    return statement, constants


def _donors(size: Size) -> tuple[str, list[object]]:
    name = _NAME.format(step=size.donors // RARE_NAMES)
    source = f"(SELECT n, {name} AS name FROM generate_series(1, {size.donors}) n, {_WORDS}) AS made"
    return insert(
        Donor,
        source.replace("%", "%%"),
        id="n + 1000",
        kind="'person'",
        name="name",
        name_key="name",
        sort_key="translate(md5(name), '0123456789', 'ghijklmnop')",
        initials="left(translate(md5(name), '0123456789', 'ghijklmnop'), 3)",
        created_at="now()",
    )


def _document(people: list[int], **varied: str) -> dict[str, str]:
    """What gifts and pools have in common: registered by one person, reviewed by another."""
    return {
        "kind_id": "'donation'",
        "received_on": "day",
        "booked_on": "day",
        "donated_on": "day",
        "state": "'reviewed'",
        "recorded_by_id": str(people[0]),
        "recorded_at": "day::timestamptz",
        "recorded_on": "day",
        "reviewed_by_id": str(people[1]),
        "reviewed_at": "day::timestamptz",
        "seal": "repeat('0', 64)",
    } | varied


def _gifts(size: Size, people: list[int]) -> tuple[str, list[object]]:
    # Numbered in the order of the days, but for some that were written down a few days late.
    late = "(CASE WHEN random() < 0.1 THEN 9 * random() ELSE 0 END)::int"
    day = f"date '{FIRST_DAY}' + (n * {DAYS} / {size.gifts})::int - {late}"
    source = (
        f"(SELECT n, {day} AS day, 1001 + floor(random() * {size.donors})::int AS donor"
        f" FROM generate_series(1, {size.gifts}) n) AS made JOIN donations_donor d ON d.id = donor"
    )
    varied = _document(
        people,
        id="n",
        name_key="d.name_key",
        donation_no="'捐2021-' || lpad(n::text, 6, '0')",
        query_code="upper(lpad(to_hex(n), 6, 'X'))",
        donor_id="donor",
        channel="'cash'",
        amount="(1 + floor(random() * 50000)) / 100.0",
        public_mode="'full'",
        receipt_disposition="'pending'",
    )
    return insert(Donation, source, **varied)


def _pools(size: Size, people: list[int], campaign: int) -> tuple[str, list[object]]:
    day = f"date '{FIRST_DAY}' + (n * {DAYS} / {size.pools})::int"
    source = f"(SELECT n, {day} AS day FROM generate_series(1, {size.pools}) n) AS made"
    varied = _document(
        people,
        id=f"{size.gifts} + n",
        donation_no="'捐2022-' || lpad(n::text, 6, '0')",
        query_code="'Z' || lpad(n::text, 5, '0')",
        shape="'pool'",
        campaign_id=str(campaign),
        channel="'pos'",
        amount="15000",
        order_count="15000",
        person_times="15000",
        public_mode="'none'",
        receipt_disposition="'platform'",
    )
    return insert(Donation, source, **varied)


def _orders(size: Size) -> tuple[str, list[object]]:
    name = _NAME.format(step=size.orders // RARE_NAMES)
    pool = f"(n - 1) * {size.pools} / {size.orders} + 1"
    source = f"(SELECT n, {pool} AS pool, {name} AS name FROM generate_series(1, {size.orders}) n, {_WORDS}) AS made"
    return insert(
        PlatformOrder,
        source.replace("%", "%%"),
        id="n",
        donation_id=f"{size.gifts} + pool",
        row_no="n",
        channel="'pos'",
        order_no="lpad(n::text, 20, '0')",
        order_tail="lpad((n % 1000000)::text, 6, '0')",
        amount="(1 + floor(random() * 5000)) / 100.0",
        donated_on=f"date '{FIRST_DAY}' + (pool * {DAYS} / {size.pools})::int",
        nickname="name",
        name_key="name",
    )
