"""补录: one page, one act. Pictures are kept as soon as they are sent: no sentence makes anybody choose them again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from hebi_charity.core.sentences import REFUSED_BY_DATABASE, add_refusal, sentence_of
from hebi_charity.office.services.form_keys import FormKeyReused
from partybranch.forms import PastEventForm, PastListForm
from partybranch.forms.past import PICTURES
from partybranch.lists.namesakes import told_apart
from partybranch.lists.usual import Usual
from partybranch.models import Branch, LifeEvent
from partybranch.services import events, past
from partybranch.services.broken_rules import BrokenRule, NobodyExpected
from partybranch.services.filing import RULES, FactsMissing
from partybranch.services.pictures import Chosen, kept_by, store_pictures
from partybranch.services.sentences import sentence_of as sentence_of_rule
from partybranch.views.asked import asked_for
from partybranch.views.life import PLACES
from partybranch.views.records import RECORDS
from partybranch.views.withdrawn import OpensUntilWithdrawn


class PastEventView(PermissionRequiredMixin, OpensUntilWithdrawn, FormView):
    """The whole of a past event; what is missing is said beside the place, and everything sent is kept."""

    permission_required = RECORDS
    form_class = PastEventForm
    template_name = "partybranch/record/past.html"

    @cached_property
    def branch(self) -> Branch:
        return get_object_or_404(Branch.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"branch": self.branch}

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The kind of the last one, unless the address asks for another."""
        last = self.branch.events.last_complete()
        return {"kind": last.kind if last else LifeEvent.Kind.THEME_DAY} | asked_for(self.request.GET)

    @cached_property
    def usual(self) -> Usual:
        return usual_of(self.form_class(self.chosen, branch=self.branch))

    def get_initial(self):
        return self.chosen | self.usual.facts

    def get_context_data(self, **kwargs):
        return super().get_context_data(**({"branch": self.branch, "usual": self.usual} | kwargs))

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        is_whole = form.is_valid()
        kept, usual = self.keep(form), form.usual()
        list_form = list_of(form, request.POST)
        has_moved = form.follow(usual.facts)
        if is_whole and not has_moved and not form.errors and self.is_marked(form, list_form):
            event = self.save(form, list_form, kept)
            if event:
                messages.success(request, _("Recorded and filed, marked as a back entry."))
                return redirect(event)
        return self.render_to_response(self.get_context_data(form=form, list_form=list_form, kept=kept, usual=usual))

    def keep(self, form: PastEventForm) -> list[Chosen]:
        """Every good picture of this sending and the ones before it; a sentence beside the field for any other."""
        kept = kept_by(self.request.user, sent_before(self.request.POST.getlist("kept")))
        for name, kind in PICTURES.items():
            if name not in form.errors:
                stored = store_pictures(kind, form.chosen(name), by=self.request.user)
                kept += stored.kept
                for refusal in stored.refusals:
                    form.add_error(name, refusal)
        return kept

    def is_marked(self, form: PastEventForm, list_form: PastListForm | None) -> bool:
        if list_form is None or not list_form.is_valid():
            return False
        if list_form.has_open_names() and not form.cleaned_data["rest_came"]:
            form.add_error("rest_came", sentence_of(RULES["attendance"]))
        return not form.errors and not form.asks_of_twin(form.event())

    def save(self, form: PastEventForm, list_form: PastListForm, kept: list[Chosen]):
        data = form.cleaned_data
        entry = past.Past(
            event=form.event(),
            outcome=data["outcome"],
            text=data["text"],
            marks=list_form.marks(),
            rest_came=data["rest_came"],
            pictures=kept,
            caption=data["caption"],
        )
        try:
            return past.record_past_event(entry, by=self.request.user, form_key=form.form_key)
        except FormKeyReused:
            form.add_error(None, _("This form was submitted before. Open a new one to record another."))
        except FactsMissing as error:
            for fact, words in error.missing.items():
                form.add_error(fact if fact in form.fields else None, words)
        except NobodyExpected as error:
            form.add_error("held_on", sentence_of_rule(error))
        except BrokenRule as error:
            form.add_error(None, sentence_of_rule(error))
        except REFUSED_BY_DATABASE as error:
            add_refusal(form, error, places=PLACES)
        return None


class PastListView(PastEventView):
    """The list of the day that was typed, and what is usual, filled in as soon as kind and day are there."""

    http_method_names = ["get", "head"]
    template_name = "partybranch/record/_past_day.html"

    def get(self, request, *args, **kwargs):
        form = self.form_class(request.GET, branch=self.branch)
        usual = usual_of(form)
        suggesting = self.form_class(branch=self.branch, initial=usual.facts)
        return self.render_to_response({"list_form": list_of(form, request.GET), "form": suggesting, "usual": usual})


def usual_of(form: PastEventForm) -> Usual:
    """What is usual of what this form says."""
    form.is_valid()
    return form.usual()


def list_of(form: PastEventForm, data: QueryDict) -> PastListForm | None:
    """The list of that day with what was tapped; None while kind or day is missing."""
    event = form.event()
    if event is None:
        return None
    rows = events.expected_rows(event)
    apart = told_apart((row.person for row in rows), branch=event.branch_id, day=event.held_on)
    return PastListForm(data, rows=rows, apart=apart)


def sent_before(words: list[str]) -> list[tuple[str, int, int]]:
    """(kind, id, turns) of what the page says is kept; what is no such word is left out."""
    parts = [word.split(":") for word in words]
    return [
        (kind, int(pk), int(turns))
        for kind, pk, turns in (part for part in parts if len(part) == 3)
        if pk.isascii() and pk.isdigit() and len(pk) < 19 and turns.isascii() and turns.isdigit() and len(turns) < 3
    ]
