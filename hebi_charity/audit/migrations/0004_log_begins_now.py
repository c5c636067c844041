"""An entry of the log bears the moment and the day of its own transaction: nobody writes into the past."""

from django.db import migrations

from hebi_charity.core.guards import reguarded

_NOW = """NEW.at BETWEEN now() AND clock_timestamp() AND NEW."on" = timezone('Asia/Shanghai', NEW.at)::date"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_log_search")]

    operations = [reguarded("audit_entry", begins=_NOW)]
