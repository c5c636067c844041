"""Fields for telephone numbers, papers and bank cards. Each gives one normal form however it was typed."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hebi_charity.core.identifiers import (
    is_bank_card,
    is_credit_code,
    is_phone,
    is_resident_id,
    normal_identifier,
    normal_phone,
    resident_check_digit,
)

RESIDENT_ID, CREDIT_CODE, OTHER = "resident_id", "credit_code", "other"
_BY_SPREADSHEET = re.compile(r"\d(\.\d+)?E\+?\d+\Z")


class _NumberField(forms.CharField):
    """A number that is text: `check` is what the page's script looks at when the box is left."""

    check = ""
    inputmode = "text"

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"max_length": 40} | kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        own = {"autocomplete": "off", "inputmode": self.inputmode, "data-check": self.check}
        return super().widget_attrs(widget) | {name: value for name, value in own.items() if value}


class PhoneField(_NumberField):
    """A mobile number or a landline with its area code; 13812345678 or 0392-3312345."""

    check = "phone"
    inputmode = "tel"

    def clean(self, value: str) -> str:
        phone = normal_phone(super().clean(value))
        if phone and not is_phone(phone):
            raise ValidationError(phone_sentence(phone), code="invalid")
        return phone


def phone_sentence(phone: str) -> str:
    if phone.isdigit() and phone.startswith("1"):
        return _("A mobile number has 11 digits; this one has %(count)d. Please check it.") % {"count": len(phone)}
    return _("This is not a telephone number. Write a mobile number, or a landline with its area code: 0392-3312345.")


def checked_identifier(text: str, *, kind: str) -> str:
    """The normal form of an identifier of this kind ("resident_id", "credit_code" or "other"); "" for nothing.

    Raises ValidationError with a sentence that says what is wrong. Division codes are never judged.
    """
    identifier = normal_identifier(text)
    if not identifier:
        return ""
    if _BY_SPREADSHEET.search(identifier):
        raise ValidationError(
            _("A spreadsheet has shortened this number. Format the column as text there and copy it again."),
            code="shortened",
        )
    if kind == RESIDENT_ID and not is_resident_id(identifier):
        raise ValidationError(resident_id_sentence(identifier), code="invalid")
    if kind == CREDIT_CODE and not is_credit_code(identifier):
        raise ValidationError(credit_code_sentence(identifier), code="invalid")
    return identifier


def resident_id_sentence(identifier: str) -> str:
    if len(identifier) != 18:
        return _("A resident ID has 18 places; this one has %(count)d. Please check it.") % {"count": len(identifier)}
    if not re.fullmatch(r"\d{17}[\dX]", identifier, re.ASCII):
        return _("A resident ID has digits only, and may end with X. Please check it.")
    if resident_check_digit(identifier[:17]) == identifier[17]:
        return _("The day of birth in this resident ID does not exist. Please check places 7 to 14.")
    return _("The last place of this resident ID does not fit the others: one place is mistyped. Please check it.")


def credit_code_sentence(identifier: str) -> str:
    if len(identifier) != 18:
        return _("A unified social credit code has 18 places; this one has %(count)d. Please check it.") % {
            "count": len(identifier)
        }
    return _("This unified social credit code is mistyped: its last place does not fit the others. Please check it.")


class IdentifierField(_NumberField):
    """A resident ID, or with `kind` another paper. When the kind is another box of the form, give "other" here and
    call `checked_identifier` in the form's `clean`."""

    def __init__(self, *, kind: str = RESIDENT_ID, **kwargs: object) -> None:
        self.kind = kind
        self.check = "" if kind == OTHER else kind.replace("_", "-")
        super().__init__(**kwargs)

    def clean(self, value: str) -> str:
        return checked_identifier(super().clean(value), kind=self.kind)


class CreditCodeField(IdentifierField):
    """A unified social credit code of 18 places."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"kind": CREDIT_CODE} | kwargs)


class BankCardField(_NumberField):
    """The number of a bank account: digits only. A card that fails Luhn is taken; show `card_warning` beside it."""

    check = "bank-card"
    inputmode = "numeric"

    def clean(self, value: str) -> str:
        card = checked_identifier(super().clean(value), kind=OTHER)
        if card and not re.fullmatch(r"\d{8,32}", card, re.ASCII):
            raise ValidationError(_("A bank account has digits only, at least 8. Please check it."), code="invalid")
        return card


def card_warning(card: str) -> str:
    """A sentence when a card number may be mistyped; "" otherwise. Passbook accounts may fail and be right."""
    if not card or is_bank_card(card):
        return ""
    return _("This number does not look like a bank card. Compare it with the card; a passbook's may be right.")
