"""What is sent is measured by what it says of its length, before any of it is read or kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from remit.web.api.refusals import refused

TOO_LARGE = "What was sent is larger than is taken here. Send less of it at once."


class BodyGate:
    """No more is taken than the settings say, from anybody and at every address.

    Django's own limit leaves out files, and the check against forgery reads a form whole before
    anybody is asked who they are: without this gate a stranger fills the disk. What comes in
    chunks, without its length, is not read by Django at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Pass a request on, unless it is too large."""
        told = str(request.META.get("CONTENT_LENGTH") or "0")
        if not told.isascii() or not told.isdigit() or len(told) > _DIGITS:
            return _answer(request)
        if int(told) > _most_at(request.path):
            return _answer(request)
        return self.get_response(request)


_DIGITS = 18
_AROUND = 1024 * 1024
"""What a form may be beside its file."""


def _most_at(path: str) -> int:
    """How much is taken at an address: where a file is attached, as much as that may be.

    There nothing is read before the gate has asked who it is.
    """
    if path.startswith("/files/of/") and path.endswith("/new/"):
        return max(int(settings.REMIT_MOST_SENT), int(settings.REMIT_ATTACHMENT_BYTES) + _AROUND)
    return int(settings.REMIT_MOST_SENT)


def _answer(request: Any) -> HttpResponse:
    if request.path.startswith("/api/"):
        answer = refused(413, TOO_LARGE)
    else:
        answer = HttpResponse(f"{TOO_LARGE}\n", status=413, content_type="text/plain")
    answer["Cache-Control"] = "no-store, private"
    return answer
