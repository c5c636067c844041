"""Fields that read what people type at a counter: amounts, days, times, telephone numbers, identifiers, names.

Widgets carry data attributes only; what a script does with them is progressive.
"""

from hebi_charity.core.forms.amounts import MoneyField, MoneyInput
from hebi_charity.core.forms.days import DayField, DayInput, MonthField
from hebi_charity.core.forms.form_key import FormKeyField, FormKeyMixin
from hebi_charity.core.forms.names import NameField
from hebi_charity.core.forms.numbers import (
    BankCardField,
    CreditCodeField,
    IdentifierField,
    PhoneField,
    card_warning,
    checked_identifier,
)
from hebi_charity.core.forms.times import TimeOfDayField

__all__ = [
    "BankCardField",
    "CreditCodeField",
    "DayField",
    "DayInput",
    "FormKeyField",
    "FormKeyMixin",
    "IdentifierField",
    "MoneyField",
    "MoneyInput",
    "MonthField",
    "NameField",
    "PhoneField",
    "TimeOfDayField",
    "card_warning",
    "checked_identifier",
]
