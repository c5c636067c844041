"""Papers of a gift: the scan of a cheque, a letter, a photograph of the slip."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import ngettext

from donations.views.gifts import MAY_ATTACH, DonationDetailView
from hebi_charity.files import services as files
from hebi_charity.files.forms import PapersForm


class AttachPapersView(DonationDetailView):
    """Adds papers to a gift; a refusal stands beside the choice on the gift's own page."""

    permission_required = MAY_ATTACH
    http_method_names = ["post"]

    def has_permission(self):
        return any(self.request.user.has_perm(permission) for permission in self.permission_required)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = PapersForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                added = files.add_papers(self.object, form.cleaned_data["papers"], by=request.user)
            except files.FileRefused as refusal:
                form.add_error("papers", str(refusal))
            else:
                words = ngettext("%(count)d paper was added.", "%(count)d papers were added.", len(added))
                messages.success(request, words % {"count": len(added)})
                return HttpResponseRedirect(f"{self.object.get_absolute_url()}#papers")
        return self.render_to_response(self.get_context_data(papers_form=form), status=422)
