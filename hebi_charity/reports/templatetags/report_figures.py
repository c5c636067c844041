"""Filters that write figures on paper: yuan, counts, changes, capitals."""

from datetime import date

from django import template
from django.utils.translation import gettext as _

from hebi_charity.core.money import amount_in_words
from hebi_charity.reports import figures

register = template.Library()

register.filter("yuan", figures.yuan)
register.filter("count", figures.count)
register.filter("percent", figures.percent)


@register.filter
def signed(figure):
    """A change in per cent with its sign."""
    return figures.percent(figure, signed=True)


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
    return figures.yuan(-amount) if amount else figures.yuan(amount)


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
