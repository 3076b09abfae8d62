"""The application by which Django knows these models."""

from __future__ import annotations

from django.apps import AppConfig


class MineConfig(AppConfig):
    """What a person keeps for themselves."""

    name = "remit.web.mine"
    label = "mine"
    default_auto_field = "django.db.models.BigAutoField"
