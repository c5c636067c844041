"""Exceptions named after the broken rule. Views turn them into sentences beside the place."""


class BrokenRule(Exception):
    """What a service of the branch refuses; each has its sentence in `services.sentences`."""


class NotInAnyBranch(BrokenRule):
    """Somebody who is in no branch now cannot be transferred out, nor change the stage here."""


class HasLeftTheParty(BrokenRule):
    """Whose membership has ended, or who never had one, is not transferred in."""


class AlreadyWithdrawn(BrokenRule):
    """What was withdrawn is neither withdrawn again nor ended."""


class HasTermsHere(BrokenRule):
    """A stay with open terms is not withdrawn: the posts would hang in the air."""


class NotYetEnded(BrokenRule):
    """A body in which somebody still holds a post is not dissolved."""


class NobodyExpected(BrokenRule):
    """A notice needs somebody to go to: the roll of the day, or the body, is empty."""


class NotNoticed(BrokenRule):
    """Attendance is recorded of an event whose notice was given and that was not called off."""
