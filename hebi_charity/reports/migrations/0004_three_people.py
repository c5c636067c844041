"""Three people make, check and issue a report: two accounts of one person are one."""

from django.db import migrations

from hebi_charity.core.four_eyes import another_person


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_reports_begin_made")]
    operations = [
        another_person("reports_report", "checked_by_id", "made_by_id"),
        another_person("reports_report", "issued_by_id", "made_by_id", "checked_by_id"),
    ]
