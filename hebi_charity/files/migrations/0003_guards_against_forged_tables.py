"""Guards read our own tables only, whatever temporary ones there are."""

from django.db import migrations

from hebi_charity.core.guards import reguarded


class Migration(migrations.Migration):
    dependencies = [("files", "0002_attachments_guarded")]

    operations = [reguarded("files_attachment"), reguarded("files_use")]
