"""The first requirements of organisational life, each with its article and day. A change is a new row with a later day.

What was shipped stays in these lists for ever: the check of the books holds the rows without a person against them.
What is said of days and of lectures is to be checked against the papers.
"""

from __future__ import annotations

from datetime import date

from partybranch.models import Requirement

_BRANCH_RULES = "《中国共产党支部工作条例（试行）》"
_EDUCATION_RULES = "《中国共产党党员教育管理工作条例》"
_BRANCHES, _EDUCATION = date(2018, 10, 28), date(2019, 5, 6)
_DAY = "起始日为印发日，请对照文件原文核实。"
# kind, in each, times, source, article, from the day, note
_FIRST = (
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


def requirements() -> list[dict[str, object]]:
    """The columns of each, what it is of and its day first. They hold for every branch."""
    return [
        {
            "kind": kind,
            "starts_on": day,
            "branch_id": None,
            "per": per,
            "times": times,
            "source": source,
            "article": article,
            "note": note,
        }
        for kind, per, times, source, article, day, note in _FIRST
    ]


def ship() -> None:
    """Make what is missing; leave what people have added."""
    for columns in requirements():
        names = ("kind", "starts_on", "branch_id")
        key = {name: columns[name] for name in names}
        Requirement.objects.live().get_or_create(**key, defaults=columns)
