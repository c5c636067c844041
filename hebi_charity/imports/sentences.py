"""The sentences behind the codes with which a file or a row is refused: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

_FILE = {
    "file_empty": _lazy("The file is empty. Please choose the file that holds the list."),
    "file_too_large": _lazy(
        "The file has %(megabytes)s MB; at most 50 MB can be read. Please split it into several files."
    ),
    "file_unpacks_too_large": _lazy(
        "Unpacked, the file is larger than 500 MB. Please delete sheets and pictures that are not needed, or save it"
        " as CSV."
    ),
    "file_too_complex": _lazy(
        "The file is too large or too intricate to be read safely. Please save its sheet as CSV, or split it."
    ),
    "file_damaged": _lazy(
        "The file is damaged and cannot be opened. Please open it in WPS or Excel, save it as .xlsx, and choose it"
        " again."
    ),
    "file_has_password": _lazy(
        "The file has a password. Please open it in WPS or Excel, take the password off, save it, and choose it again."
    ),
    "file_kind_unknown": _lazy(
        "This is not a table that can be read. Please save it in WPS or Excel as .xlsx, .xls or .csv and choose it"
        " again."
    ),
    "encoding_unknown": _lazy(
        "The characters of this CSV file cannot be read. Please save it in WPS or Excel as .xlsx and choose it again."
    ),
    "csv_line_unreadable": _lazy(
        "Near line %(row)s the CSV file cannot be read. Please save it in WPS or Excel as .xlsx and choose it again."
    ),
    "too_many_columns": _lazy("The sheet has %(columns)s columns; at most 200 can be read. Please delete the others."),
    "sheet_missing": _lazy("The file has no sheet “%(sheet)s”. Please choose another sheet."),
    "header_missing": _lazy(
        "No header was found: a row with the name of the donor (or an order number) and an amount, such as"
        " “捐赠人” and “金额”. Please give the line of the header yourself, or add one to the file."
    ),
    "header_row_missing": _lazy("The sheet has no line %(row)s. Please give the line in which the header stands."),
    "goods_list": _lazy(
        "This is a list of goods: it has quantities and units, and no amount of money. Only lists of money can be"
        " imported here; please register goods where goods are received."
    ),
    "file_lost_digits": _lazy(
        "The order numbers (such as %(value)s) end in zeros behind the 15th digit: a spreadsheet has rounded them, the"
        " true digits are lost. Please export the list again, set the column to “text” before opening it, and choose"
        " that file."
    ),
}  # fmt: skip

_ROW = {
    "amount_not_number": _lazy(
        "The amount in line %(row)s is “%(value)s”, which is not a number. Please correct it and upload again."
    ),
    "amount_in_words": _lazy(
        "The amount in line %(row)s is “%(value)s”, which is not a number. Please change it to %(meant)s and upload"
        " again."
    ),
    "amount_missing": _lazy("Line %(row)s has no amount. Please fill it in, or delete the line, and upload again."),
    "amount_not_above_zero": _lazy(
        "The amount in line %(row)s is “%(value)s”; a gift is more than 0. Refunds are not imported: please reverse"
        " the gift they belong to."
    ),
    "amount_too_fine": _lazy(
        "The amount in line %(row)s is “%(value)s”, which has more than two decimals. Please correct it and upload"
        " again."
    ),
    "amount_too_large": _lazy(
        "The amount in line %(row)s is “%(value)s”, which is too large. Please check whether it is in yuan."
    ),
    "currency_unknown": _lazy(
        "The currency in line %(row)s is “%(value)s”, which is not known. Please write 人民币, 美元 or its three"
        " letters, and upload again."
    ),
    "foreign_currency": _lazy(
        "Line %(row)s is %(value)s in %(currency)s. Gifts in foreign currency need a rate and cannot be imported yet:"
        " please register this gift at the counter."
    ),
    "day_missing": _lazy("Line %(row)s has no date. Please fill it in and upload again."),
    "day_not_a_date": _lazy(
        "The date in line %(row)s is “%(value)s”, which is not a day. Please write it like 2020-01-29 and upload again."
    ),
    "day_without_year": _lazy(
        "The date in line %(row)s is “%(value)s”, without a year. Please write it like 2020-01-29 and upload again."
    ),
    "day_in_future": _lazy(
        "The date in line %(row)s is “%(value)s”, which is after today. Please correct it and upload again."
    ),
    "given_after_settlement": _lazy(
        "Line %(row)s was given on %(value)s, after the day of settlement %(settled)s. Please check the day of"
        " settlement."
    ),
    "name_missing": _lazy(
        "Line %(row)s has an amount and no name. Please fill in the name (or 爱心人士) and upload again."
    ),
    "name_too_long": _lazy(
        "The name in line %(row)s (“%(value)s”) is longer than 120 characters. Please shorten it and upload again."
    ),
    "note_too_long": _lazy(
        "The note in line %(row)s has %(length)s characters; %(most)s are possible. Please shorten it and upload again."
    ),
    "order_no_missing": _lazy(
        "Line %(row)s has an amount and no order number. Please fill it in and upload again."
    ),
    "identifier_scientific": _lazy(
        "The order number in line %(row)s is “%(value)s”: the spreadsheet has turned it into scientific notation and"
        " its last digits are lost. Please export the list again, set the column to “text” before opening it, and"
        " upload that file."
    ),
    "identifier_not_text": _lazy(
        "The order number in line %(row)s is “%(value)s”, which is not a number of an order. Please correct it and"
        " upload again."
    ),
    "identifier_too_long": _lazy(
        "The order number in line %(row)s (“%(value)s”) is longer than 64 characters. Please check the column."
    ),
    "only_a_number": _lazy(
        "Line %(row)s holds only the number %(value)s, no name and no order number. Please fill in what is missing, or"
        " delete the line, and upload again."
    ),
    "only_text": _lazy("Line %(row)s holds only the text “%(value)s”: it is not a gift and was not imported."),
    "order_no_repeated": _lazy(
        "The order number %(value)s in line %(row)s stands in the file more than once with different amounts. Please"
        " ask the platform which is right."
    ),
    "order_no_conflict": _lazy(
        "The order number %(value)s in line %(row)s is known already with another amount (%(known)s yuan). Please ask"
        " the platform which is right."
    ),
}  # fmt: skip

_UNNAMED = _lazy("Line %(row)s cannot be read. Please check it and upload again.")


def sentence_for_file(reason: Mapping[str, object]) -> str:
    """The sentence for a reason why a whole file is refused."""
    template = _FILE.get(str(reason["code"])) or _FILE["file_damaged"]
    return str(template) % reason


def sentence_for_row(row_no: int, reason: Mapping[str, object]) -> str:
    """The sentence for a reason why one row is not taken in."""
    template = _ROW.get(str(reason["code"])) or _UNNAMED
    return str(template) % {**reason, "row": row_no}


def reason_title(code: str) -> str:
    """A short heading under which rows with the same reason are counted."""
    return str(_TITLES.get(code) or _("others"))


_TITLES = {
    "amount_not_number": _lazy("amount is not a number"),
    "amount_in_words": _lazy("amount is not a number"),
    "amount_missing": _lazy("no amount"),
    "amount_not_above_zero": _lazy("amount is not above 0"),
    "amount_too_fine": _lazy("more than two decimals"),
    "amount_too_large": _lazy("amount too large"),
    "currency_unknown": _lazy("unknown currency"),
    "foreign_currency": _lazy("foreign currency"),
    "day_missing": _lazy("no date"),
    "day_not_a_date": _lazy("not a date"),
    "day_without_year": _lazy("date without a year"),
    "day_in_future": _lazy("date in the future"),
    "given_after_settlement": _lazy("given after the settlement"),
    "name_missing": _lazy("no name"),
    "name_too_long": _lazy("name too long"),
    "note_too_long": _lazy("note too long"),
    "order_no_missing": _lazy("no order number"),
    "identifier_scientific": _lazy("order number lost digits"),
    "identifier_not_text": _lazy("not an order number"),
    "identifier_too_long": _lazy("order number too long"),
    "only_a_number": _lazy("only a number"),
    "only_text": _lazy("text outside the list"),
    "order_no_repeated": _lazy("order number twice with different amounts"),
    "order_no_conflict": _lazy("order number known with another amount"),
}  # fmt: skip
