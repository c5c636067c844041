"""Where the header is and which column says what, by the names Chinese lists usually carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.reading.tables import Cell

# What a column can mean to us, in the order in which a header cell is compared with it.
ROLES = ("serial", "order_no", "amount", "moment", "day", "payer", "name", "note", "currency")
SEARCHED_ROWS = 60
_LONGEST_HEADER = 24

_PATTERNS: dict[str, re.Pattern[str]] = {
    "serial": re.compile(r"(序号?|编号|行号|no\.?)"),
    "order_no": re.compile(r".*(单号|订单号|流水号?|交易号|参考号|订单编号|交易编号|凭证号)"),
    "amount": re.compile(
        r"(捐赠|捐款|捐助|善款|交易|订单|实收|实付|实际|到账|收款|收入|入账|支付|付款|贷方|人民币)*"
        r"(发生)?(金额|数额|款额|额)(合计)?|(捐款|捐赠)数"
    ),
    "moment": re.compile(r".{0,6}时间"),
    "day": re.compile(r".{0,6}(日期|捐赠日|到账日|收款日|交易日|入账日)|日期时间"),
    "payer": re.compile(r"(付款|汇款|转账|对方)(人|方|单位|户名|名称|账户名)?(姓名|名称|户名)?|经手人|代捐人|转交人"),
    "name": re.compile(
        r".*(姓名|捐赠人|捐款人|捐赠者|捐款者|捐赠方|捐助人|捐献人|捐赠单位|捐款单位|捐赠主体|爱心人士|爱心单位|昵称|户名)"
        r"(名称|全称)?.{0,4}|捐赠|捐款|(捐赠|捐款)个人|名称|单位名称|单位|个人|捐方"
    ),
    "note": re.compile(r"备注|附言|留言|用途|摘要|说明|祝福语|寄语|捐赠意向|意向|.*备注"),
    "currency": re.compile(r"币种|货币|币别"),
}
_NOT_A_GIFT = re.compile(r"手续费|退款|余额|累计|优惠|服务费|借方")
_GOODS = re.compile(r"数量|计量单位|品名|规格|物资|型号")
_KEPT_OUT = re.compile(r"身份证|证件|信用代码|电话|手机|卡号|账号|住址|地址|邮箱")
_CURRENCIES = {
    "人民币": "CNY", "元": "CNY", "rmb": "CNY", "cny": "CNY", "¥": "CNY",
    "美元": "USD", "美金": "USD", "usd": "USD", "$": "USD", "us$": "USD",
    "港币": "HKD", "港元": "HKD", "hkd": "HKD", "hk$": "HKD", "欧元": "EUR", "eur": "EUR", "€": "EUR",
    "日元": "JPY", "jpy": "JPY", "英镑": "GBP", "gbp": "GBP", "£": "GBP", "澳元": "AUD", "aud": "AUD",
    "加元": "CAD", "cad": "CAD", "澳门元": "MOP", "mop": "MOP", "新台币": "TWD", "twd": "TWD",
}  # fmt: skip


@dataclass
class Header:
    """A header row: its line in the sheet (from 1), what each column means, and in what unit amounts are."""

    row: int
    names: list[str]
    columns: dict[str, int]
    currency: str = "CNY"
    factor: int = 1  # 10000 where amounts are in 万元
    kept_out: list[str] = field(default_factory=list)  # names of columns with personal data, which are not read

    @property
    def is_complete(self) -> bool:
        return "amount" in self.columns and ("name" in self.columns or "order_no" in self.columns)


def squeeze(cell: Cell) -> str:
    """A cell's text for comparing: full-width forms made plain, no blanks, lower case."""
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    return re.sub(r"[\s\u200b-\u200f\ufeff]+", "", unicodedata.normalize("NFKC", cell)).lower()


def currency_named(text: str) -> str:
    """The currency code that a word stands for, or "" when it stands for none."""
    return _CURRENCIES.get(squeeze(text), "")


def unit_in(text: str) -> tuple[str, int] | None:
    """Currency and factor named in a text like 金额（万元）or 单位：美元, or None."""
    found = re.search(
        r"(?:\(|单位[::]?|^)(?:单位[::]?)?(万)?(人民币)?(万)?(元|美元|美金|港币|港元|欧元|日元|英镑)\)?$", squeeze(text)
    )
    if not found:
        return None
    return currency_named(found[4]), 10_000 if found[1] or found[3] else 1


def role_of(text: str) -> str:
    """What a column with this header means, or "" when nothing we read."""
    whole = squeeze(text)
    if not whole or len(whole) > _LONGEST_HEADER or _KEPT_OUT.search(whole):
        return ""
    base = re.sub(r"\(.*?\)", "", whole)
    # 捐赠(单位/姓名)个人 says who in its brackets: the base alone is tried after the whole.
    for text_tried in (base, whole):
        for role in ROLES:
            if _PATTERNS[role].fullmatch(text_tried) and not (role == "amount" and _NOT_A_GIFT.search(whole)):
                return role
    return ""


def read_header(row: int, cells: Sequence[Cell]) -> Header:
    """What the cells of one row would mean as a header."""
    header = Header(row, [str(cell).strip() if isinstance(cell, str) else "" for cell in cells], {})
    for index, name in enumerate(header.names):
        if _KEPT_OUT.search(squeeze(name)) and len(name) <= _LONGEST_HEADER:
            header.kept_out.append(name)
        role = role_of(name)
        if role and role not in header.columns:
            header.columns[role] = index
    if "name" not in header.columns and "payer" in header.columns:
        header.columns["name"] = header.columns.pop("payer")
    if "amount" in header.columns:
        unit = unit_in(header.names[header.columns["amount"]])
        if unit:
            header.currency, header.factor = unit
    return header


def find_header(rows: Sequence[Sequence[Cell]]) -> Header:
    """The first row that names an amount and who gave or a number. Raises Reason for a list of goods or none."""
    is_goods = False
    for number, cells in enumerate(rows[:SEARCHED_ROWS], start=1):
        header = read_header(number, cells)
        if header.is_complete:
            unit = next((unit for cell in _cells_above(rows, number) if (unit := unit_in(cell))), None)
            if unit and unit_in(header.names[header.columns["amount"]]) is None:
                header.currency, header.factor = unit
            return header
        if sum(1 for cell in cells if isinstance(cell, str) and len(cell) < 10 and _GOODS.search(cell)) >= 2:
            is_goods = True
    raise Reason("goods_list") if is_goods else Reason("header_missing")


def _cells_above(rows: Sequence[Sequence[Cell]], number: int) -> list[str]:
    return [cell for cells in rows[: number - 1] for cell in cells if isinstance(cell, str) and len(cell) < 20]
