"""Votes of an event: which kinds may be put, recording one, withdrawing one; and the dated rules of votes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, TemplateView

from hebi_charity.core import dates
from hebi_charity.core.sentences import sentence_of as refusal_of
from hebi_charity.core.views import ActView
from hebi_charity.office.forms import ReasonForm
from partybranch.forms.votes import MOST_NAMES, NAMES, ElectionForm, VoteForm, VoteRuleForm
from partybranch.lists import votes as listed
from partybranch.lists.life import list_of
from partybranch.lists.of_the_day import people_for
from partybranch.lists.roll_changes import changed_roll
from partybranch.models import LifeEvent, Vote, VoteRule
from partybranch.services import votes
from partybranch.services.broken_rules import BrokenRule, EventNotCome
from partybranch.services.probation import ProbationNotOver
from partybranch.services.sentences import sentence_of
from partybranch.views.filed import OpensUntilFiled
from partybranch.views.records import RECORDS
from partybranch.views.saving import SavesThroughService

WITHDRAWS = ("partybranch.view_person", "partybranch.withdraw_record")
KIND_NAMES = VoteRule.Kind.values


class OfEvent(PermissionRequiredMixin, OpensUntilFiled):
    """A page about one event, with what its list says of votes."""

    permission_required = RECORDS

    @cached_property
    def event(self) -> LifeEvent:
        events = LifeEvent.objects.visible_to(self.request.user).select_related("branch")
        return get_object_or_404(events, pk=self.kwargs["pk"])

    @cached_property
    def counts(self) -> listed.Voters:
        return listed.Voters.of(self.event)

    def get(self, request, *args, **kwargs):
        if self.event.is_noticed() or self.event.is_filed():
            return super().get(request, *args, **kwargs)
        return self.refused(refusal_of("partybranch_vote_of_open_event"), self.event)

    def refused(self, words: str, page: object):
        """Where nothing could be saved no form opens: why, on the page from which it goes on."""
        messages.warning(self.request, words)
        return redirect(page)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            event=self.event,
            counts=self.counts,
            counted_out=listed.counted_out(self.event),
            changed=changed_roll(self.event, list_of(self.event)),
            **kwargs,
        )


class VoteChooseView(OfEvent, TemplateView):
    """Which kind of vote this event may decide, each with its rule, and whether it may be put with those present."""

    template_name = "partybranch/votes/choose.html"

    def get_context_data(self, **kwargs):
        rules = listed.rules_for(self.event, self.counts)
        lines = [(rule, listed.in_words(rule)) for rule in rules if listed.may_decide(self.event, rule.kind)]
        elsewhere = {
            rule.kind: rule.get_kind_display() for rule in rules if not listed.may_decide(self.event, rule.kind)
        }
        election = elsewhere.pop(VoteRule.Kind.ELECTION, "")
        return super().get_context_data(
            lines=lines, elsewhere=list(elsewhere.values()), has_no_election=bool(election), **kwargs
        )


class VoteCreateView(OfEvent, SavesThroughService, CreateView):
    """The form of one kind of vote."""

    template_name = "partybranch/votes/form.html"
    done = gettext_lazy("The vote is recorded.")
    places = {
        "vote_issued_within_present": "issued",
        "vote_ballots_are_counted": "issued",
        "vote_valid_within_returned": "valid",
        "vote_adds_up": "yes",
        "vote_written_yes_within_written": "written_yes",
        "vote_written_by_absent": "written",
        "vote_election_has_names": "seats",
        "partybranch_vote_on_candidate": "person",
        "partybranch_vote_on_probationary": "person",
        "partybranch_vote_on_member": "person",
        "partybranch_vote_after_probation": "decision",
        ProbationNotOver: "decision",
        "partybranch_ballot_of_full_members": "name_1",
        "partybranch_vote_present_on_list": "present",
        "partybranch_vote_counted_out_by": "counted_out_basis",
        "partybranch_candidate_adds_up": "valid",
        "partybranch_votes_within_posts": "seats",
    }

    @cached_property
    def kind(self) -> str:
        if self.kwargs["kind"] not in KIND_NAMES:
            raise Http404
        return self.kwargs["kind"]

    @cached_property
    def rule(self) -> VoteRule:
        """The rule of the day; without one there is nothing to count by, and the page before says so."""
        return get_object_or_404(VoteRule.objects.on(self.event.held_on), kind=self.kind)

    @property
    def is_elsewhere(self) -> bool:
        return not self.event.is_filed() and not listed.may_decide(self.event, self.kind)

    def get(self, request, *args, **kwargs):
        if self.is_elsewhere:
            return self.refused_here()
        if self.event.is_noticed() and self.event.held_on > dates.today():
            return self.refused(EventNotCome.sentence, self.event)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self.refused_here() if self.is_elsewhere else super().post(request, *args, **kwargs)

    def refused_here(self):
        choose = reverse("partybranch:vote_choose", args=[self.event.pk])
        is_election = self.kind == VoteRule.Kind.ELECTION
        rule = "partybranch_election_at_meeting" if is_election else "partybranch_vote_at_general_meeting"
        return self.refused(refusal_of(rule), choose)

    def get_form_class(self):
        return ElectionForm if self.kind == VoteRule.Kind.ELECTION else VoteForm

    def names(self) -> int:
        asked = self.request.GET.get("names", "")
        return MOST_NAMES if asked == str(MOST_NAMES) else NAMES

    def get_form_kwargs(self):
        more = {"names": self.names()} if self.kind == VoteRule.Kind.ELECTION else {}
        instance = Vote(event=self.event, kind=self.kind)
        return super().get_form_kwargs() | {
            "instance": instance,
            "people": people_for(self.event, self.kind, by=self.request.user),
            "rule": self.rule,
            "exempt": self.counts.exempt,
            **more,
        }

    def get_initial(self):
        came = self.counts.present
        return {
            "matter": _matters().get(self.kind, ""),
            "present": came,
            "issued": came,
            "returned": came,
            "valid": came,
        }

    def get_context_data(self, **kwargs):
        entitled = self.counts.voters - (0 if self.rule.counts_exempt else self.counts.exempt)
        return super().get_context_data(
            rule=self.rule,
            rule_words=listed.in_words(self.rule),
            kind=self.rule.get_kind_display(),
            entitled=entitled,
            most_names=MOST_NAMES if self.names() < MOST_NAMES else 0,
            **kwargs,
        )

    def save(self, form):
        return votes.record_vote(form.instance, form.ballot(), by=self.request.user, form_key=form.form_key)

    def said(self, row):
        return f"{self.done} {row.get_result_display()}：{listed.said_of(row)}"


def _matters() -> dict[str, str]:
    """What usually stands as the matter, in the words of the form's language."""
    return {
        VoteRule.Kind.ADMISSION: _("Admission as probationary member"),
        VoteRule.Kind.PROBATION: _("Decision on the probation"),
        VoteRule.Kind.ELECTION: _("Election of the branch committee"),
    }


