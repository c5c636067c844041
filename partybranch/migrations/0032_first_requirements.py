"""What the rules require of every branch. What is said of days and of lectures is to be checked against the papers."""

from datetime import date

from django.db import migrations

_BRANCH_RULES = "《中国共产党支部工作条例（试行）》"
_EDUCATION_RULES = "《中国共产党党员教育管理工作条例》"
_BRANCHES, _EDUCATION = date(2018, 10, 28), date(2019, 5, 6)
_DAY = "起始日为印发日，请对照文件原文核实。"
# kind, in each, times, source, article, from the day, note
FIRST = (
    ("general", "quarter", 1, _BRANCH_RULES, "第十一条", _BRANCHES, f"一般每季度召开1次。{_DAY}"),
    ("committee", "month", 1, _BRANCH_RULES, "第十二条", _BRANCHES, f"一般每月召开1次，设支委会的支部。{_DAY}"),
    ("group", "month", 1, _BRANCH_RULES, "第十三条", _BRANCHES, f"一般每月召开1次，划分党小组的支部。{_DAY}"),
    (
        "lecture",
        "quarter",
        1,
        "地方规定和惯例",
        "",
        _BRANCHES,
        f"条例要求定期开展，未定次数；每季度至少1次为各地规定，请按上级要求核对。{_DAY}",
    ),
    ("theme_day", "month", 1, _EDUCATION_RULES, "第十六条", _EDUCATION, f"每月开展1次。{_DAY}"),
    ("life", "year", 1, _EDUCATION_RULES, "第十七条", _EDUCATION, f"每年至少召开1次。{_DAY}"),
    ("review", "year", 1, _EDUCATION_RULES, "第十八条", _EDUCATION, f"一般每年开展1次，可结合组织生活会进行。{_DAY}"),
)


def fill(apps, schema_editor):
    model = apps.get_model("partybranch", "Requirement")
    model.objects.bulk_create(
        model(kind=kind, per=per, times=times, source=source, article=article, starts_on=day, note=note)
        for kind, per, times, source, article, day, note in FIRST
    )


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0031_requirements_guarded")]
    # Rows of a guarded table are not deleted; going further back drops the table.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
