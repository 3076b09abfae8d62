"""A form that comes when its session has ended is kept, and given back to whoever typed it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import REASON_CSRF_TOKEN_MISSING, REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from remit.web.people.kept_forms import (
    KEPT_FOR,
    LARGEST,
    MOST,
    Kept,
    TypedForm,
    drop_kept,
    keep_form,
    kept_for,
    tokens_in,
)
from remit.web.people.session_marks import account_of_form, is_marked, mark_session
from remit.web.signing_in.filling import filled

_MARK = "remit_mark"
_GUARD = "csrfmiddlewaretoken"
_SECRETS = re.compile(r"pass(word|wd|phrase)|one.?time|otp|totp|secret|^code$", re.IGNORECASE)
"""Fields that are kept under no circumstances, wherever they stand."""
_SIGNING_IN = ("account_", "mfa_", "oidc_", "picker", "kept")
_NOT_READ = frozenset({"attached_new"})
"""What is not read from somebody who is not signed in: it may be a large file."""
_TOLD = (
    '<div class="nhsuk-inset-text web-told" role="status"><p>What you typed before your session '
    "ended stands in the form again. It is not kept yet: look it over and send it.{more}</p></div>"
)
_FILE = " Choose the file again: it was not kept."
_CANNOT = frozenset({200, 400, 403, 404, 405, 409})
"""Answers of a page that has the form no more."""


def note_session(request: Any) -> None:
    """Note by which secret the forms of this session will be known; once in a session."""
    secret = request.META.get("CSRF_COOKIE", "")
    if not secret or not request.user.is_authenticated:
        return
    if not is_marked(secret, request.session.get(_MARK, "")):
        request.session[_MARK] = mark_session(request.user, secret, timezone.now())


# Keeping ------------------------------------------------------------------------------------------


def kept_on_the_way(request: Any) -> HttpResponse | None:
    """Keep a form whose session has ended, and lead to signing in; None where it is none of ours.

    What counts is the token in the form itself. Only a page that was given to somebody signed in
    has such a one, so no page of another site can have a form kept here.
    """
    account = _whose(request)
    if account is None:
        return None
    form = _typed(request)
    if form.size > LARGEST:
        messages.warning(request, "Your session had ended. What you sent was too large to be kept.")
        return None
    token = keep_form(account, form, timezone.now())
    if request.user.is_authenticated and request.user.pk == account.pk:
        answer = redirect(form.page)
    elif request.user.is_authenticated:
        said = "It was kept for a day for the person who typed it, and not written."
        answer = render(request, "refused.html.jinja", {"why": said}, status=403)
    else:
        messages.info(
            request,
            "Your session had ended, so nothing was written. What you typed is kept for a day: "
            "sign in as the same person in this browser, and it stands in its form again.",
        )
        answer = redirect(f"{settings.LOGIN_URL}?{urlencode({'next': form.page})}")
    _give(answer, [token, *_tokens(request)][:MOST])
    return answer


def is_of_the_token(reason: str) -> bool:
    """Whether a form was refused for its token, and not for the site that it came from."""
    is_missing = reason == REASON_CSRF_TOKEN_MISSING
    return not is_missing and (reason == REASON_NO_CSRF_COOKIE or reason.startswith("CSRF token"))


def _whose(request: Any) -> Any:
    match = request.resolver_match
    if request.method != "POST" or match is None or match.namespace:
        return None
    if match.url_name in _NOT_READ or str(match.url_name).startswith(_SIGNING_IN):
        return None
    return account_of_form(request.POST.get(_GUARD, ""), timezone.now())


def _typed(request: Any) -> TypedForm:
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != _GUARD and not _SECRETS.search(name)
    )
    return TypedForm(_page_of(request), request.get_full_path(), fields, bool(request.FILES))


def _page_of(request: Any) -> str:
    """The page on which the form stood, of this site alone; else where it was sent to."""
    parts = urlsplit(request.headers.get("Referer", ""))
    try:
        match = resolve(parts.path) if parts.netloc == request.get_host() else None
    except Resolver404:
        match = None
    if match is None or str(match.url_name).startswith(_SIGNING_IN):
        return str(request.get_full_path())
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


# Giving back --------------------------------------------------------------------------------------


def given_back(request: Any, response: Any) -> Any:
    """A page with what its person typed there before, if something of them is kept for it."""
    if not (request.method == "GET" and request.user.is_authenticated and _tokens(request)):
        return response
    here = request.get_full_path()
    for one in kept_of(request):
        if one.form.page != here or response.status_code not in _CANNOT:
            continue
        told = _TOLD.format(more=_FILE if one.form.has_file else "")
        page = _filled(response, one.form, told)
        if page is None:
            return redirect("kept")
        if drop_kept(request.user, one.token):  # else another window was given it meanwhile
            response.content = page
            _give(response, [token for token in _tokens(request) if token != one.token])
        break
    return response


def _filled(response: Any, form: TypedForm, told: str) -> str | None:
    is_page = response.status_code == 200 and not response.streaming
    if not is_page or not response.headers["Content-Type"].startswith("text/html"):
        return None
    return filled(response.content.decode(), form, told)


def kept_of(request: Any) -> list[Kept]:
    """What is kept for whoever is signed in, in this browser."""
    tokens = _tokens(request)
    return kept_for(request.user, tokens, timezone.now()) if tokens else []


@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: Any) -> HttpResponse:
    """What the person typed before a session of theirs ended, to go on with or to throw away."""
    if request.method == "POST":
        for one in kept_of(request):
            drop_kept(request.user, one.token)
        messages.success(request, "It is thrown away.")
        answer = redirect("home")
        answer.delete_cookie(settings.REMIT_KEPT_COOKIE, samesite="Lax")
        return answer
    return render(request, "kept.html.jinja", {"kept": kept_of(request)})


def _tokens(request: Any) -> list[str]:
    return tokens_in(request.COOKIES.get(settings.REMIT_KEPT_COOKIE, ""))


def _give(answer: Any, tokens: list[str]) -> None:
    name = settings.REMIT_KEPT_COOKIE
    if not tokens:
        answer.delete_cookie(name, samesite="Lax")
        return
    answer.set_cookie(
        name, ".".join(tokens), max_age=KEPT_FOR, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
