"""Filters that write figures on paper: yuan, counts, changes, capitals."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hebi_charity.core.money import amount_in_words
from hebi_charity.reports import figures

register = template.Library()

# Characters that a column of sums and one of rates hold in the size of the table; longer ones are set smaller.
SUM_ROOM, RATE_ROOM = 14, 9

register.filter("count", figures.count)
register.filter("percent", figures.percent)


def fitted(text, room):
    """A figure that its column holds however long it is; what is beyond a quarter more is set smallest."""
    if len(text) <= room:
        return text
    return format_html('<span class="{}">{}</span>', "is-long" if len(text) <= room * 1.25 else "is-longest", text)


@register.filter
def yuan(amount):
    return fitted(figures.yuan(amount), SUM_ROOM)


@register.filter
def signed(figure):
    """A change in per cent with its sign."""
    return fitted(figures.percent(figure, signed=True), RATE_ROOM)


@register.filter
def headline(amount):
    """The figure of a headline without its unit: 7,753.67 for 万元."""
    return figures.scaled(amount)[0]


@register.filter
def headline_unit(amount):
    return figures.scaled(amount)[1]


@register.filter
def in_words(amount):
    return figures.in_words(amount)


@register.filter
def negative(amount):
    """What is taken off, with its sign; nothing taken off is 0.00."""
    return yuan(-amount if amount else amount)


@register.filter
def capitals(amount):
    """The amount in capitals with its prefix; negative sums begin with 负."""
    words = amount_in_words(abs(amount))
    return _("RMB %(words)s") % {"words": words} if amount >= 0 else _("RMB minus %(words)s") % {"words": words}


@register.filter
def month_name(day: date) -> str:
    """2022年9月."""
    return _("%(year)s-%(month)s") % {"year": day.year, "month": day.month}


@register.filter
def day_name(day: date) -> str:
    """2022年9月7日."""
    return _("%(year)s-%(month)s-%(day)s") % {"year": day.year, "month": day.month, "day": day.day}


@register.filter
def short_day(day: date) -> str:
    """9月7日."""
    return _("%(month)s-%(day)s") % {"month": day.month, "day": day.day}


@register.filter
def month_list(months: tuple[date, ...]) -> str:
    """1月、2月; the months of one year."""
    return _(", (between months)").join(_("month %(number)s") % {"number": month.month} for month in months)
