"""The few things views share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import patch_vary_headers
from django.views.generic import View

from hebi_charity.core.paging import PAGE_SIZE, KeysetPage
from hebi_charity.core.sentences import REFUSED_BY_DATABASE, sentence_for


class HtmxPartialMixin:
    """Answer an htmx request with the fragment, any other with the page."""

    partial_template_name: str

    def get_template_names(self):
        if self.request.htmx and not self.request.htmx.boosted:
            return [self.partial_template_name]
        return super().get_template_names()

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response


class KeysetListMixin(HtmxPartialMixin):
    """A ListView that pages by key. The template has `page` (rows and addresses) and `object_list` (the rows)."""

    page_key: str
    is_newest_first = True
    page_size = PAGE_SIZE

    def get_context_data(self, **kwargs):
        page = self.page_of(self.object_list)
        return super().get_context_data(object_list=page.rows, page=page, **kwargs)

    def page_of(self, rows: QuerySet) -> KeysetPage:
        return KeysetPage.of(
            rows, query=self.request.GET, key=self.page_key, descending=self.is_newest_first, size=self.page_size
        )


def redirect_anywhere(request, to) -> HttpResponse:
    """Another page: the whole of it also where htmx asked for a part."""
    response = redirect(to)
    if not request.htmx:
        return response
    return HttpResponse(headers={"HX-Redirect": response.url})


class ActView(PermissionRequiredMixin, View):
    """One act on one row. What it says (`done`, a refusal, a missing reason) stands on the row's page, which follows.

    `act(row, data)` calls the service. `refusals` are the rules that may be broken, `sentence_of` says them.
    """

    http_method_names: ClassVar[list[str]] = ["post"]
    model: type[Model]
    form_class: type[forms.Form] | None = None
    done = ""
    refusals: tuple[type[Exception], ...] = ()
    sentence_of: Callable[[Exception], str]

    def rows(self) -> QuerySet:
        """The rows on which this person may act; any other is not found."""
        return self.model.objects.visible_to(self.request.user)

    def post(self, request, pk):
        row = get_object_or_404(self.rows(), pk=pk)
        form = self.form_class(request.POST) if self.form_class else None
        if form is not None and not form.is_valid():
            messages.error(request, " ".join(text for errors in form.errors.values() for text in errors))
        else:
            self.attempt(row, form.cleaned_data if form else {})
        return redirect(self.next_page(row))

    def attempt(self, row: Model, data: Mapping[str, object]) -> None:
        try:
            self.act(row, data)
        except self.refusals as error:
            messages.warning(self.request, self.sentence_of(error))
        except REFUSED_BY_DATABASE as error:
            messages.warning(self.request, sentence_for(error))
        else:
            messages.success(self.request, self.done)

    def next_page(self, row: Model) -> Model:
        return row
