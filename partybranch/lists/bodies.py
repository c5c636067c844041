"""The committee and the groups of a branch as they are today, with who sits in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from partybranch.models import Body, Branch, Term


@dataclass
class BodyLine:
    """A body with its posts, or (`body` None) the posts of a branch without a committee."""

    body: Body | None
    terms: list[Term] = field(default_factory=list)


def bodies_of(branch: Branch) -> list[BodyLine]:
    """Posts outside any body first, then each body that exists or existed. Two queries."""
    lines = {None: BodyLine(None)} | {body.pk: BodyLine(body) for body in branch.bodies.select_related("withdrawn_by")}
    ranks = {post: rank for rank, post in enumerate(Term.Post.values)}
    terms = branch.terms.open().select_related("person")
    for term in sorted(terms, key=lambda term: (ranks[term.post], term.person.sort_key)):
        lines[term.body_id].terms.append(term)
    return [line for line in lines.values() if line.body or line.terms]
