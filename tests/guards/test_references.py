"""Every reference of the models is one of the database, which nobody can leave dangling."""

import pytest
from django.apps import apps
from django.db import connection, models

OURS = ("hebi_charity.", "donations", "relief", "partybranch")
REFERENCES = """
SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)
WHERE c.contype = 'f' AND c.convalidated AND c.confdeltype = 'a'
"""


@pytest.mark.structure
def test_every_reference_of_a_model_is_held_by_the_database(db):
    wanted = {
        (model._meta.db_table, column.column, column.related_model._meta.db_table)
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(OURS)
        for column in model._meta.local_concrete_fields
        if isinstance(column, models.ForeignKey) and column.db_constraint
    }
    with connection.cursor() as cursor:
        cursor.execute(REFERENCES)
        held = set(cursor.fetchall())

    assert len(wanted) > 40
    assert wanted - held == set()
