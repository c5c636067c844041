"""What is done to a gift: reviewed, returned, voided, arrived, bounced, reversed. One POST each."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from donations.forms import ArrivalForm, ReasonForm
from donations.lists.booking import mark_other_months
from donations.models import Donation, Reversal
from donations.services import registering, reversing, reviewing
from donations.services.broken_rules import BrokenRule, ChangedMeanwhile, MakerIsChecker, NotAwaitingReview
from donations.services.reviewing import review_sums
from donations.services.sentences import sentence_of
from hebi_charity.core.sentences import REFUSED_BY_DATABASE, sentence_for
from hebi_charity.core.views import ActView, KeysetListMixin
from hebi_charity.office.services.periods import PeriodNotOpen

REFUSALS = (BrokenRule, PeriodNotOpen)


class DonationActView(ActView):
    model = Donation
    refusals = REFUSALS
    sentence_of = staticmethod(sentence_of)


class ReviewView(DonationActView):
    permission_required = "donations.review_donation"
    done = gettext_lazy("Reviewed.")

    def act(self, donation, data):
        read_at = self.request.POST.get("read_at", "")
        reviewing.review_donation(donation, by=self.request.user, read_at=read_at)


class ReturnView(DonationActView):
    permission_required = "donations.review_donation"
    form_class = ReasonForm
    done = gettext_lazy("Returned to the colleague who recorded it.")

    def act(self, donation, data):
        registering.return_donation(donation, by=self.request.user, reason=data["reason"])


class VoidView(DonationActView):
    permission_required = "donations.void_donation"
    form_class = ReasonForm
    done = gettext_lazy("Voided. The number stays, with your reason.")

    def act(self, donation, data):
        registering.void_donation(donation, by=self.request.user, reason=data["reason"])


class ArriveView(DonationActView):
    permission_required = "donations.record_arrival"
    form_class = ArrivalForm
    done = gettext_lazy("Recorded: the money has arrived.")

    def act(self, donation, data):
        reviewing.record_arrival(donation, by=self.request.user, received_on=data["received_on"])


class BounceView(DonationActView):
    permission_required = "donations.record_arrival"
    form_class = ReasonForm
    done = gettext_lazy("Recorded: the money bounced.")

    def act(self, donation, data):
        reviewing.record_bounce(donation, by=self.request.user, reason=data["reason"])


class RequestReversalView(DonationActView):
    permission_required = "donations.request_reversal"
    form_class = ReasonForm
    done = gettext_lazy("Asked for. Another person decides.")

    def act(self, donation, data):
        reversing.request_reversal(donation, by=self.request.user, reason=data["reason"])


class ReversalListView(PermissionRequiredMixin, KeysetListMixin, ListView):
    """Reversals that wait for a decision; `which=mine` for mine only, `which=all` with the decided ones."""

    permission_required = "donations.view_donation"
    template_name = "donations/reversal_list.html"
    partial_template_name = "donations/_reversals.html"
    page_key = "reversal_no"

    @property
    def shows_all(self) -> bool:
        return self.request.GET.get("which") == "all"

    def get_queryset(self):
        rows = Reversal.objects.visible_to(self.request.user)
        if self.request.GET.get("which") == "mine":
            rows = rows.awaiting_decision_by(self.request.user)
        elif not self.shows_all:
            rows = rows.requested()
        return rows.select_related("donation__donor", "donation__kind", "recorded_by", "approved_by")

    def get_context_data(self, **kwargs):
        return super().get_context_data(shows_all=self.shows_all, **kwargs)


class ReversalDecisionView(ActView):
    """Approve, or refuse with a reason."""

    permission_required = "donations.approve_reversal"
    model = Reversal
    refusals = REFUSALS
    sentence_of = staticmethod(sentence_of)

    @property
    def is_refused(self) -> bool:
        return "refuse" in self.request.POST

    @property
    def form_class(self):
        return ReasonForm if self.is_refused else None

    @property
    def done(self) -> str:
        return _("Refused: the gift stays as it is.") if self.is_refused else _("Approved: the gift is reversed.")

    def act(self, reversal, data):
        if self.is_refused:
            reversing.refuse_reversal(reversal, by=self.request.user, reason=data["reason"])
        else:
            reversing.approve_reversal(reversal, by=self.request.user)

    def next_page(self, reversal):
        return reversal.donation


class BulkReviewView(PermissionRequiredMixin, TemplateView):
    """Several gifts on one page that says what will happen; one button reviews them all or none."""

    permission_required = "donations.review_donation"
    template_name = "donations/bulk_review.html"

    def rows(self) -> list[int]:
        source = self.request.POST if self.request.method == "POST" else self.request.GET
        return [int(row) for row in source.getlist("rows") if row.isascii() and row.isdigit() and len(row) < 19][:500]

    def get_context_data(self, **kwargs):
        chosen = Donation.objects.visible_to(self.request.user).filter(pk__in=self.rows())
        waiting = chosen.select_related("donor", "kind", "recorded_by").prefetch_related("allocations__fund")
        gifts = list(waiting.awaiting_review_by(self.request.user).order_by("pk"))
        now = reviewing.fingerprints(gifts)
        for gift in gifts:
            gift.read_at = now[str(gift.pk)]
        changed = [gift for gift in gifts if self.request.POST.get(f"read_{gift.pk}", gift.read_at) != gift.read_at]
        gifts = [gift for gift in gifts if gift not in changed]
        return super().get_context_data(
            gifts=gifts,
            changed=changed,
            amount=sum(gift.amount for gift in gifts),
            sums=review_sums(gifts),
            other_months=mark_other_months(gifts),
            left_out=chosen.count() - len(gifts) - len(changed),
            read_at=reviewing.joined({str(gift.pk): gift.read_at for gift in gifts}),
            **kwargs,
        )

    def post(self, request):
        try:
            read_at = request.POST.get("read_at", "")
            reviewed = reviewing.review_donations(self.rows(), by=request.user, read_at=read_at)
        except (ChangedMeanwhile, MakerIsChecker, NotAwaitingReview):
            # The page again with what still stands as it was seen: one press reviews the rest.
            return self.render_to_response(self.get_context_data())
        except REFUSALS as error:
            messages.warning(request, sentence_of(error))
            return redirect("donations:list")
        except REFUSED_BY_DATABASE as error:
            messages.warning(request, sentence_for(error))
            return redirect("donations:list")
        words = {"count": len(reviewed), "sum": f"{sum(gift.amount for gift in reviewed):,.2f}"}
        messages.success(request, _("Reviewed %(count)s gifts, %(sum)s yuan in total.") % words)
        return redirect("donations:list")
