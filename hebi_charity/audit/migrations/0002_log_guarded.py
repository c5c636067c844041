"""An entry of the log is inserted and never changed."""

from django.db import migrations

from hebi_charity.core.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_log_of_acts")]

    operations = [append_only("audit_entry")]
