"""The start page by role: what waits, the month in figures, what is new."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.auth.base_user import AbstractBaseUser
from django.views.generic import TemplateView

from hebi_charity.core.registry import SearchHit, StartChart, StartFigure, WorkItem, start_sources, work_sources


@dataclass
class StartPage:
    """Everything the start page shows to one person."""

    work: list[WorkItem] = field(default_factory=list)
    figures: list[StartFigure] = field(default_factory=list)
    charts: list[StartChart] = field(default_factory=list)
    news: list[SearchHit] = field(default_factory=list)
    first_steps: list[tuple[str, str]] = field(default_factory=list)
    guide: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, user: AbstractBaseUser) -> StartPage:
        page = cls(work=work_of(user))
        for source in start_sources:
            panel = source(user)
            page.figures += panel.figures
            page.charts += [panel.chart] if panel.chart else []
            page.news += panel.news
            page.first_steps += panel.first_steps
            page.guide += panel.guide
        return page


def work_of(user: AbstractBaseUser) -> list[WorkItem]:
    """What waits for this person, overdue first; nothing that counts zero."""
    items = [item for source in work_sources for item in source(user) if item.count]
    return sorted(items, key=lambda item: not item.overdue)


class StartView(TemplateView):
    template_name = "office/start.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(start=StartPage.of(self.request.user), **kwargs)


class WorkCountView(TemplateView):
    """The number beside 待办, asked for after the page is there: no page waits for it."""

    template_name = "office/_work_count.html"

    def get_context_data(self, **kwargs):
        work = work_of(self.request.user)
        return super().get_context_data(
            count=sum(item.count for item in work), is_overdue=any(item.overdue for item in work), **kwargs
        )
