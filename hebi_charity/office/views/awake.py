"""Somebody works on a page that asks the server nothing: a long form being filled."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views import View


class AwakeView(View):
    """Answers nothing; being asked is what keeps the session open."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
