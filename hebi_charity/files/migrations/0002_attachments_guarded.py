"""A stored file and its use are inserted and never changed."""

from django.db import migrations

from hebi_charity.core.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("files", "0001_attachments")]

    operations = [append_only("files_attachment"), append_only("files_use")]
