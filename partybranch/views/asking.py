"""What cannot be taken back asks first: one address shows by GET what will happen and does it by POST alone."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import messages
from django.db.models import Model
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from hebi_charity.core.views import ActView


class AsksFirst(ActView):
    """An act on one row behind a page of its own: the row's facts, what follows, and one button that says it."""

    http_method_names: ClassVar[list[str]] = ["get", "head", "post"]
    template_name = "partybranch/ask_first.html"
    title = button = consequence = ""

    def get(self, request, pk):
        row = get_object_or_404(self.rows(), pk=pk)
        if sentence := self.hindrance(row):
            messages.warning(request, sentence)
            return redirect(self.next_page(row))
        words = {"title": self.title, "button": self.button, "sentences": [self.consequence]}
        back = self.next_page(row).get_absolute_url()
        shown = {"row": row, "facts": self.facts(row), "back_url": back, "picture": self.picture(row)}
        return TemplateResponse(request, self.template_name, words | shown)

    def hindrance(self, row: Model) -> str:
        """Why the act would be refused, so that nothing is asked in vain; "" when it may be done."""
        return ""

    def facts(self, row: Model) -> list[tuple[str, object]]:
        return []

    def picture(self, row: Model) -> str:
        """The address of a picture that shows what is meant."""
        return ""
