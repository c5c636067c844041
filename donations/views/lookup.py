"""A donor asks after a gift by the six-character code on the slip: one box, and an answer to be read aloud."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.views.generic import TemplateView

from donations.lists.answers import answer_of
from donations.models import Donation
from donations.services.query_codes import is_query_code, normal_code


class LookupView(PermissionRequiredMixin, TemplateView):
    permission_required = "donations.view_donation"
    template_name = "donations/lookup.html"

    def get_context_data(self, **kwargs):
        code = normal_code(self.request.GET.get("code", ""))
        is_right = is_query_code(code)
        gifts = Donation.objects.visible_to(self.request.user).select_related("kind", "donor", "reversal")
        gift = gifts.of_query_code(code) if is_right else None
        return super().get_context_data(
            code=code, is_wrong=bool(code) and not is_right, gift=gift, answer=answer_of(gift) if gift else "", **kwargs
        )
