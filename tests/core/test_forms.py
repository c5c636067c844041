"""What people type becomes values, and what is wrong becomes a sentence at the box."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django import forms
from django.core.exceptions import ValidationError

from hebi_charity.core.dates import today
from hebi_charity.core.forms import (
    BankCardField,
    CreditCodeField,
    DayField,
    FormKeyMixin,
    IdentifierField,
    MoneyField,
    MonthField,
    NameField,
    PhoneField,
    TimeOfDayField,
    card_warning,
    checked_identifier,
)


class GiftForm(FormKeyMixin):
    name = NameField(max_length=20)
    amount = MoneyField()
    day = DayField(required=False)

    def clean(self):
        data = super().clean()
        if data.get("name") == "禁":
            raise forms.ValidationError("no")
        return data


def sentence_of(field, text):
    with pytest.raises(ValidationError) as refused:
        field.clean(text)
    return refused.value.messages


@pytest.mark.parametrize(
    ("text", "amount"), [("1,234.5", "1234.50"), ("￥２００元", "200.00"), ("0.01", "0.01"), ("一百元", "100.00")]
)
def test_money_field_reads(text, amount):
    assert str(MoneyField().clean(text)) == amount


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "请用数字填写金额，例如 100 或 100.50。"),
        ("一百二", "金额“一百二”无法确定是多少。请改为数字，例如 100。"),
        ("0", "金额必须大于 0。"),
    ],
)
def test_money_field_refuses_with_a_sentence(text, sentence):
    assert sentence_of(MoneyField(), text) == [sentence]


def test_money_field_takes_nothing_or_zero_where_allowed():
    assert MoneyField(required=False).clean("") is None
    assert MoneyField(allow_zero=True).clean("0") == Decimal("0.00")


def test_money_field_shows_two_decimals_and_asks_for_capitals():
    form = GiftForm(initial={"amount": Decimal("1200.5")})
    html = str(form["amount"])
    assert 'value="1200.50"' in html
    assert 'data-money="capitals"' in html
    assert 'inputmode="decimal"' in html


def test_money_field_keeps_what_was_typed():
    form = GiftForm({"name": "王五", "amount": "百多元", "form_key": str(uuid4())})
    assert form.errors == {"amount": ["金额“百多元”无法确定是多少。请改为数字，例如 100。"]}
    assert 'value="百多元"' in str(form["amount"])


def test_day_field_reads():
    field = DayField()
    assert field.clean("20260301") == date(2026, 3, 1)
    assert field.clean("今天") == today()
    assert field.clean(datetime(2026, 8, 31, 16, tzinfo=UTC)) == date(2026, 9, 1)
    assert DayField(required=False).clean("") is None


def test_day_field_refuses_with_a_sentence():
    assert sentence_of(DayField(), "") == ["请填写日期，例如 2026-03-01、3.1 或 今天。"]
    assert sentence_of(DayField(), "2026-02-30") == ["日历上没有“2026-02-30”这一天。请核对月和日。"]
    tomorrow = today() + timedelta(days=1)
    assert sentence_of(DayField(no_future=True), "明天") == [f"{tomorrow} 晚于今天。请核对年份和月份。"]
    assert DayField(no_future=True).clean("今天") == today()


def test_day_field_shows_the_day():
    form = GiftForm(initial={"day": date(2026, 3, 1)})
    assert 'value="2026-03-01"' in str(form["day"])


@pytest.mark.parametrize("text", ["2026-03", "202603", "2026年3月", "2026/3", "2026.3", date(2026, 3, 9)])
def test_month_field_gives_the_first_day(text):
    assert MonthField().clean(text) == date(2026, 3, 1)


def test_month_field_refuses_with_a_sentence():
    assert sentence_of(MonthField(), "2026-13") == ["“2026-13”不是月份。请写成 2026-03。"]
    assert sentence_of(MonthField(), "三月") == ["“三月”不是月份。请写成 2026-03。"]


@pytest.mark.parametrize("value", ["1530", "15：30", "下午三点半", time(15, 30), datetime(2026, 3, 1, 15, 30)])
def test_time_field_gives_the_time(value):
    assert TimeOfDayField().clean(value) == time(15, 30)


def test_time_field_shows_the_time_and_keeps_what_was_typed_wrongly():
    assert sentence_of(TimeOfDayField(), "一会儿") == [
        "“一会儿”看不出是几点。请写成 09:00、1530、下午3点 或 上午9点半。"
    ]
    assert TimeOfDayField(required=False).clean("") is None
    field = TimeOfDayField()
    assert 'value="15:30"' in field.widget.render("time", time(15, 30))
    assert 'value="一会儿"' in field.widget.render("time", "一会儿")


def test_name_field_trims_every_blank():
    assert NameField().clean("\u3000王　五\u200b ") == "王　五"
    assert sentence_of(NameField(error_messages={"required": "r"}), "\u200b\u3000") == ["r"]


def test_phone_field_gives_one_form():
    assert PhoneField().clean("138 1234-5678") == "13812345678"
    assert PhoneField().clean("（0392）3312345") == "0392-3312345"
    assert PhoneField(required=False).clean("") == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1381234567", "手机号码应为 11 位，现在是 10 位。请核对。"),
        ("3312345", "这不是电话号码。请填写手机号码，或带区号的座机号码，例如 0392-3312345。"),
    ],
)
def test_phone_field_refuses_with_a_sentence(text, sentence):
    assert sentence_of(PhoneField(), text) == [sentence]


def test_identifier_field_gives_one_form():
    assert IdentifierField().clean("１１０１０５ 19491231 002x") == "11010519491231002X"
    assert CreditCodeField().clean(" 91110000600037341l") == "91110000600037341L"
    assert IdentifierField(kind="other").clean("e-123 45") == "E12345"
    assert IdentifierField(required=False).clean(" ") == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("36042619910101007", "身份证号应为 18 位，现在是 17 位。请核对。"),
        ("36042619910101007A", "身份证号只能是数字，最后一位可以是 X。请核对。"),
        ("360426199101010072", "身份证号的校验位与前面各位不符，有一位写错了。请核对。"),
        ("410621199002300018", "身份证号中的出生日期不存在。请核对第 7 至 14 位。"),
        ("4.10621E+17", "这个号码已被电子表格改短，后几位已丢失。请在表格中把该列设为文本格式，重新填写后再复制。"),
    ],
)
def test_identifier_field_refuses_with_a_sentence(text, sentence):
    assert sentence_of(IdentifierField(), text) == [sentence]


def test_credit_code_field_refuses_with_a_sentence():
    assert sentence_of(CreditCodeField(), "9111000060003734") == ["统一社会信用代码应为 18 位，现在是 16 位。请核对。"]
    assert sentence_of(CreditCodeField(), "91110000600037341M") == [
        "统一社会信用代码的校验位与前面各位不符，有一位写错了。请核对。"
    ]


def test_checked_identifier_follows_the_kind():
    assert checked_identifier("E12345678", kind="other") == "E12345678"
    with pytest.raises(ValidationError):
        checked_identifier("E12345678", kind="resident_id")


def test_bank_card_field_takes_a_passbook_with_a_warning():
    assert BankCardField().clean("6222 0210 0111 6245 702") == "6222021001116245702"
    assert card_warning("6222021001116245702") == ""
    assert card_warning("6222021001116245703") == "这个号码不像银行卡号。请与卡面核对；存折账号可能无误。"
    assert sentence_of(BankCardField(), "12345") == ["银行账号只能是数字，至少 8 位。请核对。"]


def test_boxes_name_the_check_of_the_script():
    class Form(forms.Form):
        phone, paper, code, card = PhoneField(), IdentifierField(), CreditCodeField(), BankCardField()

    assert [box.field.widget.attrs["data-check"] for box in Form()] == [
        "phone",
        "resident-id",
        "credit-code",
        "bank-card",
    ]


def test_form_key_is_new_for_each_opened_form_and_kept_while_corrected():
    first, second = GiftForm()["form_key"].value(), GiftForm()["form_key"].value()
    assert UUID(first)
    assert first != second
    assert f'value="{first}"' in str(GiftForm({"form_key": str(first)})["form_key"])


def test_form_key_stands_beside_the_cleaned_data():
    key = uuid4()
    form = GiftForm({"name": "王五", "amount": "1", "form_key": str(key)})
    assert form.is_valid()
    assert form.form_key == key
    assert form.cleaned_data == {"name": "王五", "amount": Decimal("1.00"), "day": None}


@pytest.mark.parametrize("key", ["", "x"])
def test_form_without_a_key_is_refused_with_a_sentence(key):
    form = GiftForm({"name": "王五", "amount": "1", "form_key": key})
    assert form.errors == {"form_key": ["此页面打开过久，无法保存。请重新打开页面，补填缺少的内容。"]}
