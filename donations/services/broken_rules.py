"""Exceptions named after the broken rule. Views turn them into sentences beside the place."""


class NotAwaitingReview(Exception):
    """Only a registered gift that nobody has reviewed, voided or reversed can be reviewed, returned or voided."""


class MakerIsChecker(Exception):
    """The person who recorded a document cannot review, approve or take in its money."""


class NotReversible(Exception):
    """Only a reviewed gift that is not reversed, and has no reversal under way, can be reversed."""


class NotAwaitingArrival(Exception):
    """Only money that is reviewed and not here yet can arrive or bounce."""


class GivenInFuture(Exception):
    """A gift cannot be dated after today."""


class AllocationsDoNotSum(Exception):
    """The parts for the funds must sum to the amount."""


class ChangedMeanwhile(Exception):
    """Another person changed the record since it was read; look again."""
