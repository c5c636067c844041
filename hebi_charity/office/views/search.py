"""Search over everything: each app answers for its own records, and only with what the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.views.generic import TemplateView

from hebi_charity.core.registry import SEARCH_HITS, SearchHit, search_sources

LONGEST = 60


@dataclass(frozen=True)
class HitGroup:
    kind: str
    hits: list[SearchHit]
    has_more: bool

    @classmethod
    def of(cls, kind: str, hits: list[SearchHit]) -> HitGroup:
        return cls(kind, hits[:SEARCH_HITS], len(hits) > SEARCH_HITS)


class SearchView(TemplateView):
    template_name = "office/search.html"

    def get_context_data(self, **kwargs):
        query = " ".join(self.request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
        hits = [hit for source in search_sources for hit in source(self.request.user, query)] if query else []
        groups = [HitGroup.of(str(kind), list(some)) for kind, some in groupby(hits, key=lambda hit: hit.kind)]
        return super().get_context_data(search_query=query, groups=groups, count=len(hits), **kwargs)
