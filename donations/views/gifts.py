"""Gifts and other money in: the list with its totals, and one record."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.utils.functional import cached_property
from django.views.generic import DetailView, ListView, TemplateView

from donations.forms import ArrivalForm, DonationFilterForm, ReasonForm
from donations.lists.booking import mark_other_months
from donations.lists.narrowing import narrowed, totals
from donations.lists.sorting import Sorting, sort_links
from donations.lists.timeline import timeline_of
from donations.models import Donation
from donations.services import reviewing
from hebi_charity.core import dates
from hebi_charity.core.views import KeysetListMixin
from hebi_charity.files.forms import PapersForm
from hebi_charity.files.services import attachments_of

# Whoever has the paper in hand: who records gifts, and who sees the money arrive.
MAY_ATTACH = ("donations.add_donation", "donations.record_arrival")


class DonationListView(PermissionRequiredMixin, KeysetListMixin, ListView):
    permission_required = "donations.view_donation"
    template_name = "donations/list.html"
    partial_template_name = "donations/_table.html"

    @cached_property
    def sorting(self) -> Sorting:
        return Sorting.of(self.request.GET.get("sort", ""))

    @property
    def page_key(self):
        return self.sorting.key

    @property
    def is_newest_first(self):
        return self.sorting.is_descending

    def get_queryset(self):
        self.filter_form = DonationFilterForm(self.request.GET)
        rows = Donation.objects.visible_to(self.request.user).select_related("donor", "kind")
        return narrowed(rows, self.filter_form, by=self.request.user)

    def get_context_data(self, **kwargs):
        can_review = self.request.user.has_perm("donations.review_donation")
        context = super().get_context_data(
            filter_form=self.filter_form,
            sort=sort_links(self.sorting, self.request.GET),
            filters=self.request.GET.urlencode(),
            **kwargs,
        )
        return context | {"choosable": self.choosable(context["object_list"]) if can_review else set()}

    def choosable(self, shown) -> set[int]:
        """Which of the rows on this page wait for this person's review: only they can be chosen."""
        waiting = Donation.objects.awaiting_review_by(self.request.user).among(shown)
        return set(waiting.values_list("pk", flat=True))


class DonationTotalsView(PermissionRequiredMixin, TemplateView):
    """The totals of the filtered set, asked for apart so that the list never waits for them."""

    permission_required = "donations.view_donation"
    template_name = "donations/_totals.html"

    def get_context_data(self, **kwargs):
        form = DonationFilterForm(self.request.GET)
        rows = narrowed(Donation.objects.visible_to(self.request.user), form, by=self.request.user)
        of_fund = bool(form.cleaned_data.get("fund"))
        if form.errors:
            return super().get_context_data(is_wrong=True, **kwargs)
        return super().get_context_data(totals=totals(rows, is_of_one_fund=of_fund), **kwargs)


class DonationDetailView(PermissionRequiredMixin, DetailView):
    permission_required = "donations.view_donation"
    template_name = "donations/detail.html"
    context_object_name = "donation"

    def get_queryset(self):
        people = ("recorded_by", "reviewed_by", "voided_by", "arrival_by")
        related = ("donor", "kind", "campaign", "reversal", "consent", "source_import", *people)
        return Donation.objects.visible_to(self.request.user).select_related(*related)

    def may_review(self, donation):
        user = self.request.user
        waiting = Donation.objects.awaiting_review_by(user).filter(pk=donation.pk)
        return user.has_perm("donations.review_donation") and waiting.exists()

    def get_context_data(self, **kwargs):
        donation = self.object
        reversals = list(donation.reversals.select_related("recorded_by", "approved_by").order_by("pk"))
        may_attach = any(self.request.user.has_perm(permission) for permission in MAY_ATTACH)
        papers = {"papers_form": PapersForm() if may_attach else None, "attachments": attachments_of(donation)}
        may_review = self.may_review(donation)
        if may_review:
            mark_other_months([donation])
        return super().get_context_data(
            allocations=donation.allocations.select_related("fund"),
            reversals=reversals,
            orders=donation.orders.order_by("row_no", "pk")[:20],
            is_own=donation.recorded_by_id == self.request.user.pk,
            may_review=may_review,
            read_at=reviewing.fingerprint([donation]),
            can_change=donation.state in {"registered", "returned"},
            can_arrive=donation.is_awaited,
            can_reverse=donation.state == "reviewed" and not any(each.is_live() for each in reversals),
            entries=timeline_of(donation, reversals),
            reason_form=ReasonForm(),
            arrival_form=ArrivalForm(initial={"received_on": dates.today()}),
            **(papers | kwargs),
        )
