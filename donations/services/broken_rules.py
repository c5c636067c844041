"""Exceptions named after the broken rule. Views turn them into sentences beside the place."""


class BrokenRule(Exception):
    """What a service of gifts refuses; each has its sentence in `services.sentences`."""


class NotAwaitingReview(BrokenRule):
    """Only a registered gift that nobody has reviewed, voided or reversed can be reviewed, returned or voided."""


class MakerIsChecker(BrokenRule):
    """The person who recorded a document cannot review, approve or take in its money."""


class NotReversible(BrokenRule):
    """Only a reviewed gift that is not reversed, and has no reversal under way, can be reversed."""


class NotAwaitingArrival(BrokenRule):
    """Only money that is reviewed and not here yet can arrive or bounce."""


class HasNoSlip(BrokenRule):
    """A gift that was voided or reversed, or whose money came back, is not handed out on a slip any more."""


class GivenInFuture(BrokenRule):
    """A gift cannot be dated after today."""


class AllocationsDoNotSum(BrokenRule):
    """The parts for the funds must sum to the amount."""


class ChangedMeanwhile(BrokenRule):
    """Another person changed the record since it was read; look again."""


class FundHasOpenCampaign(BrokenRule):
    """A fund is retired only when no campaign that still runs collects for it."""


class RuleInClosedMonth(BrokenRule):
    """A rule begins in an open month or later: a closed month keeps its figures."""
