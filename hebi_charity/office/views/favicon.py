"""The sign that browsers ask for by themselves, also beside pages that name none (a picture, a PDF)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.templatetags.static import static
from django.utils.decorators import method_decorator
from django.views.generic import RedirectView


@method_decorator(login_not_required, name="dispatch")
class FaviconView(RedirectView):
    http_method_names = ["get", "head"]

    def get_redirect_url(self, *args, **kwargs):
        return static("img/mark.svg")
