"""A form that saves through a service: a refusal stands at the form, and what was typed stays."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from donations.services import broken_rules
from donations.services.sentences import sentence_of
from hebi_charity.core.sentences import REFUSED_BY_DATABASE, add_refusal
from hebi_charity.office.services.form_keys import FormKeyReused


class SavesThroughService:
    """`save(form)` calls the service and gives the row, whose page opens next. `done` is said there."""

    done = ""

    def form_valid(self, form):
        try:
            row = self.save(form)
        except FormKeyReused:
            form.add_error(None, _("This form was submitted before. Open a new one to record another."))
        except REFUSED_BY_DATABASE as error:
            add_refusal(form, error)
        except broken_rules.BrokenRule as error:
            form.add_error(None, self.sentence(error))
        else:
            messages.success(self.request, self.said(row))
            return redirect(self.next_page(row))
        return self.form_invalid(form)

    def said(self, row) -> str:
        return self.done

    def sentence(self, error: broken_rules.BrokenRule) -> str:
        return sentence_of(error)

    def next_page(self, row):
        return row
