"""The names of the gifts that were there before the database kept them."""

from django.db import migrations

_FILL = """
UPDATE donations_donation g SET name_key = d.name_key FROM donations_donor d
WHERE d.id = g.donor_id AND g.name_key <> d.name_key
"""


class Migration(migrations.Migration):
    dependencies = [("donations", "0010_gifts_by_name")]

    operations = [migrations.RunSQL(_FILL, migrations.RunSQL.noop)]
