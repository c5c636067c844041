"""The room of votes: the dated rules, and votes counted by the database."""

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from hebi_charity.core.shipped import shipped_data
from partybranch import shipped_votes
from partybranch.models import VoteRule
from partybranch.registrations.room import MenuLine, Room
from partybranch.services import sealing, vote_sealing


def _more() -> None:
    shipped_data.register("partybranch.votes", shipped_votes.ship)
    sealing.PARTS.update(vote_sealing.PARTS)


ROOM = Room(
    menu={"vote_rules": MenuLine(_("Rules of votes"), "vote_rules", "list", 95)},
    refusals={
        "partybranch_vote_of_open_event": _(
            "Votes are recorded and withdrawn while the notice is given and the meeting is neither filed nor called"
            " off."
        ),
        "partybranch_vote_at_general_meeting": _(
            "Admission, probation and discipline are decided by the general meeting of the branch alone."
        ),
        "partybranch_vote_on_candidate": _(
            "Only who was a candidate for admission of this branch on the day of the meeting can be admitted by vote."
            " Please look at stage and day on the page of the person first."
        ),
        "partybranch_vote_on_probationary": _(
            "Only of who was a probationary member of this branch on the day of the meeting can the probation be ended"
            " or extended by vote. Please look at stage and day on the page of the person first."
        ),
        "partybranch_vote_after_probation": _(
            "The probation lasts one year: before it is over it is neither confirmed nor extended by vote. Please look"
            " at the day of admission on the page of the person."
        ),
        "partybranch_vote_with_stage": _(
            "The stage that follows from this vote is recorded. Please withdraw that stage first, on the page of the"
            " person; then withdraw the vote."
        ),
        "partybranch_vote_on_member": _(
            "A disciplinary measure concerns only who was a member, on probation or full, on the roll of this branch on"
            " the day of the meeting. Please look at the roll of that day."
        ),
        "partybranch_election_at_meeting": _(
            "Elections are held at a general meeting, a meeting of the branch committee or of a Party group. Please"
            " record the election at that meeting."
        ),
        "partybranch_ballot_of_full_members": _(
            "Only who was a full member on the roll of this branch on the day of the meeting can be elected; members"
            " on probation have no vote and cannot be elected. Please look at the roll of that day."
        ),
        "partybranch_vote_rule_after_votes": _(
            "Votes of this kind were counted on this day or later, by the rule of their day. Please let the new rule"
            " begin on a later day; a vote recorded wrongly is withdrawn first."
        ),
        "partybranch_vote_has_rule": _(
            "No rule of this kind of vote held on the day of the meeting. Please record the rule first, with its"
            " source."
        ),
        "partybranch_vote_present_on_list": _(
            "The list of the meeting has fewer people with a vote as present. Please record the attendance first."
        ),
        "partybranch_vote_counted_out_by": _(
            "Who has no hard requirement to attend is left out of those who should attend. For an election give the"
            " approval or resolution this rests on."
        ),
        "partybranch_ballot_is_whole": _("The ballot of this election has another number of names."),
        "partybranch_candidate_adds_up": _(
            "In favour, against and abstained of each name must together make the valid ballots. Please count again."
        ),
        "partybranch_votes_within_posts": _(
            "The names together have more votes in favour than the valid ballots can hold for so many posts. A ballot"
            " with too many names is not valid. Please count again."
        ),
        "partybranch_list_of_votes": _(
            "A vote was counted on this list. Please withdraw the vote first, correct the attendance, and record the"
            " vote anew."
        ),
    },
    acts={
        "party.vote_recorded": _("recorded a vote"),
        "party.vote_withdrawn": _("withdrew a vote"),
        "party.vote_rule_recorded": _("recorded a rule of votes"),
    },
    logged={
        "lifeevent.vote": registry.LoggedField(_("vote")),
        "lifeevent.vote_kind": registry.LoggedField(_("kind of vote"), lambda code: str(VoteRule.Kind(code).label)),
    },
    binding=("voterule", "vote", "votecandidate"),
    more=_more,
)
