"""A file that hangs on an ask, an action or a conversation."""

from __future__ import annotations

from typing import Any

from django.db import models

from remit.records.models import Action, Ask
from remit.records.together.models import Conversation


class Attachment(models.Model):
    """What is known of a file; its bytes lie in the folder of the instance, under a random name.

    Taken away, the row stays as a tombstone without its bytes. It goes with its record.
    """

    TENANTS = (
        "ask__to_org_code",
        "ask__from_org_code",
        "action__organisation",
        "action__ask__to_org_code",
        "action__ask__from_org_code",
        "conversation__organisation",
        "conversation__parties__organisation",
    )
    """Those of the record on which it hangs: whoever may see the one may see the other."""
    AUDITED = True
    AUDIT_NOT_KEPT = ("place",)
    RETENTION = "ask"

    ask: Any = models.ForeignKey(Ask, models.CASCADE, null=True, related_name="hanging_files")
    action: Any = models.ForeignKey(Action, models.CASCADE, null=True, related_name="hanging_files")
    conversation: Any = models.ForeignKey(
        Conversation, models.CASCADE, null=True, related_name="hanging_files"
    )
    name = models.TextField()
    """As it was called, without a path and without names of people."""
    kind = models.CharField(max_length=10)
    """What its content is, such as ``pdf``; the name counts for nothing."""
    size = models.BigIntegerField()
    """Bytes."""
    sha256 = models.CharField(max_length=64)
    place = models.CharField(max_length=64, unique=True)
    """The random name of the file in the folder."""
    state = models.CharField(max_length=10)
    """``waiting`` for the scanner, ``clean``, ``found`` to hold something, or ``unscanned``."""
    scan_said = models.TextField(blank=True, default="")
    put_at = models.DateTimeField()
    put_by = models.TextField()
    """The account, as the audit names it."""
    gone_at = models.DateTimeField(null=True)
    """When it was taken away, or its bytes were because of what the scanner found."""

    class Meta:
        """It hangs on one record."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(ask=None, action=None, conversation__isnull=False)
                | models.Q(ask=None, action__isnull=False, conversation=None)
                | models.Q(ask__isnull=False, action=None, conversation=None),
                name="hangs_on_one_record",
            ),
        )

    def __str__(self) -> str:
        return str(self.name)
