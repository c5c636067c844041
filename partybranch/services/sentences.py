"""What a broken rule is called on the screen, and what to do."""

from partybranch.services.broken_rules import BrokenRule


def sentence_of(error: Exception) -> str:
    """The sentence for what a service refused. Any other error is a fault of ours, and raised again."""
    if not isinstance(error, BrokenRule):
        raise error
    return str(error.sentence)
