"""The first rules of votes, each with its day and source. A change is a new row with a later day.

Two different comparisons on two bases: an ordinary resolution may be put when at least half are there and is carried
by more than half of those who should attend; admission and probation ask for more than half there and count written
opinions; an election asks for four fifths, and more than half of those present elect. Rows that nobody has compared
with the text of their source say so, for the secretary to compare: the page of the rules shows it.
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


def ship() -> None:
    """Make what is missing; leave what people have added."""
    for kind, day, present, favour, base, counts_written, source, is_checked in VOTE_RULES:
        of, out_of, is_more = present
        carry_of, carry_in, carry_is_more = favour
        VoteRule.objects.get_or_create(
            kind=kind,
            valid_from=day,
            source=source,
            defaults={
                "present_of": of,
                "present_in": out_of,
                "present_is_more": is_more,
                "carry_of": carry_of,
                "carry_in": carry_in,
                "carry_is_more": carry_is_more,
                "carry_base": base,
                "counts_written": counts_written,
                "counts_exempt": False,
                "is_checked": is_checked,
            },
        )
