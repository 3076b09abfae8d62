"""The addresses of signing in that are not the library's own."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account_views
from allauth.account.internal.decorators import login_not_required
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.totp.views import activate_totp
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from requests import RequestException

from remit.web.people.asking import today
from remit.web.people.models import Account
from remit.web.settings import LOOPBACK
from remit.web.sign_in_settings import OIDC
from remit.web.signing_in.provider import StrictAdapter, nonce_of

_HERE = {"127.0.0.1", "::1"}
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


@require_POST
@login_not_required
def oidc_login(request: Any) -> Any:
    """Go to the organisation's sign-in."""
    return _asked(OAuth2LoginView, request, StrictAdapter(request, OIDC))


@require_GET
@login_not_required
def oidc_callback(request: Any) -> Any:
    """Come back from it."""
    adapter = StrictAdapter(request, OIDC)
    adapter.nonce = nonce_of(request, request.GET.get("state"))
    return _asked(OAuth2CallbackView, request, adapter)


def _asked(view: Any, request: Any, adapter: StrictAdapter) -> Any:
    if not settings.SOCIALACCOUNT_PROVIDERS:
        raise Http404
    try:
        return view.adapter_view(adapter)(request)
    except (OAuth2Error, RequestException, ValueError) as error:
        # The library catches what fails while it asks for a token, and not what fails before.
        try:
            return render_authentication_error(request, adapter.get_provider(), exception=error)
        except ImmediateHttpResponse as refused:
            return refused.response


def second_factor(request: Any) -> Any:
    """Set up a second factor; whoever has one finds it on the page of their account."""
    return redirect("account") if is_mfa_enabled(request.user) else activate_totp(request)


def change_password(request: Any) -> Any:
    """Change the password; whoever signs in from outside has none here."""
    if request.user.has_usable_password():
        return account_views.password_change(request)
    return redirect("account")


# The picker of a demonstration --------------------------------------------------------------------


def picker_is_here(request: Any) -> bool:
    """Whether a person may be picked: in debug mode, in a demonstration, from this machine alone.

    Neither the host that a request names nor a proxy's word counts for the last.
    """
    if not settings.REMIT_PICKER:
        return False
    is_forwarded = any(name in request.META for name in _FORWARDED)
    host = request.get_host().rsplit(":", 1)[0]
    return request.META.get("REMOTE_ADDR") in _HERE and not is_forwarded and host in LOOPBACK


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def picker(request: Any) -> HttpResponse:
    """Sign in as one of the invented people of a demonstration."""
    if not picker_is_here(request):
        raise Http404
    people = Account.objects.filter(is_active=True).order_by("id").prefetch_related("memberships")
    if request.method == "POST":
        from django.contrib.auth import login

        chosen = people.filter(email=request.POST.get("who", "")).first()
        if chosen is None:
            raise Http404
        login(request, chosen, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("home")
    return render(request, "picker.html.jinja", {"people": people, "day": today()})
