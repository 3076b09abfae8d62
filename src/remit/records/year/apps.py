"""The application by which Django knows the year's assessments."""

from __future__ import annotations

from django.apps import AppConfig


class YearConfig(AppConfig):
    """The year's assessments and practices; an identifier of a row is a big integer."""

    name = "remit.records.year"
    label = "year"
    default_auto_field = "django.db.models.BigAutoField"
