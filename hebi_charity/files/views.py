"""The only ways to a stored file."""

from __future__ import annotations

from http import HTTPStatus
from typing import IO

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views import View

from hebi_charity.files import services
from hebi_charity.files.models import Attachment
from hebi_charity.files.pictures import PictureUnreadable
from hebi_charity.files.proof import FileChanged, open_as_given


class StoredFileView(View):
    """Gives bytes to who may see a record that holds the file; to anybody else the file does not exist."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        attachment = get_object_or_404(Attachment, pk=pk)
        if not services.may_open(request.user, attachment):
            raise Http404
        try:
            content = self.content(attachment)
        except (FileNotFoundError, PictureUnreadable) as error:
            raise Http404 from error
        except FileChanged:
            services.record_refusal(attachment, by=request.user)
            return render(request, "errors/file_changed.html", status=HTTPStatus.CONFLICT)
        response = self.respond(attachment, content)
        response["X-Content-Type-Options"] = "nosniff"
        return response


class DownloadView(StoredFileView):
    """The file as it is kept, to be saved: a browser never shows it in our pages."""

    def content(self, attachment: Attachment) -> IO[bytes]:
        return open_as_given(attachment)

    def respond(self, attachment: Attachment, content: IO[bytes]) -> FileResponse:
        services.record_download(attachment, by=self.request.user)
        response = FileResponse(
            content, as_attachment=True, filename=attachment.name, content_type=attachment.content_type
        )
        response["Cache-Control"] = "private, no-store"
        return response


class ThumbnailView(StoredFileView):
    """A small picture that we made ourselves, for the record's page."""

    def content(self, attachment: Attachment) -> IO[bytes]:
        if not attachment.is_picture:
            raise FileNotFoundError
        return services.thumbnail_of(attachment)

    def respond(self, attachment: Attachment, content: IO[bytes]) -> FileResponse:
        response = FileResponse(content, content_type="image/jpeg")
        response["Cache-Control"] = "private, max-age=600"
        return response


class LargePictureView(ThumbnailView):
    """The picture as large as a page shows it, made by ourselves as well."""

    def content(self, attachment: Attachment) -> IO[bytes]:
        if not attachment.is_picture:
            raise FileNotFoundError
        return services.large_picture_of(attachment)
