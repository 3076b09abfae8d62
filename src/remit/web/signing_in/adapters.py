"""How an account is found, made or refused, in the words and by the rules of this application."""

from __future__ import annotations

import logging
from typing import Any, ClassVar, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.db import IntegrityError, transaction
from django.shortcuts import render

from remit.web.people.asking import today
from remit.web.people.models import Account
from remit.web.signing_in.groups import GrantedRole, granted, read_groups, settle_memberships

_WRONG = "The address, the password or both are wrong."


class LocalSignIn(DefaultAccountAdapter):
    """Local accounts are made by whoever runs the instance, not by whoever comes along."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _WRONG,
        "too_many_login_attempts": (
            "There were too many attempts for this account or from this address. Wait five minutes."
        ),
    }

    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody makes an account for themselves."""
        del request
        return False


class OutsideSignIn(DefaultSocialAccountAdapter):
    """Accounts that come from the organisation's sign-in, with the roles of their groups."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        """Whoever gets past :meth:`pre_social_login` has a role, and so an account."""
        del request, sociallogin
        return True

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """Refuse whoever has no role here; let nobody take over an account by its address."""
        claims = sociallogin.account.extra_data.get("id_token", {})
        roles = _roles(claims)
        email = str(claims.get("email") or "").strip().lower()
        if not sociallogin.is_existing:
            if not roles:
                _refuse(request, "None of your groups has a role here.")
            if not email:
                _refuse(request, "Your organisation's sign-in gave no e-mail address.")
            if Account.objects.filter(email__iexact=email).exists():
                _refuse(request, "There is a local account of this address already.")
            return
        account = sociallogin.user
        settle_memberships(account, roles, today())
        if not any(one.holds(today()) for one in account.memberships.all()):
            _refuse(request, "You have no role here any more.")

    def populate_user(self, request: Any, sociallogin: Any, data: Any) -> Any:
        """A new account's name and address."""
        del request
        account = sociallogin.user
        account.email = str(data.get("email") or "").strip().lower()
        account.name = str(data.get("name") or account.email)[:200]
        return account

    def save_user(self, request: Any, sociallogin: Any, form: Any = None) -> Any:
        """Keep a new account, with the memberships of its groups."""
        try:
            with transaction.atomic():
                account = super().save_user(request, sociallogin, form)
        except IntegrityError:
            _refuse(request, "You signed in for the first time in another window at this moment.")
        claims = sociallogin.account.extra_data.get("id_token", {})
        settle_memberships(account, _roles(claims), today())
        return account

    def on_authentication_error(
        self,
        request: Any,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """Say that it did not work, and log why; the page does not say it to a stranger."""
        del provider, extra_context
        said = "Your organisation's sign-in could not be trusted or was cancelled."
        _refuse(request, said, f"{error or ''} {exception or ''}".strip())


def _roles(claims: dict[str, Any]) -> list[GrantedRole]:
    given = claims.get(settings.REMIT_GROUPS_CLAIM) or []
    groups = [given] if isinstance(given, str) else [str(one) for one in given]
    return granted(read_groups(settings.REMIT_GROUPS), groups)


def _refuse(request: Any, why: str, log: str = "") -> NoReturn:
    logging.getLogger("remit.web").warning("sign-in refused: %s", log or why)
    said = f"{why} Ask your administrator for access, or try again."
    raise ImmediateHttpResponse(render(request, "refused.html.jinja", {"why": said}, status=403))
