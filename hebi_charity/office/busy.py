"""Work that others hold too long: a page that says so and sends the same again, instead of a fault of ours."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hebi_charity.core.sentences import sentence_for

logger = logging.getLogger(__name__)
# A dead-lock, a failed serialization, a lock that was not to be had, a statement that took too long.
_BUSY = {"40P01", "40001", "55P03", "57014"}


class BusyMiddleware:
    """Answers what the database stopped for others' sake, for every view that does not say it at its own form.

    What was typed stands in the answer's own form, as it came, and goes out again with one button. A form with secrets
    is opened again instead: its view says so by `sensitive_post_parameters`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError) or getattr(error.__cause__, "pgcode", None) not in _BUSY:
            return None
        logger.warning("Others held what %s needs too long: %s", request.path, error.__cause__.pgcode)
        page = {
            "sentence": sentence_for(error),
            "sent": _sent(request),
            "has_secrets": _has_secrets(request),
            "has_files": bool(request.FILES),
        }
        answer = render(request, "errors/busy.html", page, status=HTTPStatus.SERVICE_UNAVAILABLE)
        answer["Retry-After"] = "5"
        answer["Cache-Control"] = "no-store"
        return answer


def _has_secrets(request: HttpRequest) -> bool:
    """Whether a password or a code was sent; no page may hold it, not even hidden."""
    is_named = any("password" in name.lower() for name in request.POST)  # should a view have forgotten to say it
    return bool(getattr(request, "sensitive_post_parameters", ())) or is_named


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """(name, value) of everything that was sent; nothing of a form with secrets."""
    if request.method != "POST" or _has_secrets(request):
        return []
    kept = [name for name in request.POST if name != "csrfmiddlewaretoken"]
    return [(name, value) for name in kept for value in request.POST.getlist(name)]
