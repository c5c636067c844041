"""The record of an event: minutes against the version that was seen, filing, addenda."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from hebi_charity.core.sentences import REFUSED_BY_DATABASE, add_refusal
from hebi_charity.office.services.form_keys import FormKeyReused
from partybranch.forms import AddendumForm, RecordForm
from partybranch.lists import record
from partybranch.models import LifeEvent, Minutes
from partybranch.services import filing, minutes
from partybranch.services.broken_rules import AlreadyFiled, BrokenRule, CalledOff, NotNoticed
from partybranch.services.meanwhile import ChangedMeanwhile
from partybranch.services.sentences import sentence_of
from partybranch.views.life import PLACES, LifeActView
from partybranch.views.records import RECORDS


class RecordView(PermissionRequiredMixin, FormView):
    """Facts and minutes; what is missing for the filing is said beside each field, and what was typed is saved."""

    permission_required = RECORDS
    form_class = RecordForm
    template_name = "partybranch/record/record.html"

    @cached_property
    def event(self) -> LifeEvent:
        events = LifeEvent.objects.visible_to(self.request.user).select_related("branch", "chair", "recorder")
        return get_object_or_404(events, pk=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        if self.event.is_noticed():
            return super().get(request, *args, **kwargs)
        messages.warning(request, why_not_written(self.event))
        return redirect(self.event)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"branch": self.event.branch, "day": self.event.held_on}

    def get_initial(self):
        return RecordForm.as_saved(self.event, Minutes.objects.newest(self.event))

    def get_context_data(self, **kwargs):
        return super().get_context_data(event=self.event, **kwargs)

    def form_valid(self, form):
        data = form.cleaned_data
        try:
            saved = minutes.write_minutes(
                self.event,
                by=self.request.user,
                version=data["version"],
                facts=form.changes(),
                shown=form.shown(),
                outcome=data["outcome"],
                text=data["text"],
            )
        except minutes.MinutesChanged as error:
            return self.both_shown(form, error)
        except ChangedMeanwhile as error:
            form.add_error(None, sentence_of(error))
            form.say_changed(error.now)
            return self.form_invalid(form)
        except BrokenRule as error:
            form.add_error(None, sentence_of(error))
            return self.form_invalid(form)
        except REFUSED_BY_DATABASE as error:
            add_refusal(form, error, places=PLACES)
            return self.form_invalid(form)
        return self.filed(form, saved) if "file" in self.request.POST else self.done(_("The minutes are saved."))

    def both_shown(self, form, error: minutes.MinutesChanged):
        event = self.event_now()
        differences = record.theirs(form, event, error.newest)
        form.showing(error.newest.version, event)
        form.add_error(None, sentence_of(error))
        return self.render_to_response(self.get_context_data(form=form, newest=error.newest, differences=differences))

    def event_now(self) -> LifeEvent:
        return LifeEvent.objects.select_related("chair", "recorder").get(pk=self.event.pk)

    def filed(self, form, saved: Minutes):
        try:
            filing.file_event(self.event, by=self.request.user)
        except filing.FactsMissing as error:
            form.showing(saved.version, self.event_now())
            for fact, words in error.missing.items():
                form.add_error(fact if fact in form.fields else None, words)
            return self.form_invalid(form)
        except BrokenRule as error:
            form.add_error(None, sentence_of(error))
            return self.form_invalid(form)
        return self.done(_("Filed. From now on nothing of it changes; what comes later is an addendum."))

    def done(self, words: str):
        messages.success(self.request, words)
        return redirect(self.event)


def why_not_written(event: LifeEvent) -> str:
    """Why the minutes of an event cannot be written now."""
    reasons = {LifeEvent.State.FILED: AlreadyFiled, LifeEvent.State.CANCELLED: CalledOff}
    return str(reasons.get(event.state, NotNoticed).sentence)


class FileView(LifeActView):
    done = gettext_lazy("Filed. From now on nothing of it changes; what comes later is an addendum.")

    def act(self, row, data):
        filing.file_event(row, by=self.request.user)


class AddendumView(LifeActView):
    form_class = AddendumForm
    done = gettext_lazy("The addendum stands beside the record.")
    refusals = (BrokenRule, FormKeyReused)

    @staticmethod
    def sentence_of(error: Exception) -> str:
        if isinstance(error, FormKeyReused):
            return _("This form was submitted before. Open a new one to record another.")
        return sentence_of(error)

    def act(self, row, data):
        filing.add_addendum(row, by=self.request.user, **data)
