"""The few things views share."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.cache import patch_vary_headers

from hebi_charity.core.paging import PAGE_SIZE, KeysetPage


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
