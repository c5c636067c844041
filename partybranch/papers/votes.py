"""What papers say of a vote: the figures that were counted, and the result that the database computed."""

from __future__ import annotations

from dataclasses import dataclass

from partybranch.lists.votes import said_of
from partybranch.models import LifeEvent, Vote


@dataclass(frozen=True)
class CandidateLine:
    """One name on a ballot, in votes."""

    name: str
    yes: int
    no: int
    abstain: int
    outcome: str


@dataclass(frozen=True)
class VoteLine:
    """One matter put to the vote (表决): who was entitled and there, ballots, votes; `said` tells the rule."""

    matter: str
    kind: str
    way: str
    entitled: int
    present: int
    written: int
    written_yes: int
    issued: int | None
    returned: int | None
    valid: int | None
    yes: int
    no: int
    abstain: int
    seats: int
    result: str
    said: str
    candidates: tuple[CandidateLine, ...]


def line_of(vote: Vote, event: LifeEvent) -> VoteLine:
    """The facts of a vote of this event, fetched with `told()`."""
    person = f"：{event.name_of(vote.person)}" if vote.person else ""
    about = person + (f"（{_decision(vote)}）" if vote.decision else "")
    return VoteLine(
        matter=f"{vote.matter}{about}",
        kind=vote.get_kind_display(),
        way=vote.get_way_display(),
        entitled=vote.entitled,
        present=vote.present,
        written=vote.written,
        written_yes=vote.written_yes,
        issued=vote.issued,
        returned=vote.returned,
        valid=vote.valid,
        yes=vote.yes,
        no=vote.no,
        abstain=vote.abstain,
        seats=vote.seats,
        result=vote.get_result_display(),
        said=said_of(vote),
        candidates=tuple(
            CandidateLine(event.name_of(one.person), one.yes, one.no, one.abstain, one.get_outcome_display())
            for one in vote.candidates.all()
        ),
    )


def _decision(vote: Vote) -> str:
    return str(vote.get_decision_display())
