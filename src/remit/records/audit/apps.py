"""The application by which Django knows the audit; with it each connection is guarded."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The chain of entries, the values beside it, and the guard of what is audited."""

    name = "remit.records.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Guard connections, those that are open and those that will be."""
        from remit.records.audit.checking import register_checks
        from remit.records.audit.guard import guard_connections

        guard_connections()
        register_checks()
