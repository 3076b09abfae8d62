"""The application by which Django and allauth know the organisation's own sign-in."""

from __future__ import annotations

from django.apps import AppConfig


class SigningInConfig(AppConfig):
    """It has no tables; allauth finds its provider beside it."""

    name = "remit.web.signing_in"
    label = "signing_in"
