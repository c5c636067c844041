"""The seal of a filed meeting covers every column of its votes, of the names on ballots and of who sat in."""

import pytest

from partybranch.models import Observer, Vote, VoteCandidate
from partybranch.services import observer_sealing, vote_sealing


@pytest.mark.parametrize(
    ("model", "sealed", "by"),
    [
        (Observer, observer_sealing._OBSERVER, "event_id"),
        (Vote, vote_sealing._VOTE, "event_id"),
        (VoteCandidate, vote_sealing._CANDIDATE, "vote_id"),
    ],
)
def test_no_column_is_left_out_of_the_seal(model, sealed, by):
    columns = {column.attname for column in model._meta.concrete_fields}

    assert columns - {*sealed, by} == set()
    assert len(sealed) == len(set(sealed))
