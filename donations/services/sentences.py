"""What a broken rule is called on the screen, and what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _

from donations.services import broken_rules
from hebi_charity.office.services.periods import PeriodNotOpen


def sentence_of(error: Exception) -> str:
    """The sentence for what a service refused. Raises KeyError for anything else: that is a fault of ours."""
    sentences = {
        broken_rules.NotAwaitingReview: _("This gift no longer waits for review: a colleague was faster."),
        broken_rules.MakerIsChecker: _("You recorded this yourself. Ask a colleague to do it."),
        broken_rules.NotReversible: _("This cannot be reversed: it is not reviewed, or a reversal is under way."),
        broken_rules.NotAwaitingArrival: _("This money is not awaited any more. Reload the page."),
        broken_rules.HasNoSlip: _(
            "This gift was voided or reversed, or its money came back: it has no slip any more. Take back a slip that "
            "was handed out."
        ),
        broken_rules.GivenInFuture: _("The day cannot be after today."),
        broken_rules.AllocationsDoNotSum: _(
            "The parts for the funds do not sum to the amount. Please check the amounts of the funds."
        ),
        broken_rules.ChangedMeanwhile: _("A colleague changed this meanwhile. Look at it again."),
        broken_rules.FundHasOpenCampaign: _(
            "A campaign that still runs collects for this fund. End the campaign or give it another fund first."
        ),
        broken_rules.RuleInClosedMonth: _(
            "The rule would begin in a month that is closed. Choose a day in an open month or later."
        ),
        PeriodNotOpen: _("No month is open for this day. Ask the accountant."),
    }
    return sentences[type(error)]
