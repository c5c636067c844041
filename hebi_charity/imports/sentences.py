"""The sentences behind the codes with which a file or a row is refused: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from hebi_charity.core.money import AmountError, format_yuan, parse_amount

_FILE = {
    "file_empty": _("The file is empty. Please choose the file that holds the list."),
    "file_too_large": _(
        "The file has %(megabytes)s MB; at most 50 MB can be read. Please split it into several files."
    ),
    "file_unpacks_too_large": _(
        "Unpacked, the file is larger than 500 MB. Please delete sheets and pictures that are not needed, or save it"
        " as CSV."
    ),
    "file_too_complex": _(
        "The file is too large or too intricate to be read safely. Please save its sheet as CSV, or split it."
    ),
    "file_damaged": _(
        "The file is damaged and cannot be opened. Please open it in WPS or Excel, save it as .xlsx, and choose it"
        " again."
    ),
    "file_has_password": _(
        "The file has a password. Please open it in WPS or Excel, take the password off, save it, and choose it again."
    ),
    "file_kind_unknown": _(
        "This is not a table that can be read. Please save it in WPS or Excel as .xlsx, .xls or .csv and choose it"
        " again."
    ),
    "encoding_unknown": _(
        "The characters of this CSV file cannot be read. Please save it in WPS or Excel as .xlsx and choose it again."
    ),
    "csv_line_unreadable": _(
        "From line %(row)s on the CSV file cannot be read: perhaps a quotation mark is too many there. Please save it"
        " in WPS or Excel as .xlsx and choose it again."
    ),
    "csv_quote_open": _(
        "A quotation mark in line %(row)s of the CSV file makes one cell of the lines up to %(last)s. Please delete the"
        " mark, or save the list in WPS or Excel as .xlsx, and choose it again."
    ),
    "too_many_columns": _("The sheet has %(columns)s columns; at most 200 can be read. Please delete the others."),
    "sheet_missing": _("The file has no sheet “%(sheet)s”. Please choose another sheet."),
    "header_missing": _(
        "No header was found: a row with the name of the donor (or an order number) and an amount, such as"
        " “捐赠人” and “金额”. Please give the line of the header yourself, or add one to the file."
    ),
    "header_row_missing": _("The sheet has no line %(row)s. Please give the line in which the header stands."),
    "header_missing_entries": _(
        "No header was found: a row with the headings of the columns, such as those of the empty table that can be"
        " downloaded. Please give the line of the header yourself, or add one to the file."
    ),
    "no_rows_below_header": _(
        "The table has headings, but no row stands below them: there is nothing to take in, and nothing was kept."
        " Please fill in the list, save it, and choose it again."
    ),
    "too_many_rows": _("The list has more than %(most)s rows. Please split it into several files."),
    "goods_list": _(
        "This is a list of goods: it has quantities and units, and no amount of money. Only lists of money can be"
        " imported here; please register goods where goods are received."
    ),
    "file_lost_digits": _(
        "The order numbers (such as %(value)s) end in zeros behind the 15th digit: a spreadsheet has rounded them, the"
        " true digits are lost. Please export the list again, set the column to “text” before opening it, and choose"
        " that file."
    ),
}  # fmt: skip

_ROW = {
    "amount_not_number": _(
        "The amount in line %(row)s is “%(value)s”, which is not a number. Please correct it and upload again."
    ),
    "amount_in_words": _(
        "The amount in line %(row)s is “%(value)s”, which is not a number. Please change it to %(meant)s and upload"
        " again."
    ),
    "amount_missing": _("Line %(row)s has no amount. Please fill it in, or delete the line, and upload again."),
    "amount_not_above_zero": _(
        "The amount in line %(row)s is “%(value)s”; a gift is more than 0. Refunds are not imported: please reverse"
        " the gift they belong to."
    ),
    "amount_too_fine": _(
        "The amount in line %(row)s is “%(value)s”, which has more than two decimals. Please correct it and upload"
        " again."
    ),
    "amount_too_large": _(
        "The amount in line %(row)s is “%(value)s”, which is too large. Please check whether it is in yuan."
    ),
    "currency_unknown": _(
        "The currency in line %(row)s is “%(value)s”, which is not known. Please write 人民币, 美元 or its three"
        " letters, and upload again."
    ),
    "foreign_currency": _(
        "Line %(row)s is %(value)s in %(currency)s. Gifts in foreign currency need a rate and cannot be imported yet:"
        " please register this gift at the counter."
    ),
    "day_missing": _("Line %(row)s has no date. Please fill it in and upload again."),
    "day_not_a_date": _(
        "The date in line %(row)s is “%(value)s”, which is not a day. Please write it like 2020-01-29 and upload again."
    ),
    "day_without_year": _(
        "The date in line %(row)s is “%(value)s”, without a year. Please write it like 2020-01-29 and upload again."
    ),
    "day_in_future": _(
        "The date in line %(row)s is “%(value)s”, which is after today. Please correct it and upload again."
    ),
    "given_after_settlement": _(
        "Line %(row)s was given on %(value)s, after the day of settlement %(settled)s. Please check the day of"
        " settlement."
    ),
    "name_missing": _(
        "Line %(row)s has an amount and no name. Please fill in the name (or 爱心人士) and upload again."
    ),
    "name_too_long": _(
        "The name in line %(row)s (“%(value)s”) is longer than 120 characters. Please shorten it and upload again."
    ),
    "note_too_long": _(
        "The note in line %(row)s has %(length)s characters; %(most)s are possible. Please shorten it and upload again."
    ),
    "order_no_missing": _(
        "Line %(row)s has an amount and no order number. Please fill it in and upload again."
    ),
    "identifier_scientific": _(
        "The order number in line %(row)s is “%(value)s”: the spreadsheet has turned it into scientific notation and"
        " its last digits are lost. Please export the list again, set the column to “text” before opening it, and"
        " upload that file."
    ),
    "identifier_not_text": _(
        "The order number in line %(row)s is “%(value)s”, which is not a number of an order. Please correct it and"
        " upload again."
    ),
    "identifier_too_long": _(
        "The order number in line %(row)s (“%(value)s”) is longer than 64 characters. Please check the column."
    ),
    "only_a_number": _(
        "Line %(row)s holds only the number %(value)s, no name and no order number. Please fill in what is missing, or"
        " delete the line, and upload again."
    ),
    "only_text": _("Line %(row)s holds only the text “%(value)s”: it is not a gift and was not imported."),
    "order_no_repeated": _(
        "The order number %(value)s in line %(row)s stands in the file more than once with different amounts. Please"
        " ask the platform which is right."
    ),
    "order_no_conflict": _(
        "The order number %(value)s in line %(row)s is known already with another amount (%(known)s yuan). Please ask"
        " the platform which is right."
    ),
}  # fmt: skip

# Of lists without money: the column is named by its heading.
_CELL = {
    "cell_missing": _("“%(field)s” in line %(row)s is empty. Please fill it in."),
    "cell_too_long": _(
        "“%(field)s” in line %(row)s has %(length)s characters; %(most)s are possible. Please shorten it."
    ),
    "cell_not_a_number": _("“%(field)s” in line %(row)s is “%(value)s”, which is not a whole number."),
    "cell_not_a_choice": _(
        "“%(field)s” in line %(row)s is “%(value)s”, which is not known here. Please write one of these: %(known)s."
    ),
    "cell_not_a_day": _(
        "“%(field)s” in line %(row)s is “%(value)s”, which is not a day. Please write it like 1985-07-01, or 1985-07"
        " where only the month is known."
    ),
    "cell_day_in_future": _("“%(field)s” in line %(row)s is “%(value)s”, which is after today. Please correct it."),
    "cell_month_ambiguous": _(
        "“%(field)s” in line %(row)s is the number %(value)s: it may be January or October of %(year)s. Please write"
        " %(year)s-01 or %(year)s-10."
    ),
    "cell_lost_digits": _(
        "“%(field)s” in line %(row)s has lost its last digits: the spreadsheet has made a number of it. Please set the"
        " column to “text” and type it anew."
    ),
    "only_text_entries": _(
        "Line %(row)s holds only “%(value)s” and was not taken in. Where it belongs to the list, please fill in the"
        " other columns."
    ),
}

CURRENCIES = {
    "CNY": _("renminbi"),
    "USD": _("US dollars"),
    "HKD": _("Hong Kong dollars"),
    "EUR": _("euros"),
    "JPY": _("Japanese yen"),
    "GBP": _("pounds sterling"),
    "AUD": _("Australian dollars"),
    "CAD": _("Canadian dollars"),
    "MOP": _("Macau patacas"),
    "TWD": _("New Taiwan dollars"),
}
# Figures we computed ourselves within a reason; what a cell says is repeated as it stands.
_OURS = {"only_a_number": "value", "foreign_currency": "value", "order_no_conflict": "known"}

_UNNAMED = _("Line %(row)s cannot be read. Please check it and upload again.")


def currency_in_words(code: str) -> str:
    return str(CURRENCIES.get(code, code))


def _spoken(values: Mapping[str, object]) -> dict[str, object]:
    """The values of a sentence with the currency in words."""
    spoken = dict(values)
    if "currency" in values:
        spoken["currency"] = currency_in_words(str(values["currency"]))
    return spoken


def sentence_for_file(reason: Mapping[str, object]) -> str:
    """The sentence for a reason why a whole file is refused."""
    template = _FILE.get(str(reason["code"])) or _FILE["file_damaged"]
    return str(template) % reason


def _amount_meant(text: str) -> str:
    """What an amount in words stands for, where it has one meaning; "" elsewhere: 一百二 may be 102 or 120."""
    try:
        return format_yuan(parse_amount(text))
    except AmountError:
        return ""


Own = Mapping[str, tuple[object, object]]  # sentences of a target without money: heading and sentence by code


def sentence_for_row(row_no: int, reason: Mapping[str, object], own: Own | None = None) -> str:
    """The sentence for a reason why one row is not taken in; of a list without money one for each reason."""
    also = reason.get("also", ())
    return " ".join(
        [_one_sentence(row_no, reason, own or {}), *(_one_sentence(row_no, one, own or {}) for one in also)]
    )


def _one_sentence(row_no: int, reason: Mapping[str, object], own: Own) -> str:
    code = str(reason["code"])
    if code in own:
        return str(own[code][1]) % {**reason, "row": row_no}
    if code in _CELL:
        return str(_CELL[code]) % {**reason, "row": row_no}
    values = {**reason, "row": row_no}
    if code == "amount_not_number" and (meant := _amount_meant(str(reason["value"]))):
        code, values["meant"] = "amount_in_words", meant
    if code in _OURS:
        values[_OURS[code]] = f"{Decimal(str(reason[_OURS[code]])):,.2f}"
    return str(_ROW.get(code) or _UNNAMED) % _spoken(values)


_WARNINGS = {
    "control_sum_differs": _(
        "Line %(row)s of the file prints a total of %(sum)s yuan, but its rows sum to %(read)s yuan. Please find the"
        " difference before submitting."
    ),
    "control_count_differs": _(
        "Line %(row)s of the file prints %(count)s gifts, but %(read)s were read. Please find the difference before"
        " submitting."
    ),
    "control_count_differs_alone": _(
        "Line %(row)s of the file prints %(count)s gifts, but %(read)s were read; the total agrees. Please ask who made"
        " the list which count is right."
    ),
    "repeated_rows": _(
        "%(count)s rows repeat an earlier row of the file (same day, name and amount). They are imported; please"
        " look whether they were typed twice."
    ),
    "rejected_rows": _("%(count)s rows are not imported; the reason of each is listed."),
    "duplicate_numbers": _(
        "%(count)s rows repeat an order number of the file with the same amount. Each payment is imported once."
    ),
    "unclear_names": _(
        "%(count)s names may say that one gave for another (A代B). They are kept as they stand; if that is wrong, put"
        " the payer into a column 付款人 of the file and upload it again."
    ),
    "split_names": _("%(count)s names of the form A转来B捐款 become gifts of B, paid by A."),
    "masked_names": _("%(count)s names are masked by the platform; these rows become payments of a pool."),
    "stray_numbers": _("%(count)s numbers stand beside the columns of the list; they are not imported."),
    "foreign_currency": _(
        "%(count)s rows are in %(currency)s, %(sum)s in all. They are not imported and not part of the yuan."
    ),
    "some_known_entries": _("%(count)s rows are there already and are not taken in again."),
    "some_known": _("%(count)s rows are in the books already and are not imported again."),
    "all_known": _("All %(count)s rows are in the books already: nothing new would be imported."),
    "same_file": _("The same file was imported before as %(number)s."),
    "kept_out": _("Columns with personal data are not read: %(columns)s."),
    "day_given": _("The file names no day; all rows are taken as received on %(day)s."),
}  # fmt: skip

_QUESTIONS = {
    "known_elsewhere": _(
        "%(count)s of the %(of)s rows have the same name, amount and note as gifts that are in the books under another"
        " day or way of payment (most of them on %(day)s). Is this the same list once more, with another day? If these"
        " are other gifts, say so and go on; if not, discard this import."
    ),
}


def sentence_for_warning(warning: Mapping[str, object]) -> str:
    """The sentence for one of `report["warnings"]`."""
    return str(_WARNINGS[str(warning["code"])]) % _spoken(warning)


def sentence_for_question(question: Mapping[str, object]) -> str:
    """The sentence for the question of a check."""
    return str(_QUESTIONS[str(question["code"])]) % question


def reason_title(code: str, own: Own | None = None) -> str:
    """A short heading under which rows with the same reason are counted."""
    if own and code in own:
        return str(own[code][0])
    return str(_TITLES.get(code) or _("others"))


_TITLES = {
    "amount_not_number": _("amount is not a number"),
    "amount_missing": _("no amount"),
    "amount_not_above_zero": _("amount is not above 0"),
    "amount_too_fine": _("more than two decimals"),
    "amount_too_large": _("amount too large"),
    "currency_unknown": _("unknown currency"),
    "foreign_currency": _("foreign currency"),
    "day_missing": _("no date"),
    "day_not_a_date": _("not a date"),
    "day_without_year": _("date without a year"),
    "day_in_future": _("date in the future"),
    "given_after_settlement": _("given after the settlement"),
    "name_missing": _("no name"),
    "name_too_long": _("name too long"),
    "note_too_long": _("note too long"),
    "order_no_missing": _("no order number"),
    "identifier_scientific": _("order number lost digits"),
    "identifier_not_text": _("not an order number"),
    "identifier_too_long": _("order number too long"),
    "only_a_number": _("only a number"),
    "only_text": _("text outside the list"),
    "only_text_entries": _("text outside the list"),
    "cell_missing": _("a cell that is needed is empty"),
    "cell_too_long": _("too long"),
    "cell_not_a_number": _("not a number"),
    "cell_not_a_choice": _("unknown word"),
    "cell_not_a_day": _("not a date"),
    "cell_day_in_future": _("date in the future"),
    "cell_month_ambiguous": _("month cannot be told"),
    "cell_lost_digits": _("last digits lost"),
    "order_no_repeated": _("order number twice with different amounts"),
    "order_no_conflict": _("order number known with another amount"),
}  # fmt: skip
