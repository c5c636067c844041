"""A form that saves through a service: a refusal stands at the form, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hebi_charity.core.sentences import REFUSED_BY_DATABASE, add_refusal
from hebi_charity.office.services.form_keys import FormKeyReused


class SavesThroughService:
    """`save(form)` calls the service and gives the row, whose page opens next. `done` is said there.

    `refusals` are the rules of the app that may be broken, `sentence_of` says them. `places` names the field beside
    which a rule is said: constraints and triggers by name, broken rules by class.
    """

    done = ""
    refusals: tuple[type[Exception], ...] = ()
    sentence_of: Callable[[Exception], str]
    places: Mapping[str | type[Exception], str] = MappingProxyType({})

    def form_valid(self, form):
        try:
            row = self.save(form)
        except FormKeyReused:
            form.add_error(None, _("This form was submitted before. Open a new one to record another."))
        except REFUSED_BY_DATABASE as error:
            add_refusal(form, error, places=self.places)
        except self.refusals as error:
            form.add_error(self.places.get(type(error)), self.sentence(error))
        else:
            messages.success(self.request, self.said(row))
            return redirect(self.next_page(row))
        return self.form_invalid(form)

    def said(self, row) -> str:
        return self.done

    def sentence(self, error: Exception) -> str:
        return type(self).sentence_of(error)

    def next_page(self, row):
        return row