class VoteWithdrawView(ActView):
    permission_required = WITHDRAWS
    model = Vote
    form_class = ReasonForm
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)
    done = gettext_lazy("Withdrawn. It stays readable with your reason; record the vote anew.")

    def act(self, row, data):
        votes.withdraw_vote(row, by=self.request.user, reason=data["reason"])

    def next_page(self, row):
        return row.event


class VoteRuleListView(PermissionRequiredMixin, TemplateView):
    """What holds today for each kind of vote, and what held before."""

    permission_required = "partybranch.view_person"
    template_name = "partybranch/votes/rules.html"

    def get_context_data(self, **kwargs):
        rules = list(VoteRule.objects.visible_to(self.request.user).select_related("recorded_by").newest_first())
        today = {rule.pk for rule in VoteRule.objects.on(dates.today())}
        groups = [
            (label, [(rule, listed.in_words(rule), rule.pk in today) for rule in rules if rule.kind == code])
            for code, label in VoteRule.Kind.choices
        ]
        return super().get_context_data(groups=groups, **kwargs)


class VoteRuleCreateView(PermissionRequiredMixin, SavesThroughService, CreateView):
    permission_required = WITHDRAWS
    form_class = VoteRuleForm
    template_name = "partybranch/votes/rule_form.html"
    done = gettext_lazy("Recorded. It holds from the day you gave; votes of earlier days keep their rule.")
    places = {
        "vote_rule_present_is_part": "present_of",
        "vote_rule_carry_is_part": "carry_of",
        "vote_rule_has_source": "source",
        "partybranch_vote_rule_after_votes": "valid_from",
        votes.RuleBeforeVotes: "valid_from",
    }

    def get_initial(self):
        kind = self.request.GET.get("kind", "")
        rule = VoteRule.objects.on(dates.today()).filter(kind=kind).first() if kind in KIND_NAMES else None
        names = [name for name in self.form_class._meta.fields if name not in {"valid_from", "is_checked", "source"}]
        return {"valid_from": dates.today()} | ({name: getattr(rule, name) for name in names} if rule else {})

    def save(self, form):
        return votes.record_rule(form.instance, by=self.request.user, form_key=form.form_key)
