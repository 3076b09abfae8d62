"""The application by which Django knows what people say."""

from __future__ import annotations

from django.apps import AppConfig


class TalkConfig(AppConfig):
    """What people say; an identifier of a row is a big integer."""

    name = "remit.records.talk"
    label = "talk"
    default_auto_field = "django.db.models.BigAutoField"
