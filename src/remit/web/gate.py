"""Nobody passes without signing in, but to the few addresses that are open to all."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from remit.web.access.policies import PolicyRefusal
from remit.web.access.roles import Permission
from remit.web.api import refusals
from remit.web.people.asking import person_of, today
from remit.web.people.tokens import person_by_token
from remit.web.signing_in import ended_sessions

OPEN = frozenset(
    {
        "account_login",
        "mfa_authenticate",
        "oidc_login",
        "oidc_callback",
        "health",
        "picker",
        "calendar_feed",
        "mail_stopped",
    }
)
"""Names of the addresses that are open to all."""
SETTING_UP = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
    }
)
"""What somebody reaches whose second factor is not set up yet."""
CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_SEEN, _BEGAN = "remit_seen", "remit_began"
_NOTED_EACH = 60


class SignInGate:
    """Signing in, the second factor, idle sessions, and how often one may write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Pass a request on, with the person who asks; its answer is kept by nobody.

        A sign of value zero stands in no address and in no record, and PostgreSQL takes none.
        """
        if "\0" in request.path or _holds_nothing_kept(request.GET):
            raise BadRequest("a sign of value zero in the address")
        if request.user.is_authenticated and _is_over(request):
            logout(request)
        request.person = person_of(request.user, today())
        response = self.get_response(request)
        ended_sessions.note_session(request)
        response = ended_sessions.given_back(request, response)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_view(
        self, request: Any, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Stop who may not go on."""
        del view, args, kwargs
        name = request.resolver_match.url_name
        if request.resolver_match.namespace == "api":
            return _by_token(request)
        if name in OPEN:
            return None
        if not request.user.is_authenticated:
            return ended_sessions.kept_on_the_way(request) or _to_sign_in(request)
        if name not in SETTING_UP and _needs_second_factor(request):
            return redirect("mfa_activate_totp")
        if request.method in CHANGES and not ratelimit.consume(
            request, action="write", user=request.user
        ):
            return render(request, "429.html.jinja", status=429)
        if _holds_nothing_kept(request.POST):
            raise BadRequest("a sign of value zero in a form")
        return None

    def process_exception(self, request: Any, error: Exception) -> HttpResponse | None:
        """A refusal is a page that says why."""
        if isinstance(error, PolicyRefusal):
            return render(request, "refused.html.jinja", {"why": str(error)}, status=409)
        if isinstance(error, PermissionDenied):
            return render(request, "refused.html.jinja", {"why": str(error)}, status=403)
        return None


def _holds_nothing_kept(given: Any) -> bool:
    """Whether a value of a form or an address holds the sign of value zero, also one of many."""
    return any("\0" in one for _, values in given.lists() for one in values)


def _by_token(request: Any) -> HttpResponse | None:
    """Programs come by a token alone: a browser's session opens nothing here."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    found = person_by_token(token.strip(), today()) if scheme.lower() == "bearer" else None
    if found is None:
        return refusals.without_token()
    request.person = found
    if request.method in CHANGES:
        if Permission.WRITE not in found.limits.permissions:
            return refusals.only_reads()
        if not ratelimit.consume(request, action="write", user=found.account):
            return refusals.too_many()
    return None


def _to_sign_in(request: Any) -> HttpResponseRedirectBase:
    asked = request.get_full_path()
    is_page = request.method in {"GET", "HEAD"} and asked != "/"
    query = urlencode({"next": asked}) if is_page else ""
    return redirect(f"{settings.LOGIN_URL}?{query}" if query else settings.LOGIN_URL)


def _is_over(request: Any) -> bool:
    """Whether a session was not used for too long, or began too long ago."""
    now, seen = int(time.time()), request.session.get(_SEEN)
    if seen is not None and now - seen > settings.REMIT_IDLE_SECONDS:
        return True
    if now - request.session.setdefault(_BEGAN, now) > settings.SESSION_COOKIE_AGE:
        return True
    if seen is None or now - seen >= _NOTED_EACH:
        request.session[_SEEN] = now
    return False


def _needs_second_factor(request: Any) -> bool:
    """Whether a local password alone would open the door; a demonstration has none."""
    account = request.user
    if settings.REMIT_PICKER or not account.has_usable_password():
        return False
    return not is_mfa_enabled(account)
