from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partybranch.models.binding import Binding, BindingQuerySet
from partybranch.models.life_event import LifeEvent
from partybranch.models.person import Person
from partybranch.models.stage_change import StageChange
from partybranch.models.vote_rule import VoteRule

Kind = VoteRule.Kind
ABOUT_A_PERSON = (Kind.ADMISSION, Kind.PROBATION, Kind.DISCIPLINE)
VOID = Q(returned__gt=F("issued"))


class VoteQuerySet(BindingQuerySet):
    def in_order(self) -> Self:
        return self.order_by("pk")

    def counted_since(self, kind: str, day: date) -> date | None:
        """The last day, from this one on, at whose meeting a vote of this kind was counted; None for none."""
        counted = self.live().filter(kind=kind, event__held_on__gte=day)
        return counted.aggregate(last=models.Max("event__held_on"))["last"]

    def same_as(self, vote: Vote) -> Self:
        """Carried votes of the same event that decide the same of the same person: one was recorded twice."""
        same = self.live().filter(event=vote.event_id, person=vote.person_id, kind=vote.kind, decision=vote.decision)
        return same.filter(result=Vote.Result.CARRIED).exclude(pk=vote.pk)

    def told(self) -> Self:
        """With what a page says of them. Two queries, whatever their number."""
        people = models.Prefetch("candidates", VoteCandidate.objects.select_related("person").order_by("-yes", "pk"))
        return self.select_related("rule", "person", "recorded_by", "withdrawn_by").prefetch_related(people)


