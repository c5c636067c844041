"""How the log names records: by the number auditors read, never by a person's name."""

from dataclasses import fields
from datetime import date

import pytest
from django.apps import apps
from django.db import models

from donations.models import Donor
from donations.services.registering import GiftEntry
from hebi_charity.accounts.models import User, WrittenDecision
from hebi_charity.audit.history import field_in_words, record_in_words, value_in_words
from hebi_charity.audit.models import Entry
from hebi_charity.audit.values import label_of
from hebi_charity.office.models import DatedSetting, Period


def numbered() -> list[tuple[type[models.Model], str]]:
    """Every model whose records carry a number of their own."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.unique and field.name.endswith("_no")
    ]


@pytest.mark.parametrize(("model", "field"), numbered(), ids=[model.__name__ for model, _field in numbered()])
def test_record_with_a_number_is_named_by_it(model, field):
    assert label_of(model(**{field: "演捐2022-000017"})) == "演捐2022-000017"


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (Period(month=date(2022, 9, 1)), "2022-09"),
        (DatedSetting(key="donations.publicity_sentence"), "donations.publicity_sentence"),
        (WrittenDecision(number="决定3号"), "决定3号"),
        (User(username="wu", full_name="吴小磊"), "wu"),
        (Donor(pk=7, name="吴小磊"), "捐赠人 7"),
    ],
)
def test_label_names_no_person(row, label):
    assert label_of(row) == label


def test_amounts_are_said_as_pages_say_them():
    gift = apps.get_model("donations.donation")

    assert value_in_words(gift, "amount", "1234567.5") == "1,234,567.50"
    assert value_in_words(gift, "booked_rate", "7.1234") == "7.12340000"
    assert value_in_words(gift, "amount", "unknown") == "unknown"


def test_what_is_no_column_is_said_by_its_app():
    totals = {"donations": {"gifts": "3", "person_times": "4", "amount": "1200.00"}, "gone": {"x": "1"}}

    assert (field_in_words(User, "role"), value_in_words(User, "role", "cashier")) == ("角色", "出纳")
    assert value_in_words(User, "role", "a role of earlier times") == "a role of earlier times"
    assert value_in_words(Period, "totals", totals) == "笔数 3，人次 4，本月确认（元） 1,200.00"
    assert field_in_words(apps.get_model("donations.donation"), "paper") == "附件"


# What services log by name; a new one without a Chinese name fails here.
LOGGED = [
    ("accounts.user", "role"),
    ("accounts.user", "username"),
    ("accounts.writtendecision", "number"),
    ("donations.campaign", "starts_on"),
    *(
        ("donations.donation", name)
        for name in ("amount", "arrival", "printed_times", "received_on", "reviewed", "paper")
    ),
    *(("donations.donation", part.name) for part in fields(GiftEntry) if part.name != "allocations"),
    *(("donations.donor", name) for name in ("kind", "name", "phone", "identifier", "address", "note", "is_active")),
    *(("donations.fund", name) for name in ("name", "code", "restriction", "purpose", "is_active")),
    *(("imports.import", name) for name in ("file_sha256", "answer")),
    *(("office.datedsetting", name) for name in ("value", "valid_from")),
    ("office.period", "totals"),
]


@pytest.mark.parametrize(("model", "field"), LOGGED)
def test_names_in_the_log_are_chinese(model, field):
    said = field_in_words(apps.get_model(model), field)

    assert said == "SHA-256" or any("一" <= letter <= "鿿" for letter in said)


def test_setting_is_named_in_the_log_as_on_its_page():
    entry = Entry(object_type="office.datedsetting", object_label="donations.publicity_sentence")

    assert record_in_words(entry) == "公示说明（向捐赠人宣读）"
