"""The first rules of votes, each with its day and source. A change is a new row with a later day.

Two different comparisons on two bases: an ordinary resolution may be put when at least half are there and is carried
by more than half of those who should attend; admission and probation ask for more than half there and count written
opinions; an election asks for four fifths, and more than half of those present elect. Rows that nobody has compared
with the text of their source say so, for the secretary to compare: the page of the rules shows it. What was shipped
stays in this list for ever: the check of the books holds the rows without a person against it.
"""

from __future__ import annotations

from datetime import date

from partybranch.models import VoteRule

_BRANCHES = "《中国共产党支部工作条例（试行）》第十一条"
_DEVELOPMENT = "《中国共产党发展党员工作细则》关于支部大会讨论和书面意见的规定（条款待核对）"
_ELECTIONS = "《中国共产党基层组织选举工作条例》关于到会人数和当选票数的规定（条款待核对）"
_MEASURES = "《中国共产党支部工作条例（试行）》第十一条；处分的专门规定待核对"
Kind, Base = VoteRule.Kind, VoteRule.Base
# kind, valid from, present and in favour as (of, in, more than), against which base, written ones count, source, read
VOTE_RULES = (
    (Kind.ORDINARY, date(2018, 10, 28), (1, 2, False), (1, 2, True), Base.ENTITLED, False, _BRANCHES, True),
    (Kind.ADMISSION, date(2014, 5, 28), (1, 2, True), (1, 2, True), Base.ENTITLED, True, _DEVELOPMENT, False),
    (Kind.PROBATION, date(2014, 5, 28), (1, 2, True), (1, 2, True), Base.ENTITLED, True, _DEVELOPMENT, False),
    (Kind.ELECTION, date(2020, 7, 13), (4, 5, False), (1, 2, True), Base.PRESENT, False, _ELECTIONS, False),
    (Kind.DISCIPLINE, date(2018, 10, 28), (1, 2, False), (1, 2, True), Base.ENTITLED, False, _MEASURES, False),
)


def vote_rules() -> list[dict[str, object]]:
    """The columns of each rule, the kind of vote and its day first."""
    return [_columns(*row) for row in VOTE_RULES]


def _columns(
    kind: str,
    day: date,
    present: tuple[int, int, bool],
    favour: tuple[int, int, bool],
    base: str,
    counts_written: bool,
    source: str,
    is_checked: bool,
) -> dict[str, object]:
    named = {
        **dict(zip(("present_of", "present_in", "present_is_more"), present, strict=True)),
        **dict(zip(("carry_of", "carry_in", "carry_is_more"), favour, strict=True)),
    }
    return {
        "kind": str(kind),
        "valid_from": day,
        **named,
        "carry_base": str(base),
        "counts_written": counts_written,
        "counts_exempt": False,
        "source": source,
        "is_checked": is_checked,
    }


def ship() -> None:
    """Make what is missing; leave what people have added."""
    for columns in vote_rules():
        key = {name: columns[name] for name in ("kind", "valid_from", "source")}
        VoteRule.objects.get_or_create(**key, defaults=columns)
