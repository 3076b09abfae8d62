"""The pages that were made when a store was published, served to whoever is signed in.

A file is opened within the folder of its version and never outside of it, by the rules of
``remit site serve``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from remit.pages.serving.files import Moved, Opened, open_file
from remit.pages.serving.request import Refused, path_parts
from remit.pages.serving.server import PICTURE_POLICY
from remit.web.access.published import check_see_figures
from remit.web.figures.place import REPORTS, SITE, NothingPublished, published, versions


@require_safe
def site_page(request: Any, path: str) -> HttpResponse:
    """A page of league tables, organisations and metrics, or a file beside it."""
    return _page(request, lambda version: version / SITE, path)


@require_safe
def report_page(request: Any, code: str, path: str) -> HttpResponse:
    """A page of an organisation's report, without anybody's comments."""
    if not code.isalnum():
        raise Http404
    return _page(request, lambda version: version / REPORTS / code, path)


def _page(request: Any, within: Callable[[Path], Path], path: str) -> HttpResponse:
    check_see_figures(request.user)
    return made_file(request, within, path)


def made_file(request: Any, within: Callable[[Path], Path], path: str) -> HttpResponse:
    """A file of the version that counts, as it was made when that was published.

    Parameters
    ----------
    request
        Who asks, and which version they have already.
    within
        The folder of the version → the folder that the path begins in.
    path
        The path of the file.

    Raises
    ------
    Http404
        If nothing is published, or there is no such file.
    """
    instance = Path(settings.REMIT_FOLDER)
    try:
        version = published(instance)
        tag = f'"{version.name}"'
        if request.headers.get("If-None-Match") == tag:
            return HttpResponseNotModified()
        parts = path_parts(f"/{path}")
        found = open_file(within(versions(instance) / version.name), parts)
    except (NothingPublished, Refused):
        raise Http404 from None
    except Moved:
        return redirect(f"{request.path}/")
    answer = _answer(found)
    answer["ETag"] = tag
    # To be asked again each time: what is published may change, and who is signed in too.
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _answer(found: Opened) -> HttpResponse:
    with found.file:
        answer = HttpResponse(
            found.file.read(), content_type=found.type or "application/octet-stream"
        )
    if found.type is None or found.type.startswith("text/csv"):
        answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    if found.type and found.type.startswith("image/svg"):
        answer["Content-Security-Policy"] = PICTURE_POLICY
    return answer
