"""The application by which Django knows these models."""

from __future__ import annotations

from django.apps import AppConfig


class AttachedConfig(AppConfig):
    """Files that hang on records."""

    name = "remit.web.attached"
    label = "attached"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bytes go with their record, however that is taken away."""
        from django.db.models.signals import post_delete

        from remit.web.attached.held_files import forget_bytes

        kind = self.get_model("Attachment")
        post_delete.connect(forget_bytes, sender=kind, dispatch_uid="attached bytes")
