"""The files of a record: their list, one sent, one given out, one taken away."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.web.access import permissions
from remit.web.access.policies import can_change_action
from remit.web.access.visibility import visible
from remit.web.attached.contents import KINDS, NotTaken, mime_of
from remit.web.attached.models import Attachment
from remit.web.attached.scanning import scanner
from remit.web.desk.attachments.keeping import (
    Whole,
    attach,
    bytes_of,
    check_attach,
    is_given,
    take_away,
    whole_by,
    whole_of,
)
from remit.web.desk.audit import names_of_accounts
from remit.web.keys import KEY

_MB = 1024 * 1024


@require_safe
def attached(request: Any, kind: str, key: str) -> HttpResponse:
    """The files of a record, with a form to send one."""
    return _page(request, whole_of(request.person, kind, key))


def _page(request: Any, whole: Whole, fault: str = "") -> HttpResponse:
    rows = list(whole.files.order_by("-put_at", "-pk"))
    senders: list[Any] = [SimpleNamespace(who=one.put_by) for one in rows]
    is_open = whole.kind != "action" or can_change_action(whole.record)
    view = {
        "whole": whole,
        "rows": [{"row": one, "is_given": is_given(one)} for one in rows],
        "here": sum(one.gone_at is None for one in rows),
        "may_write": is_open and permissions.user_can_write(request.person, whole.record),
        "fault": fault,
        "kinds": KINDS,
        "most_mb": settings.REMIT_ATTACHMENT_BYTES // _MB,
        "most": settings.REMIT_ATTACHMENTS_MOST,
        "has_scanner": bool(scanner()),
        "names": names_of_accounts(senders),
    }
    return render(request, "attached.html.jinja", view, status=400 if fault else 200)


@csrf_exempt
@require_POST
def attached_new(request: Any, kind: str, key: str) -> Any:
    """Send a file to hang on a record.

    The check against forgery reads what was sent, and so comes here after the gate has asked who
    it is: elsewhere it comes before, and a stranger would have whole files read.
    """
    return _sent(request, kind, key)


@csrf_protect
def _sent(request: Any, kind: str, key: str) -> HttpResponse:
    whole = whole_of(request.person, kind, key)
    check_attach(request.person, whole)
    file = request.FILES.get("file")
    if getattr(request, "upload_is_too_large", False):
        most = settings.REMIT_ATTACHMENT_BYTES // _MB
        return _page(request, whole, f"The file is larger than {most} MB")
    if file is None:
        return _page(request, whole, "Choose a file; an empty one is none")
    try:
        made = attach(request.person, whole, file)
    except NotTaken as refused:
        return _page(request, whole, str(refused))
    if made.state == "found":
        messages.warning(request, "The scanner found something in the file. It was not kept.")
    elif made.state == "waiting":
        messages.info(request, "The file is kept. Nobody is given it until it is looked through.")
    else:
        messages.success(request, "The file is kept.")
    return redirect("attached", kind, key)


@require_safe
def attachment(request: Any, number: int) -> Any:
    """The bytes of a file, to be saved: never shown as a page of this site.

    Raises
    ------
    Http404
        If there is none that the person may see.
    """
    row = _seen(request, number)
    answer = FileResponse(bytes_of(row).open("rb"), as_attachment=True, filename=row.name)
    answer.headers["Content-Type"] = mime_of(row.kind)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def attachment_gone(request: Any, number: int) -> HttpResponse:
    """Take a file away, after a page that says what goes."""
    row = _seen(request, number)
    whole = whole_by(row)
    check_attach(request.person, whole)
    if request.method == "POST":
        with transaction.atomic():
            take_away(request.person, Attachment.objects.select_for_update().get(pk=row.pk))
        messages.success(request, "The file is taken away.")
        return redirect("attached", whole.kind, whole.record.pk)
    return render(request, "attachment_gone.html.jinja", {"row": row, "whole": whole})


def _seen(request: Any, number: int) -> Any:
    return get_object_or_404(visible(Attachment.objects.all(), request.person), pk=number)


urlpatterns = [
    path(f"files/of/<str:kind>/<{KEY}:key>/", attached, name="attached"),
    path(f"files/of/<str:kind>/<{KEY}:key>/new/", attached_new, name="attached_new"),
    path("files/one/<int:number>/", attachment, name="attachment"),
    path("files/one/<int:number>/gone/", attachment_gone, name="attachment_gone"),
]
