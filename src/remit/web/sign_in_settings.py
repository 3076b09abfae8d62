"""Settings of signing in: passwords with a second factor, and the organisation's own sign-in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from remit.web.instance import InstanceError

OIDC = "oidc"
"""The one provider's name in addresses and in the database."""
_NEEDED = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
_LOCAL = {"127.0.0.1", "localhost", "::1"}


def sign_in_settings(environ: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """How people sign in.

    Raises
    ------
    InstanceError
        If some of ``OIDC_*`` are there and others are missing or wrong.

    Examples
    --------
    >>> sign_in_settings({}, Path("web"))["SOCIALACCOUNT_PROVIDERS"]
    {}
    """
    provider = _provider(environ)
    return {
        "AUTH_USER_MODEL": "people.Account",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": f"django.contrib.auth.password_validation.{name}",
                "OPTIONS": options,
            }
            for name, options in (
                ("MinimumLengthValidator", {"min_length": 12}),
                ("CommonPasswordValidator", {}),
                ("UserAttributeSimilarityValidator", {"user_attributes": ("name", "email")}),
            )
        ],
        "LOGIN_URL": "/sign-in/",
        "LOGIN_REDIRECT_URL": "/",
        "LOGOUT_REDIRECT_URL": "/sign-in/",
        "ACCOUNT_ADAPTER": "remit.web.signing_in.adapters.LocalSignIn",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_TEMPLATE_EXTENSION": "html.jinja",
        "ACCOUNT_RATE_LIMITS": {
            "login_failed": "20/5m/ip,5/5m/key",
            "login": "60/m/ip",
            "write": "120/m/user",
        },
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 900,
        "MFA_FORMS": {"activate_totp": "remit.web.signing_in.second_factor.FirstCodeForm"},
        "MFA_TOTP_ISSUER": "Remit",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes"],
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "SOCIALACCOUNT_ADAPTER": "remit.web.signing_in.adapters.OutsideSignIn",
        "SOCIALACCOUNT_PROVIDERS": {OIDC: provider} if provider else {},
        "SOCIALACCOUNT_AUTO_SIGNUP": True,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_REQUESTS_TIMEOUT": 10,
        "REMIT_GROUPS": environ.get("OIDC_GROUPS") or str(folder / "groups.yaml"),
        "REMIT_GROUPS_CLAIM": environ.get("OIDC_GROUPS_CLAIM", "groups"),
    }


def provider_origin(environ: Mapping[str, str]) -> list[str]:
    """The origin of the organisation's sign-in, to which a form may lead; none where there is none.

    Examples
    --------
    >>> provider_origin({"OIDC_ISSUER": "https://login.example/tenant/v2.0"})
    ['https://login.example']
    """
    parts = _split(environ.get("OIDC_ISSUER", "").strip())
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def _split(issuer: str) -> SplitResult:
    try:
        return urlsplit(issuer)
    except ValueError:
        raise InstanceError(f"OIDC_ISSUER: {issuer!r} is no address") from None


def _provider(environ: Mapping[str, str]) -> dict[str, Any] | None:
    given = {name: environ.get(name, "").strip() for name in _NEEDED}
    if not any(given.values()):
        return None
    if missing := [name for name, value in given.items() if not value]:
        raise InstanceError(f"{', '.join(missing)}: not set; signing in needs {', '.join(_NEEDED)}")
    issuer = _split(given["OIDC_ISSUER"])
    if issuer.scheme != "https" and issuer.hostname not in _LOCAL:
        raise InstanceError(
            f"OIDC_ISSUER: {given['OIDC_ISSUER']!r} is not safe on the way; give its https address"
        )
    return {
        "APPS": [
            {
                "provider_id": OIDC,
                "name": environ.get("OIDC_NAME", "your organisation's sign-in"),
                "client_id": given["OIDC_CLIENT_ID"],
                "secret": given["OIDC_CLIENT_SECRET"],
                "settings": {
                    "server_url": given["OIDC_ISSUER"].rstrip("/"),
                    "issuer": given["OIDC_ISSUER"],
                    "oauth_pkce_enabled": True,
                    "scope": environ.get("OIDC_SCOPE", "openid profile email").split(),
                },
            }
        ],
    }
