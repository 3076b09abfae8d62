"""The application by which Django knows these models."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Records of people; an identifier of a row is a big integer, whatever the site's habit."""

    name = "remit.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
