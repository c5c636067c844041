"""What the forms for money that came in share: gifts at the counter, and receipts that are no gift."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from donations.models import Donation
from donations.services import broken_rules, registering
from donations.views.asking import AsksBeforeSaving, about_amount, about_day
from donations.views.saving import SavesThroughService

LAST_USED, LAST_SAVED = "donations.last_used", "donations.last_saved"


class RegisterView(PermissionRequiredMixin, AsksBeforeSaving, SavesThroughService, FormView):
    """A new document; the next form opens with the last used way. The wish is each donor's own: it begins anew."""

    def get_initial(self):
        return super().get_initial() | self.request.session.get(LAST_USED, {})

    @cached_property
    def last_saved(self) -> Donation | None:
        """What this person saved just before, to print or open it."""
        pk = self.request.session.get(LAST_SAVED)
        rows = Donation.objects.visible_to(self.request.user).select_related("donor", "kind")
        return rows.filter(pk=pk).first() if pk else None

    def save(self, form):
        return registering.register_donation(form.entry(), by=self.request.user, form_key=form.form_key)

    def said(self, row):
        return _("Saved: %(number)s") % {"number": row.donation_no}

    def remember(self, form, donation: Donation) -> None:
        used = {}
        # A cheque comes rarely and is awaited: kept for the next gift it would make cash wait for a bank.
        if donation.channel != Donation.Channel.CHEQUE:
            used["channel"] = donation.channel
        self.request.session[LAST_USED] = used
        self.request.session[LAST_SAVED] = donation.pk


class ChangeView(PermissionRequiredMixin, AsksBeforeSaving, SavesThroughService, FormView):
    """A document changed before review, by whoever may; a change in between is noticed."""

    done = gettext_lazy("Changed. The gift waits for review.")
    rows = staticmethod(Donation.objects.none)
    fields: tuple[str, ...] = ()

    @cached_property
    def donation(self) -> Donation:
        rows = self.rows().visible_to(self.request.user).select_related("donor", "campaign", "kind")
        return get_object_or_404(rows.single(), pk=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        """Who opens an old address of a document that binds or is voided is led to its record, with the reason."""
        if self.donation.is_changeable():
            return super().get(request, *args, **kwargs)
        messages.warning(request, self.sentence(broken_rules.NotAwaitingReview()))
        return redirect(self.donation)

    @cached_property
    def named(self):
        return tuple((part.fund, part.amount) for part in self.donation.allocations.select_related("fund"))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"named": self.named}

    def questions(self, form):
        amount, day = form.cleaned_data["amount"], form.cleaned_data[self.day_field]
        if amount != self.donation.amount:
            yield from about_amount(amount)
        if day != getattr(self.donation, self.day_field):
            yield from about_day(day)

    def get_initial(self):
        return {name: getattr(self.donation, name) for name in self.fields} | {"fund": self.named[0][0]}

    def get_context_data(self, **kwargs):
        read_at = self.request.POST.get("read_at") or registering.fingerprint(self.donation)
        return super().get_context_data(donation=self.donation, read_at=read_at, **kwargs)

    def sentence(self, error):
        if isinstance(error, broken_rules.ChangedMeanwhile):
            return _("A colleague changed this gift while you were typing. Open it again and compare.")
        if isinstance(error, broken_rules.NotAwaitingReview):
            return _(
                "This gift was reviewed or voided and cannot be changed any more. After review a reversal corrects it."
            )
        return super().sentence(error)

    def save(self, form):
        read_at = self.request.POST.get("read_at", "")
        return registering.change_donation(self.donation, form.entry(), by=self.request.user, read_at=read_at)
