"""Every reference of the models is one of the database: nobody leaves one dangling, no pair is linked twice."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

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


LINKS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model.__module__.startswith(OURS) and model._meta.auto_created
]


@pytest.mark.django_db
@pytest.mark.parametrize("link", LINKS, ids=lambda model: model._meta.db_table)
def test_pair_is_linked_once(link):
    sides = [field for field in link._meta.local_fields if isinstance(field, models.ForeignKey)]
    row = link.objects.values(*(field.attname for field in sides)).first()

    with pytest.raises(IntegrityError, match=r"_uniq\b"), transaction.atomic():
        link.objects.create(**row)
