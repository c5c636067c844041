"""Posts and documents: what would be stuck with the present staff, and who does what."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.views.generic import TemplateView

from hebi_charity.accounts.documents import standings
from hebi_charity.accounts.models import IncompatibleRoles, Role


class PostsView(PermissionRequiredMixin, TemplateView):
    permission_required = "accounts.view_posts"
    template_name = "accounts/posts.html"

    def get_context_data(self, **kwargs):
        found = standings()
        return super().get_context_data(
            standings=found,
            stuck_count=sum(standing.is_stuck for standing in found),
            roles=Role.objects.whose_holders_may_see(self.request.user).with_holders(),
            pairs=IncompatibleRoles.objects.select_related("first", "second"),
            **kwargs,
        )
