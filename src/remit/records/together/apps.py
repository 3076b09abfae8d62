"""The application by which Django knows what organisations hold together."""

from __future__ import annotations

from django.apps import AppConfig


class TogetherConfig(AppConfig):
    """What organisations hold together; an identifier of a row is a big integer."""

    name = "remit.records.together"
    label = "together"
    default_auto_field = "django.db.models.BigAutoField"
