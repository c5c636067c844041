"""The only way to a stored file."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views import View

from hebi_charity.files import services
from hebi_charity.files.models import Attachment


class DownloadView(View):
    """Give a file to who may see a record that holds it; to anybody else it does not exist."""

    http_method_names = ["get", "head"]

    def get(self, request, pk):
        attachment = get_object_or_404(Attachment, pk=pk)
        if not services.may_open(request.user, attachment):
            raise Http404
        try:
            content = attachment.open()
        except FileNotFoundError as error:
            raise Http404 from error
        services.record_download(attachment, by=request.user)
        response = FileResponse(
            content, as_attachment=True, filename=attachment.name, content_type=attachment.content_type
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response
