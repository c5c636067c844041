"""Charts for paper: static SVG without script, in the paper's own type. Each has a table behind it."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pygal
from django.utils.safestring import SafeString, mark_safe
from pygal.etree import etree
from pygal.style import Style

from hebi_charity.reports.figures import WAN

# pygal leaves an import hook of the old kind behind (for map plug-ins), which warns at every later import.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "PluginImportFixer"]

FONT = "'Noto Serif CJK SC', 'Noto Sans CJK SC'"
RED = "#9b1c1c"

STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="#333333",
    foreground_strong="#111111",
    foreground_subtle="#cccccc",
    guide_stroke_color="#dddddd",
    guide_stroke_dasharray="1,2",
    major_guide_stroke_color="#bbbbbb",
    major_guide_stroke_dasharray="1,2",
    opacity="1",
    opacity_hover="1",
    transition="none",
    colors=(RED, "#6b7280"),
    font_family=FONT,
    label_font_family=FONT,
    major_label_font_family=FONT,
    value_font_family=FONT,
    title_font_family=FONT,
    legend_font_family=FONT,
    tooltip_font_family=FONT,
    no_data_font_family=FONT,
    label_font_size=15,
    major_label_font_size=15,
    title_font_size=16,
    legend_font_size=15,
)


@dataclass(frozen=True)
class Bars:
    """What a bar chart shows: a label and a value in yuan for each bar."""

    labels: Sequence[str]
    values: Sequence[Decimal]


def bar_chart(name: str, bars: Bars, *, every: int = 1, height: int = 330) -> SafeString:
    """Bars in 10,000 yuan as SVG; every n-th label is written. The unit belongs into the caption.

    `name` is unique in the paper: it ties the chart's styles to it.
    """
    chart = pygal.Bar(
        style=STYLE,
        width=960,
        height=height,
        show_legend=False,
        js=[],
        no_prefix=False,
        disable_xml_declaration=True,
        explicit_size=False,
        print_values=False,
        margin=8,
        spacing=6,
        truncate_label=-1,
        show_minor_x_labels=False,
        x_labels_major_every=every,
        include_x_axis=True,
        formatter=lambda value: f"{value:,.2f}",
        value_formatter=lambda value: f"{value:,.10g}",
    )
    chart.x_labels = list(bars.labels)
    heights = [float(value / WAN) for value in bars.values]
    chart.y_labels = ticks(max(heights, default=0.0))
    chart.add("", heights)
    chart.uuid = name
    return as_svg(chart)


def ticks(highest: float) -> list[float]:
    """Four to six round steps from zero up to at least the highest bar."""
    if highest <= 0:
        return [0, 1]
    rough = highest / 5
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 2.5, 5, 10) if power * times >= rough)
    return [step * number for number in range(math.ceil(highest / step) + 1)]


def as_svg(chart: pygal.graph.graph.Graph) -> SafeString:
    """The chart's SVG without the script and the remarks that pygal writes into it."""
    root = chart.render_tree()
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag is etree.Comment or str(child.tag).endswith("script"):
                parent.remove(child)
    # An element tree is written with every label escaped.
    return mark_safe(etree.tostring(root, encoding="unicode"))  # noqa: S308  # nosec B308 B703
