"""The orders of one pool, paged by the line of their file, and found by number, tail or nickname."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import ListView, View

from donations.forms import OrderFilterForm
from donations.lists import exporting
from donations.lists.orders import found_orders
from donations.models import Donation
from donations.views.exports import ExportsRows
from hebi_charity.core.views import KeysetListMixin


class PoolMixin(PermissionRequiredMixin):
    permission_required = "donations.view_donation"

    @cached_property
    def pool(self) -> Donation:
        pools = Donation.objects.visible_to(self.request.user).pools()
        return get_object_or_404(pools, pk=self.kwargs["pk"])

    def get_queryset(self):
        self.filter_form = OrderFilterForm(self.request.GET)
        rows = self.pool.orders.visible_to(self.request.user)
        text = self.filter_form.cleaned_data.get("q") if self.filter_form.is_valid() else ""
        return found_orders(rows, text) if text else rows


class OrderListView(PoolMixin, KeysetListMixin, ListView):
    template_name = "donations/order_list.html"
    partial_template_name = "donations/_orders.html"
    page_key = "row_no"
    is_newest_first = False

    def get_context_data(self, **kwargs):
        return super().get_context_data(pool=self.pool, filter_form=self.filter_form, **kwargs)


class OrderExportView(ExportsRows, PoolMixin, View):
    permission_required = ("donations.view_donation", "donations.export_donations")

    def export(self, kind):
        rows = self.get_queryset()
        return exporting.export_orders(self.pool, rows, by=self.request.user, kind=kind, form=self.filter_form)
