from decimal import Decimal

import pytest

from hebi_charity.reports.charts import Bars, bar_chart, ticks


def chart(*values: str) -> str:
    return bar_chart("test", Bars([f"9月{n}日" for n in range(len(values))], [Decimal(value) for value in values]))


def test_chart_is_static_and_the_same_every_time():
    svg = chart("120000.00", "80000.00")

    assert svg == chart("120000.00", "80000.00")
    assert "<script" not in svg
    assert "<!--" not in svg
    assert "http" not in svg.replace("http://www.w3.org/", "")
    assert ">9月0日<" in svg


def test_label_with_markup_is_escaped():
    svg = bar_chart("test", Bars(["<b>&"], [Decimal("1.00")]))

    assert "<b>" not in svg
    assert "&lt;b&gt;&amp;" in svg


@pytest.mark.parametrize(
    ("highest", "steps"),
    [
        (0.0, [0, 1]),
        (-3.0, [0, 1]),
        (5.0, [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]),
        (1292.0, [0, 500, 1000, 1500]),
        (3100.0, [0, 1000, 2000, 3000, 4000]),
    ],
)
def test_steps_of_the_axis_are_round_and_reach_the_highest(highest, steps):
    assert ticks(highest) == steps
