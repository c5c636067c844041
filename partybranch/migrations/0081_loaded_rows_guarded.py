"""What a line of a file became is said once and never changed."""

from django.db import migrations

from hebi_charity.core.guards import guarded


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0080_loaded_rows")]
    operations = [guarded("partybranch_loadedrow")]
