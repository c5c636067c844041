"""Whatever the database refuses has a Chinese sentence."""

import re

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, connection, transaction
from django.forms import Form

from hebi_charity.core import guards, sentences
from hebi_charity.core.sentences import add_refusal, sentence_for, sentence_of
from hebi_charity.office.models import NumberSeries, Organisation, Period

OURS = ("hebi_charity.", "donations", "relief", "partybranch")
CHINESE = re.compile("[\u4e00-\u9fff].*[。！？]$", re.DOTALL)

TRIGGERS = """
SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal
"""
CONSTRAINTS = """
SELECT c.conname, r.relname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
JOIN pg_namespace n ON n.oid = r.relnamespace WHERE n.nspname = 'public' AND c.contype IN ('c', 'u', 'x', 'p')
"""
UNIQUE_INDEXES = """
SELECT i.relname, r.relname FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class r ON r.oid = x.indrelid
JOIN pg_namespace n ON n.oid = r.relnamespace WHERE n.nspname = 'public' AND x.indisunique
"""


def our_models():
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith(OURS)]


def fetch(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def refused(make, error=IntegrityError):
    with pytest.raises(error) as caught, transaction.atomic():
        make()
    return sentence_for(caught.value)


def test_every_constraint_of_a_model_has_a_chinese_sentence():
    names = [constraint.name for model in our_models() for constraint in model._meta.constraints]
    assert len(names) > 20
    assert [name for name in names if not CHINESE.search(sentence_of(name))] == []


def test_every_constraint_of_the_database_has_a_chinese_sentence(db):
    tables = {model._meta.db_table for model in our_models()}
    names = {name for name, table in fetch(CONSTRAINTS) + fetch(UNIQUE_INDEXES) if table in tables}
    # The join tables that Django makes itself are written by services only.
    joins = {model._meta.db_table for model in our_models() if model._meta.auto_created}
    of_joins = {name for name, table in fetch(CONSTRAINTS) + fetch(UNIQUE_INDEXES) if table in joins}
    assert len(names) > 40
    assert sorted(name for name in names - of_joins if not CHINESE.search(sentence_of(name))) == []


def test_every_trigger_raises_names_that_have_a_chinese_sentence(db):
    found = fetch(TRIGGERS)
    assert len(found) > 10
    for trigger, table, source in found:
        if "RAISE" not in source:
            continue  # it fills a column and refuses nothing
        raised = re.findall(r"CONSTRAINT\s*=\s*'(\w+)'", source)
        assert raised, f"{trigger} of {table} raises without a constraint name"
        assert source.count("RAISE EXCEPTION") == len(raised)
        for name in raised:
            assert CHINESE.search(sentence_of(name)), f"{name} has no sentence"


def test_every_general_sentence_is_chinese():
    for sentence in (
        *sentences._BY_CODE.values(),
        sentences.UNKNOWN,
        sentences.BEGIN_SENTENCE,
        sentences.BINDING_SENTENCE,
        sentences.LOG_SENTENCE,
    ):
        assert CHINESE.search(str(sentence))


def test_check_of_a_model_gives_its_own_sentence(db):
    assert refused(lambda: Organisation.objects.create(pk=2, name="某会", books_from="2026-01-01")) == str(
        next(c for c in Organisation._meta.constraints if c.name == "organisation_only_one").violation_error_message
    )


def test_unique_of_a_model_gives_its_own_sentence(db):
    NumberSeries.objects.create(kind="x", year=2026)
    assert refused(lambda: NumberSeries.objects.create(kind="x", year=2026)) == sentence_of("number_series_kind_year")


def test_unique_column_says_which(db):
    first = Period.objects.first() or Period.objects.create(month="2026-01-01")
    said = refused(lambda: Period.objects.create(month=first.month))
    assert said == "“月份”已被使用。请改填其他内容，或查找已有的记录。"


def test_guard_says_that_the_record_binds(db):
    series = NumberSeries.objects.create(kind="x", year=2026, last=5)
    assert refused(series.delete) == "这条记录已经生效，不能修改或删除。如有错误，请办理冲销。"


def test_guard_of_a_log_says_that_it_only_grows():
    assert sentence_of("audit_entry_guard") == "此处的记录只能新增，不能修改或删除。"
    assert guards.BINDING["audit_entry"] == "log"


def test_error_without_a_rule_goes_by_its_kind(db):
    assert refused(lambda: NumberSeries.objects.create(kind="x" * 99, year=1), DataError) == (
        "有一处文字过长。请缩短后再保存。"
    )


def test_unknown_error_still_gets_a_sentence():
    assert sentence_for(IntegrityError("x")) == "数据库未接受这次操作，没有任何改动。请刷新页面，核对填写的内容。"
    assert sentence_of("no_such_rule") == ""


def test_name_gets_one_sentence(monkeypatch):
    monkeypatch.setattr(sentences, "_registered", {})
    sentences.register({"a_rule": "一句话。"})
    assert sentence_of("a_rule") == "一句话。"
    with pytest.raises(ValueError, match="a_rule has a sentence already"):
        sentences.register({"a_rule": "又一句。"})


def test_refusal_stands_on_the_form():
    form = Form({})
    assert form.is_valid()
    add_refusal(form, IntegrityError("x"))
    assert form.non_field_errors() == ["数据库未接受这次操作，没有任何改动。请刷新页面，核对填写的内容。"]
