"""Refusals as JSON, each with its reason in the words that the pages have."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from remit.web.access.policies import PolicyRefusal
from remit.web.api.shapes import ClashOut, RefusalOut, Wrong

REFUSALS: dict[int, Any] = {
    400: RefusalOut,
    401: RefusalOut,
    403: RefusalOut,
    404: RefusalOut,
    409: ClashOut,
    422: Wrong,
    429: RefusalOut,
}
"""What each operation may answer besides what was asked for."""
PROBLEM = "application/problem+json"
"""The type of each refusal."""
CHANGED = (
    "Somebody changed it since you saw it; nothing was changed. Look at how it stands now, and "
    "send what you want with the seen of now."
)
NOT_THERE = "There is nothing here, or nothing that the token reaches."
_COME_BY_ONE = (
    "Send a token that holds, in the header Authorization: Bearer remit_…; make one on your "
    "account page"
)
_TOO_MANY = "Too many changes in a minute. Wait, and send it again."
_UNFIT = "What was sent does not do; nothing was changed."
_READS_ALONE = "This token only reads."


class UnfitFields(Exception):
    """What was sent does not do; ``faults`` say why, field by field."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class Clashed(Exception):
    """Somebody changed a record since it was seen; ``now`` is how it stands."""

    def __init__(self, now: dict[str, Any]) -> None:
        super().__init__(CHANGED)
        self.now = now


def refused(status: int, why: str, **more: Any) -> HttpResponse:
    """A refusal, in the shape of RFC 9457."""
    title = HTTPStatus(status).phrase
    said = {"type": "about:blank", "title": title, "status": status, "detail": why, **more}
    answer = JsonResponse(said, status=status, content_type=PROBLEM)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def without_token() -> HttpResponse:
    """Nobody came by a token that holds."""
    return refused(401, _COME_BY_ONE)


def only_reads() -> HttpResponse:
    """A token that only reads was to change something."""
    return refused(403, _READS_ALONE)


def too_many() -> HttpResponse:
    """The rate of writing is used up."""
    return refused(429, _TOO_MANY)


def lay_refusals(api: NinjaAPI) -> None:
    """Have an API answer each refusal as JSON."""

    def said(status: int) -> Any:
        return lambda _request, error: refused(status, str(error))

    def wrong(_request: HttpRequest, error: Any) -> HttpResponse:
        faults = [f"{one['loc'][-1]}: {one['msg']}" for one in error.errors]
        return refused(422, _UNFIT, faults=faults)

    def unfit(_request: HttpRequest, error: Any) -> HttpResponse:
        return refused(422, _UNFIT, faults=error.faults)

    def http(_request: HttpRequest, error: Any) -> HttpResponse:
        return refused(error.status_code, str(error))

    def clashed(_request: HttpRequest, error: Any) -> HttpResponse:
        return refused(409, str(error), now=error.now)

    api.add_exception_handler(Clashed, clashed)
    api.add_exception_handler(PolicyRefusal, said(409))
    api.add_exception_handler(PermissionDenied, said(403))
    api.add_exception_handler(Http404, lambda _request, _error: refused(404, NOT_THERE))
    api.add_exception_handler(ValidationError, wrong)
    api.add_exception_handler(UnfitFields, unfit)
    api.add_exception_handler(HttpError, http)
