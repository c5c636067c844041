"""What the database refused, as a sentence for the person who tried.

Constraints of models carry their `violation_error_message`. Triggers and exclusions raise with a constraint name,
for which the app that owns them registers a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.apps import apps
from django.db import DatabaseError, DataError, IntegrityError, OperationalError, models
from django.db.models.fields import PositiveIntegerRelDbTypeMixin
from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.guards import BINDING, begin_name, guard_name

# What people can bring about: broken rules, values that do not fit, locks that others hold too long.
REFUSED_BY_DATABASE = (IntegrityError, DataError, OperationalError)

_registered: dict[str, str | Promise] = {}

BINDING_SENTENCE = _("This record is binding. It cannot be changed or deleted; a reversal corrects it.")
LOG_SENTENCE = _("The log can only be added to. Nothing in it can be changed or deleted.")
BEGIN_SENTENCE = _("A record begins undecided and today. Please record it first; another person then decides on it.")
UNKNOWN = _("The database refused this, and nothing was changed. Please reload the page and check what you typed.")

# By the kind of error, where no single rule has a name of its own.
_BY_CODE = {
    "23503": _("This belongs to another record or names one that does not exist any more. Nothing was changed."),
    "23502": _("Something required is missing. Nothing was changed. Please reload the page and fill it in."),
    "23505": _("This exists already. Please check whether it was recorded before."),
    "22003": _("A number is too large. Please check the figures."),
    "22001": _("A text is too long. Please shorten it."),
    "40001": _("Others changed the same records at the same moment. Nothing was changed; please try again."),
    "40P01": _("Others changed the same records at the same moment. Nothing was changed; please try again."),
    "55P03": _("Others are working on the same records. Nothing was changed; please try again in a moment."),
    "57014": _("This took too long and was stopped. Nothing was changed; please narrow it down or try again later."),
    "42501": _("The database does not allow this to the application. Please tell the administrator."),
}


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Give sentences for names that triggers and exclusions raise. Raises ValueError for a name that is taken."""
    for name, sentence in sentences.items():
        if name in _registered:
            raise ValueError(f"{name} has a sentence already")
        _registered[name] = sentence


def sentence_of(name: str) -> str:
    """The sentence of a constraint or trigger by its name; "" when it has none."""
    found = _registered.get(name) or _by_model().get(name) or _guards().get(name)
    return str(found) if found else ""


def sentence_for(error: DatabaseError) -> str:
    """A full sentence for what the database refused. Never empty, never technical."""
    code = getattr(error.__cause__, "pgcode", None) or ""
    return sentence_of(name_of(error)) or str(_BY_CODE.get(code, UNKNOWN))


def name_of(error: DatabaseError) -> str:
    """The name of the constraint or trigger that refused; "" when it has none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def add_refusal(form: BaseForm, error: DatabaseError, *, places: Mapping[str, str] | None = None) -> None:
    """Show what the database refused: beside the field that `places` names for the rule, else at the top of the form.

    What was typed stays.
    """
    place = (places or {}).get(name_of(error))
    form.add_error(place if place in form.fields else None, sentence_for(error))


def _guards() -> dict[str, Promise]:
    guards = {guard_name(table): LOG_SENTENCE if kind == "log" else BINDING_SENTENCE for table, kind in BINDING.items()}
    return guards | dict.fromkeys(map(begin_name, BINDING), BEGIN_SENTENCE)


@lru_cache(maxsize=1)
def _by_model() -> dict[str, object]:
    """Names of constraints with the sentences of the models, and the names PostgreSQL gives to single columns."""
    found: dict[str, object] = {}
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.local_concrete_fields:
            found |= _of_column(model, column)
        for constraint in model._meta.constraints:
            if constraint.violation_error_message != constraint.default_violation_error_message:
                found[constraint.name] = constraint.violation_error_message
    return found


class _OfColumn:
    """A sentence about one column, said in the language of the moment."""

    def __init__(self, text: Promise, column: models.Field) -> None:
        self.text, self.column = text, column

    def __str__(self) -> str:
        return str(self.text) % {"label": self.column.verbose_name}


def _of_column(model: type[models.Model], column: models.Field) -> dict[str, object]:
    table = model._meta.db_table
    if column.primary_key:
        return {f"{table}_pkey": _BY_CODE["23505"]}
    found: dict[str, object] = {}
    if column.unique:
        own = column.error_messages["unique"]
        is_own = own != models.Field.default_error_messages["unique"]
        text = _("“%(label)s” is in use already. Please give another one, or look for the record that has it.")
        found[_postgres_name(table, column.column, "key")] = own if is_own else _OfColumn(text, column)
    if isinstance(column, PositiveIntegerRelDbTypeMixin):
        text = _("“%(label)s” cannot be less than 0.")
        found[_postgres_name(table, column.column, "check")] = _OfColumn(text, column)
    return found


def _postgres_name(table: str, column: str, ending: str) -> str:
    """The name PostgreSQL makes for a column's own constraint: the longer part is cut until it fits 63 bytes."""
    room = 63 - len(ending) - 2
    while len(table) + len(column) > room:
        if len(table) > len(column):
            table = table[:-1]
        else:
            column = column[:-1]
    return f"{table}_{column}_{ending}"
