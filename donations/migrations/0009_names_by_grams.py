"""Names are found by characters and pairs of characters; the orders of a pool are read in the order of their rows."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from donations.models.name_grams import NameGrams

# Each gram is marked with the block of 131,072 places it lies in (place >> 17; see PlatformOrderQuerySet).
_GRAMS = """
CREATE FUNCTION donations_name_grams(name text, place bigint) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $grams$
DECLARE
    mark text := (place >> 17)::text;
    length int := length(name);
    grams text[] := '{}';
BEGIN
    FOR at IN 1..length LOOP
        grams := grams || (substr(name, at, 1) || mark);
        IF at < length THEN
            grams := grams || (substr(name, at, 2) || mark);
        END IF;
    END LOOP;
    RETURN grams;
END
$grams$;
"""


class Migration(migrations.Migration):
    dependencies = [("donations", "0008_other_money_in")]

    operations = [
        migrations.RunSQL(_GRAMS, "DROP FUNCTION donations_name_grams(text, bigint)"),
        migrations.RemoveIndex(model_name="donor", name="donor_name_characters"),
        migrations.RemoveIndex(model_name="platformorder", name="platform_order_characters"),
        migrations.AddIndex(
            model_name="donor",
            index=django.contrib.postgres.indexes.GinIndex(
                NameGrams("name_key", models.Value(0)), name="donor_name_grams"
            ),
        ),
        migrations.AddIndex(
            model_name="platformorder",
            index=django.contrib.postgres.indexes.GinIndex(
                NameGrams("name_key", models.F("id")), name="platform_order_grams"
            ),
        ),
        migrations.AlterField(
            model_name="platformorder",
            name="donation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="donations.donation",
            ),
        ),
        migrations.AlterField(
            model_name="platformorder",
            name="reversal",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="donations.reversal",
            ),
        ),
        migrations.AddIndex(
            model_name="platformorder",
            index=models.Index(fields=["donation", "row_no"], name="platform_order_in_pool"),
        ),
        migrations.AddIndex(
            model_name="platformorder",
            index=models.Index(
                condition=models.Q(("reversal__isnull", False)), fields=["reversal"], name="platform_order_reversed"
            ),
        ),
    ]
