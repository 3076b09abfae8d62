"""When somebody was last here, and the address by which their calendar is fetched."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

_OWN = "it is one person's own, and is shown to nobody else"


class Visit(models.Model):
    """When somebody looked at their work list: what moved since then is told at the next visit."""

    NO_TENANTS = _OWN
    NOT_AUDITED = "looking at one's own work list changes no record of anybody"

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="visit"
    )
    before = models.DateTimeField()
    """The end of the visit before this one."""
    last = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id}: {self.last}"


class CalendarFeed(models.Model):
    """That a calendar may fetch somebody's due days by an address that holds a secret.

    The secret is kept as a digest alone: whoever reads the database cannot fetch the calendar.
    """

    NO_TENANTS = _OWN
    NOT_AUDITED = "it opens nothing but what its owner sees, and stands on their own account"

    account: Any = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id}: since {self.made_at}"