class Vote(Binding):
    """One matter put to the vote at an event. What the tellers counted is typed; what follows the database computes.

    `entitled`, `counted_out`, `rule`, `favour`, `has_quorum` and `result` are written by a trigger when the row is
    inserted: from the frozen list of the event, and by the rule of the event's day. Whatever a program gives for
    them is overwritten. Who has no hard requirement to attend and did not come is not among those who should attend,
    unless the rule says otherwise; an election then names the resolution by which they are counted out.
    """

    class Decision(models.TextChoices):
        CONFIRM = "confirm", _("confirmed as full member")
        EXTEND = "extend", _("probation extended")
        CANCEL = "cancel", _("probation cancelled")

    class Way(models.TextChoices):
        BALLOT = "ballot", _("by ballot")
        HANDS = "hands", _("by show of hands")

    class Result(models.TextChoices):
        NO_QUORUM = "no_quorum", _("too few present")
        VOID = "void", _("void")
        CARRIED = "carried", _("carried")
        LOST = "lost", _("not carried")
        HELD = "valid", _("election valid")

    # 发展党员工作细则 asks for a secret ballot on admission, and of the confirmation what it asks of the admission. The
    # dated rules of votes do not hold this yet: a show of hands is told, not refused.
    SECRET = (Kind.ADMISSION, Kind.PROBATION)
    COMPUTED = ("rule", "entitled", "counted_out", "favour", "has_quorum", "result")

    event = models.ForeignKey(LifeEvent, on_delete=models.PROTECT, related_name="votes")
    kind = models.CharField(_("kind of vote"), max_length=10, choices=Kind)
    matter = models.CharField(_("matter put to the vote"), max_length=200)
    person = models.ForeignKey(
        Person, verbose_name=_("whom it concerns"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decision = models.CharField(_("decision put to the vote"), max_length=8, choices=Decision, blank=True)
    way = models.CharField(_("way of voting"), max_length=6, choices=Way, default=Way.BALLOT)
    seats = models.PositiveSmallIntegerField(_("posts to fill"), default=0)
    names = models.PositiveSmallIntegerField(_("names on the ballot"), default=0)
    counted_out_basis = models.CharField(
        _("approval by which people are not counted among those who should attend"), max_length=200, blank=True
    )
    present = models.PositiveIntegerField(_("entitled and present"))
    written = models.PositiveIntegerField(_("written opinions"), default=0)
    written_yes = models.PositiveIntegerField(_("of these in favour"), default=0)
    issued = models.PositiveIntegerField(_("ballots handed out"), null=True, blank=True)
    returned = models.PositiveIntegerField(_("ballots returned"), null=True, blank=True)
    valid = models.PositiveIntegerField(_("valid ballots"), null=True, blank=True)
    yes = models.PositiveIntegerField(_("in favour"), default=0)
    no = models.PositiveIntegerField(_("against"), default=0)
    abstain = models.PositiveIntegerField(_("abstained"), default=0)

    rule = models.ForeignKey(VoteRule, on_delete=models.PROTECT, related_name="votes", editable=False)
    entitled = models.PositiveIntegerField(_("entitled who should attend"), editable=False)
    counted_out = models.PositiveIntegerField(_("not counted among them"), editable=False)
    favour = models.PositiveIntegerField(_("in favour, all told"), editable=False)
    has_quorum = models.BooleanField(_("enough present"), editable=False)
    result = models.CharField(_("result"), max_length=9, choices=Result, editable=False)

    objects = VoteQuerySet.as_manager()

    class Meta(Binding.Meta):
        verbose_name = _("vote")
        default_permissions = ()
        indexes = [
            models.Index(fields=["event", "id"], name="vote_of_event"),
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="vote_about_person"),
        ]
        constraints = [
            *Binding.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(matter=""),
                name="vote_has_matter",
                violation_error_message=_("Say what was put to the vote."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ABOUT_A_PERSON, person__isnull=False)
                | (~Q(kind__in=ABOUT_A_PERSON) & Q(person__isnull=True)),
                name="vote_names_person",
                violation_error_message=_("Say whom the vote concerns."),
            ),
            models.CheckConstraint(
                condition=(Q(kind=Kind.PROBATION) & ~Q(decision="")) | (~Q(kind=Kind.PROBATION) & Q(decision="")),
                name="vote_names_decision",
                violation_error_message=_("Say what was put to the vote: confirmation, extension or cancellation."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.ELECTION, seats__gt=0, names__gte=F("seats"))
                | (~Q(kind=Kind.ELECTION) & Q(seats=0, names=0)),
                name="vote_election_has_names",
                violation_error_message=_("An election has posts to fill and at least as many names on the ballot."),
            ),
            models.CheckConstraint(
                condition=Q(way="ballot", issued__isnull=False, returned__isnull=False, valid__isnull=False)
                | Q(way="hands", issued__isnull=True, returned__isnull=True, valid__isnull=True),
                name="vote_ballots_are_counted",
                violation_error_message=_(
                    "Give the ballots handed out, returned and valid; a show of hands has none of them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(way="ballot") | ~Q(kind=Kind.ELECTION),
                name="vote_election_by_ballot",
                violation_error_message=_("An election is held by ballot."),
            ),
            models.CheckConstraint(
                condition=Q(issued__isnull=True) | Q(issued__lte=F("present")),
                name="vote_issued_within_present",
                violation_error_message=_(
                    "More ballots were handed out than people entitled are present. Please count again."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid__isnull=True) | Q(valid__lte=F("returned")),
                name="vote_valid_within_returned",
                violation_error_message=_("More ballots are valid than were returned. Please count again."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.ELECTION, yes=0, no=0, abstain=0)
                | (~Q(kind=Kind.ELECTION) & Q(way="ballot") & VOID)
                | (~Q(kind=Kind.ELECTION) & Q(way="ballot", valid=F("yes") + F("no") + F("abstain")))
                | (~Q(kind=Kind.ELECTION) & Q(way="hands", present=F("yes") + F("no") + F("abstain"))),
                name="vote_adds_up",
                violation_error_message=_(
                    "In favour, against and abstained must together make the valid ballots, or, by show of hands, all"
                    " who are present. Please count again."
                ),
            ),
            models.CheckConstraint(
                condition=Q(written_yes__lte=F("written")),
                name="vote_written_yes_within_written",
                violation_error_message=_("More written opinions are in favour than were given."),
            ),
            models.CheckConstraint(
                condition=Q(written__lte=F("entitled") - F("present")),
                name="vote_written_by_absent",
                violation_error_message=_(
                    "A written opinion comes from somebody entitled who is absent: there are not so many of them."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.event.get_absolute_url()

    def is_election(self) -> bool:
        return self.kind == Kind.ELECTION

    def is_void(self) -> bool:
        return self.result == self.Result.VOID

    def is_carried(self) -> bool:
        return self.result == self.Result.CARRIED

    def is_by_hands_though_secret(self) -> bool:
        return self.kind in self.SECRET and self.way == self.Way.HANDS

    def stage_decided(self) -> str:
        """The stage that follows from it; "" where none does."""
        if self.is_withdrawn() or not self.is_carried():
            return ""
        return STAGE_OF.get((self.kind, self.decision), "")


STAGE_OF = {
    (Kind.ADMISSION, ""): StageChange.Stage.PROBATIONARY,
    (Kind.PROBATION, Vote.Decision.CONFIRM): StageChange.Stage.FULL,
    (Kind.PROBATION, Vote.Decision.CANCEL): StageChange.Stage.CANCELLED,
}


class VoteCandidate(models.Model):
    """One name on the ballot of an election with its votes. The database says who is elected, once all are there.

    Elected is who has the part of votes the rule asks for, in the order of votes until the posts are filled; where
    the last post is between equals, none of them is, and they stand in another ballot.
    """

    class Outcome(models.TextChoices):
        ELECTED = "elected", _("elected")
        TIED = "tied", _("equal votes: another ballot between them")
        NOT_ELECTED = "not_elected", _("not elected")

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="candidates")
    person = models.ForeignKey(
        Person, verbose_name=_("name on the ballot"), on_delete=models.PROTECT, related_name="candidacies"
    )
    post = models.CharField(_("post"), max_length=60, blank=True)
    yes = models.PositiveIntegerField(_("in favour"))
    no = models.PositiveIntegerField(_("against"))
    abstain = models.PositiveIntegerField(_("abstained"))
    outcome = models.CharField(_("result"), max_length=11, choices=Outcome, blank=True, editable=False)

    class Meta:
        verbose_name = _("name on the ballot")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "person"],
                name="vote_candidate_once",
                violation_error_message=_("This name stands on the ballot already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
