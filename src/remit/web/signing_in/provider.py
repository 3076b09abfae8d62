"""Sign-in by OpenID Connect, held to more than the library does by itself.

The library neither sends a nonce nor looks at one, and skips the signature of a token that came
straight from the provider. Here both are checked, and the issuer is the one that was configured,
not whatever the discovery document says.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Any

from allauth.socialaccount.internal import jwtkit, statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.urls import reverse

from remit.web.sign_in_settings import OIDC

_PLACES = {"authorization_endpoint", "token_endpoint", "jwks_uri"}
_ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"}


class StrictAdapter(OpenIDConnectOAuth2Adapter):
    """Takes an identity from a token alone, which is checked whole."""

    nonce = ""
    """What was sent when this sign-in began."""

    @property
    def openid_config(self) -> Any:
        """The discovery document; refused where it speaks for another issuer, or lacks a place."""
        found = super().openid_config
        if not isinstance(found, dict) or not found.keys() >= _PLACES:
            raise OAuth2Error("the provider's document lacks what signing in needs")
        wanted = self.get_provider().app.settings["issuer"]
        if str(found.get("issuer", "")).rstrip("/") != wanted.rstrip("/"):
            raise OAuth2Error("the provider's document names another issuer than the settings")
        return found

    def get_callback_url(self, request: Any, app: Any) -> str:
        """Where the provider sends a person back to, in full."""
        del app
        return str(build_absolute_uri(request, reverse("oidc_callback")))

    def complete_login(self, request: Any, app: Any, token: Any, **kwargs: Any) -> Any:
        """The identity that a token vouches for.

        Raises
        ------
        OAuth2Error
            If there is none, or its signature, issuer, audience, time or nonce is not right.
        """
        del token
        given = kwargs["response"].get("id_token")
        if not given:
            raise OAuth2Error("the provider gave no identity token")
        claims = self._checked(app, given)
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _checked(self, app: Any, given: str) -> dict[str, Any]:
        if _algorithm(given) not in _ALGORITHMS:
            raise OAuth2Error("the token is signed in a way that is not taken")
        try:
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=given,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, TypeError, ValueError) as error:  # a key without its name, no JSON
            raise OAuth2Error("the provider's keys cannot be read") from error
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("the token was made for another application")
        if not {"exp", "iat", "sub"} <= claims.keys():
            raise OAuth2Error("the token lacks its times or its subject")
        if not self.nonce or not hmac.compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("the token belongs to another sign-in")
        return claims


def _algorithm(token: str) -> str:
    import jwt

    try:
        return str(jwt.get_unverified_header(token).get("alg"))
    except jwt.PyJWTError as error:
        raise OAuth2Error("the token cannot be read") from error


class StrictProvider(OpenIDConnectProvider):
    """The one provider of an instance; it sends a nonce and takes no parameter from an address."""

    id = OIDC
    name = "OpenID Connect"
    oauth2_adapter_class = StrictAdapter

    def get_login_url(self, request: Any, **kwargs: Any) -> str:
        """Where signing in begins."""
        del request, kwargs
        return str(reverse("oidc_login"))

    def get_callback_url(self) -> str:
        """Where the provider sends a person back to."""
        return str(reverse("oidc_callback"))

    def get_scope_from_request(self, request: Any) -> Any:
        """The scope of the settings, whatever an address asks for."""
        del request
        return self.get_scope()

    def get_auth_params_from_request(self, request: Any, action: Any) -> dict[str, Any]:
        """The parameters of the settings, whatever an address asks for."""
        del request, action
        return dict(self.get_auth_params())

    def redirect(
        self, request: Any, process: Any, next_url: Any = None, data: Any = None, **kwargs: Any
    ) -> Any:
        """Send a person to the provider, with a nonce that is kept beside the state."""
        nonce = secrets.token_urlsafe(24)
        params = {**(kwargs.pop("auth_params", None) or {}), "nonce": nonce}
        return super().redirect(
            request, process, next_url, data, auth_params=params, nonce=nonce, **kwargs
        )


def nonce_of(request: Any, state_id: str | None) -> str:
    """The nonce that was sent with a state of this session; nothing where there is none."""
    found = statekit.get_states(request).get(state_id) if state_id else None
    state = found[0] if found else {}
    return str(state.get("nonce", ""))


provider_classes = [StrictProvider]
