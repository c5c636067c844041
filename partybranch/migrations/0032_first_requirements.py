"""The first requirements come with the other data that ships, after migrating: partybranch.shipped_requirements."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0031_requirements_guarded")]
    operations = []
