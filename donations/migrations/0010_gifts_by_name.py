"""A gift keeps its donor's name as it is compared: the database fills it, and follows when a donor is corrected."""

from importlib import import_module

import django.contrib.postgres.indexes
from django.db import migrations, models

from donations.models.name_grams import NameGrams
from hebi_charity.core.guards import SEARCH_PATH, Transition, reguarded

_BEFORE = import_module("donations.migrations.0007_files_guarded")._AFTER
_FOLLOWS = Transition(
    "NEW.name_key <> OLD.name_key"
    " AND NEW.name_key = (SELECT d.name_key FROM donations_donor d WHERE d.id = OLD.donor_id)",
    ["name_key"],
)

# The name of the first trigger makes it fire after the guard, which sees what the statement itself wanted.
_NAME = f"""
CREATE FUNCTION donations_donation_name() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $name$
BEGIN
    NEW.name_key := coalesce((SELECT d.name_key FROM donations_donor d WHERE d.id = NEW.donor_id), '');
    RETURN NEW;
END
$name$;
CREATE TRIGGER donations_donation_name BEFORE INSERT OR UPDATE OF donor_id, name_key ON donations_donation
    FOR EACH ROW EXECUTE FUNCTION donations_donation_name();

CREATE FUNCTION donations_donor_name() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $name$
BEGIN
    UPDATE donations_donation SET name_key = NEW.name_key WHERE donor_id = NEW.id;
    RETURN NULL;
END
$name$;
CREATE TRIGGER donations_donor_name AFTER UPDATE OF name_key ON donations_donor
    FOR EACH ROW WHEN (NEW.name_key <> OLD.name_key) EXECUTE FUNCTION donations_donor_name();
"""  # noqa: S608  # nosec B608  names from this repository only
_NAME_DROP = """
DROP TRIGGER donations_donation_name ON donations_donation;
DROP TRIGGER donations_donor_name ON donations_donor;
DROP FUNCTION donations_donation_name();
DROP FUNCTION donations_donor_name();
"""


class Migration(migrations.Migration):
    dependencies = [("donations", "0009_names_by_grams")]

    operations = [
        migrations.AddField(
            model_name="donation",
            name="name_key",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=120),
        ),
        reguarded(
            "donations_donation",
            _BEFORE,
            [*_BEFORE, _FOLLOWS],
            begins="NEW.state IN ('registered', 'merging') AND NEW.arrival_by_id IS NULL",
        ),
        migrations.RunSQL(_NAME, _NAME_DROP),
        migrations.AddIndex(
            model_name="donation",
            index=django.contrib.postgres.indexes.GinIndex(
                NameGrams("name_key", models.Value(0)), name="donation_name_grams"
            ),
        ),
    ]
