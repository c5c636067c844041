"""What is recorded of a known person, each with a form of its own; then its end, and its withdrawal."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from hebi_charity.core.sentences import REFUSED_BY_DATABASE, sentence_for
from partybranch.forms import (
    CircumstanceForm,
    EndForm,
    StageForm,
    StandingForm,
    TermForm,
    TransferInForm,
    TransferOutForm,
    WithdrawForm,
)
from partybranch.lists import votes
from partybranch.lists.timeline import KINDS
from partybranch.models import Branch, Person, StageChange
from partybranch.models.binding import Lasting
from partybranch.services import belonging, records
from partybranch.services.broken_rules import BrokenRule, HasLeftTheParty, NotInAnyBranch
from partybranch.services.probation import ProbationNotOver
from partybranch.services.sentences import sentence_of
from partybranch.views.saving import SavesThroughService

RECORDS = ("partybranch.view_person", "partybranch.record_membership")
FUTURE = "partybranch_not_in_future"


class PersonFormView(PermissionRequiredMixin, SavesThroughService, FormView):
    """A form about one person, whose page follows. `title` and `lead` say what it does, `keep` is its service."""

    permission_required = RECORDS
    template_name = "partybranch/record_form.html"
    title = lead = ""

    @cached_property
    def person(self) -> Person:
        return get_object_or_404(Person.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        model = getattr(getattr(self.form_class, "_meta", None), "model", None)
        return kwargs | {"instance": model(person=self.person)} if model else kwargs

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, title=self.title, lead=self.lead, **kwargs)

    def save(self, form):
        return self.keep(form.instance, by=self.request.user, form_key=form.form_key)

    def next_page(self, row):
        return self.person


class StageCreateView(PersonFormView):
    form_class = StageForm
    keep = staticmethod(belonging.record_stage)
    title = gettext_lazy("Record a stage")
    lead = gettext_lazy("Of an admission the day of the general meeting counts, of a confirmation likewise.")
    done = gettext_lazy("The stage is recorded.")
    places = {
        FUTURE: "on",
        "stage_change_once": "on",
        "stage_change_ending_has_basis": "basis",
        "partybranch_stages_in_order": "on",
        "partybranch_full_after_probation": "on",
        "membership_ends_after_start": "on",
        NotInAnyBranch: "stage",
        ProbationNotOver: "on",
    }

    def get_initial(self):
        """Opened from a carried vote: its day and resolution stand in the form."""
        return votes.stage_facts(self.request.GET.get("vote", ""), person=self.person, by=self.request.user)


class TransferInView(PersonFormView):
    form_class = TransferInForm
    keep = staticmethod(belonging.transfer_in)
    title = gettext_lazy("Record a transfer in")
    done = gettext_lazy("Recorded. The roll has the name from this day on.")
    places = {
        FUTURE: "starts_on",
        "membership_one_branch_at_once": "starts_on",
        "membership_transfer_has_origin": "came_from",
        "partybranch_stay_while_branch": "starts_on",
        HasLeftTheParty: "branch",
    }


class TransferOutView(PersonFormView):
    form_class = TransferOutForm
    title = gettext_lazy("Record a transfer out")
    lead = gettext_lazy("Posts in the branch end on the same day.")
    done = gettext_lazy("Recorded. The roll has the name until this day.")
    places = {
        FUTURE: "day",
        "membership_ends_after_start": "day",
        "term_ends_after_start": "day",
        NotInAnyBranch: "day",
    }

    def save(self, form):
        return belonging.transfer_out(self.person, by=self.request.user, **form.cleaned_data)


class CircumstanceCreateView(PersonFormView):
    form_class = CircumstanceForm
    keep = staticmethod(records.record_circumstance)
    title = gettext_lazy("Record a circumstance")
    lead = gettext_lazy("Who is expected at a meeting depends on it.")
    done = gettext_lazy("The circumstance is recorded.")
    places = {
        FUTURE: "starts_on",
        "circumstance_has_reason": "reason",
        **{f"circumstance_{kind}_once_at_a_time": "starts_on" for kind in ("retired", "mobile", "exempt", "lost")},
    }


class TermCreateView(PersonFormView):
    form_class = TermForm
    keep = staticmethod(records.record_term)
    title = gettext_lazy("Record a post or a group")
    done = gettext_lazy("The post is recorded.")
    places = {
        FUTURE: "starts_on",
        "partybranch_term_of_member": "starts_on",
        "partybranch_term_in_body": "body",
        "term_of_group_has_group": "body",
        "term_due_after_start": "due_on",
        "term_one_leader": "post",
        "term_one_group": "starts_on",
        **{f"term_one_{post}": "post" for post in ("secretary", "organisation", "publicity", "discipline")},
    }

    @cached_property
    def branch(self) -> Branch | None:
        stay = self.person.memberships.open().select_related("branch").first()
        return stay.branch if stay else None

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"branch": self.branch}
        kwargs["instance"].branch = self.branch
        return kwargs

    def save(self, form):
        if self.branch is None:
            raise NotInAnyBranch
        return super().save(form)


class StandingCreateView(PersonFormView):
    form_class = StandingForm
    keep = staticmethod(records.set_standing)
    title = gettext_lazy("Set the beginning of the standing")
    lead = gettext_lazy("Only where a paper says otherwise: by itself the standing counts from the confirmation.")
    done = gettext_lazy("The beginning of the standing is set.")
    places = {FUTURE: "standing_from", "standing_one_of_person": "standing_from", "standing_has_reason": "reason"}


class RowActView(PermissionRequiredMixin, View):
    """An act on one row of a person's timeline: the page of the person follows and says what came of it."""

    http_method_names = ["post"]
    form_class = None
    done = ""

    def post(self, request, kind, pk):
        rows = self.model(kind).objects.visible_to(request.user).select_related("person")
        row = get_object_or_404(rows, pk=pk)
        form = self.form_class(request.POST)
        if form.is_valid():
            self.attempt(row, form.cleaned_data)
        else:
            messages.error(request, " ".join(text for errors in form.errors.values() for text in errors))
        return redirect(row.person)

    def model(self, kind):
        if kind not in KINDS:
            raise Http404
        return KINDS[kind]

    def attempt(self, row, data):
        try:
            self.act(row, data)
        except BrokenRule as error:
            messages.warning(self.request, sentence_of(error))
        except REFUSED_BY_DATABASE as error:
            messages.warning(self.request, sentence_for(error))
        else:
            messages.success(self.request, self.done)
            if hint := self.hint(row):
                messages.warning(self.request, hint)

    def hint(self, row) -> str:
        """What is to be done next, if anything."""
        return ""


class EndView(RowActView):
    permission_required = RECORDS
    form_class = EndForm
    done = gettext_lazy("The end is recorded.")

    def model(self, kind):
        model = super().model(kind)
        if not issubclass(model, Lasting) or kind == "stays":
            raise Http404
        return model

    def act(self, row, data):
        records.end_row(row, by=self.request.user, day=data["day"])


class WithdrawView(RowActView):
    permission_required = ("partybranch.view_person", "partybranch.withdraw_record")
    form_class = WithdrawForm
    done = gettext_lazy("Withdrawn. It stays readable with your reason; record what is right anew.")

    def act(self, row, data):
        records.withdraw(row, by=self.request.user, reason=data["reason"])

    def hint(self, row):
        """With what ended the membership the stay and the posts ended too: they do not come back by themselves."""
        if isinstance(row, StageChange) and row.stage in StageChange.ENDINGS:
            return _(
                "The stay in the branch ended with this stage and does not come back by itself: withdraw the stay too,"
                " then record it anew, and the posts. Until then the roll lacks the name."
            )
        return ""
