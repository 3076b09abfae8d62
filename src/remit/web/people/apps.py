"""The application by which Django knows these models."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts and memberships."""

    name = "remit.web.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
