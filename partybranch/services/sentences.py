"""What a broken rule is called on the screen, and what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partybranch.services import broken_rules


def sentence_of(error: Exception) -> str:
    """The sentence for what a service refused. Raises KeyError for anything else: that is a fault of ours."""
    sentences = {
        broken_rules.NotInAnyBranch: _("This person belongs to no branch now. Record the transfer in first."),
        broken_rules.HasLeftTheParty: _(
            "Only who is on the way into the Party or a member can be transferred in. Please look at the stages first."
        ),
        broken_rules.AlreadyWithdrawn: _("This was withdrawn or ended already. Please reload the page."),
        broken_rules.HasTermsHere: _("The person holds a post in this branch. End or withdraw the term first."),
        broken_rules.NotYetEnded: _("Somebody holds a post in it. Record the end of these terms first."),
        broken_rules.NobodyExpected: _(
            "Nobody would be expected: the roll of this day, or the committee or group, has no member yet."
        ),
        broken_rules.NotNoticed: _("Give the notice first: it fixes the list of who is expected."),
    }
    return sentences[type(error)]
