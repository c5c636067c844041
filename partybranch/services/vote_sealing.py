"""What the seal of a filed event covers of its votes: every count, every result, every name on a ballot."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from partybranch.models import Vote, VoteCandidate
from partybranch.services.sealing import Part, Rows, by_event

_VOTE = (
    "id",
    "kind",
    "matter",
    "person_id",
    "decision",
    "way",
    "seats",
    "names",
    "counted_out_basis",
    "present",
    "written",
    "written_yes",
    "issued",
    "returned",
    "valid",
    "yes",
    "no",
    "abstain",
    "rule_id",
    "entitled",
    "counted_out",
    "favour",
    "has_quorum",
    "result",
    "recorded_by_id",
    "recorded_at",
    "withdrawn_by_id",
    "withdrawn_at",
    "withdrawal_reason",
)
_CANDIDATE = ("id", "vote_id", "person_id", "post", "yes", "no", "abstain", "outcome")


def _votes(events: Sequence[int]) -> Rows:
    return by_event(Vote.objects.filter(event__in=events).order_by("pk").values_list("event_id", *_VOTE))


def _candidates(events: Sequence[int]) -> Rows:
    rows = VoteCandidate.objects.filter(vote__event__in=events).order_by("pk")
    return by_event(rows.values_list("vote__event_id", *_CANDIDATE))


PARTS = {
    "votes": Part(_("the votes"), _votes),
    "candidates": Part(_("the names on ballots"), _candidates),
}
