"""`{% load hebi %}`: money, days and masked personal data as pages and papers show them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template

from hebi_charity.core import dates, masking, money

register = template.Library()

register.filter("mask_name", masking.mask_name)
register.filter("mask_phone", masking.mask_phone)
register.filter("mask_identifier", masking.mask_identifier)
register.filter("mask_card", masking.mask_card)


@register.filter
def yuan(amount: Decimal | None) -> str:
    """1234.5 -> 1,234.50"""
    return money.format_yuan(amount)


@register.filter
def wan(amount: Decimal | None) -> str:
    """Yuan as 万元 with two decimals: 38169900 -> 3,816.99"""
    return money.format_wan(amount)


@register.filter
def in_words(amount: Decimal | None) -> str:
    """The capitals of an amount; nothing for None."""
    return "" if amount is None else money.amount_in_words(amount)


@register.filter
def day(value: date | datetime | None) -> str:
    """2026-03-01; a moment gives its Shanghai day."""
    return dates.format_day(dates.day_of(value) if isinstance(value, datetime) else value)


@register.filter
def day_in_full(value: date | datetime | None) -> str:
    """2026年3月1日; a moment gives its Shanghai day."""
    return dates.format_day_in_full(dates.day_of(value) if isinstance(value, datetime) else value)


@register.filter
def moment(value: datetime | None) -> str:
    """2026-03-01 14:05 in Shanghai."""
    return "" if value is None else f"{value.astimezone(dates.SHANGHAI):%Y-%m-%d %H:%M}"


@register.filter
def count(number: int | None) -> str:
    """554300 -> 554,300"""
    return "" if number is None else f"{number:,}"
