"""Who submits a month does not confirm it with a second account either."""

from django.db import migrations

from hebi_charity.core.four_eyes import another_person


class Migration(migrations.Migration):
    dependencies = [("office", "0003_months_begin_open")]
    operations = [another_person("office_period", "confirmed_by_id", "submitted_by_id")]
