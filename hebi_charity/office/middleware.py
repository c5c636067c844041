"""The office is used by browsers: its pages answer GET, HEAD and POST, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

SPOKEN = ("GET", "HEAD", "POST")


class SpokenMethodsMiddleware:
    """Refuses every other method before a view is asked: Django's form views would take a PUT for a POST.

    Who opens an address that only acts (a reloaded page, an old bookmark) reads what to do instead of a blank page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "errors/405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        return None if request.method in SPOKEN else HttpResponseNotAllowed(SPOKEN)
