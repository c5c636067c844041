"""Campaigns: the list, a page with its days, making and changing."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from donations.forms import CampaignChangeForm, CampaignForm
from donations.lists import incoming
from donations.models import Campaign, Donation
from donations.services import funds
from donations.views.saving import SavesThroughService
from hebi_charity.core import dates
from hebi_charity.core.paging import KeysetPage
from hebi_charity.core.views import KeysetListMixin


class CampaignListView(PermissionRequiredMixin, KeysetListMixin, ListView):
    permission_required = "donations.view_campaign"
    template_name = "donations/campaign_list.html"
    partial_template_name = "donations/_campaigns.html"
    page_key = "starts_on"

    def get_queryset(self):
        return Campaign.objects.visible_to(self.request.user).select_related("fund")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(today=dates.today(), **kwargs)
        raised = incoming.raised_by_campaign(context["page"])
        lines = [(row, raised.get(row.pk, incoming.NOTHING)) for row in context["page"]]
        return context | {"lines": lines}


class CampaignDetailView(PermissionRequiredMixin, DetailView):
    permission_required = "donations.view_campaign"
    template_name = "donations/campaign_detail.html"
    context_object_name = "campaign"

    def get_queryset(self):
        return Campaign.objects.visible_to(self.request.user).select_related("fund")

    def get_context_data(self, **kwargs):
        campaign, today = self.object, dates.today()
        days = incoming.raised_days(campaign)
        gifts = Donation.objects.visible_to(self.request.user).of_campaign(campaign).select_related("donor", "kind")
        return super().get_context_data(
            figures=incoming.campaign_figures(campaign),
            days=days,
            chart=incoming.raised_chart(campaign, days),
            page=KeysetPage.of(gifts, query=self.request.GET, key="donated_on"),
            today=today,
            is_filing_late=not campaign.filing_no and campaign.file_until() < today,
            is_over=campaign.is_over(today),
            **kwargs,
        )


class CampaignCreateView(PermissionRequiredMixin, SavesThroughService, CreateView):
    permission_required = "donations.add_campaign"
    form_class = CampaignForm
    template_name = "donations/campaign_form.html"
    done = gettext_lazy("The campaign is kept and offered at the counter.")

    def save(self, form):
        return funds.make_campaign(form.instance, by=self.request.user, form_key=form.form_key)


class CampaignUpdateView(PermissionRequiredMixin, SavesThroughService, UpdateView):
    permission_required = "donations.change_campaign"
    form_class = CampaignChangeForm
    template_name = "donations/campaign_form.html"
    context_object_name = "campaign"
    done = gettext_lazy("Saved. What was changed stands in the history.")

    def get_queryset(self):
        return Campaign.objects.visible_to(self.request.user)

    def save(self, form):
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        return funds.change_campaign(form.instance, by=self.request.user, **changed) if changed else form.instance
