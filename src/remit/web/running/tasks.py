"""What the worker does in the background."""

from __future__ import annotations

from django_tasks import task


@task()
def keep_house() -> int:
    """Delete sessions that are over; how many."""
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    return int(Session.objects.filter(expire_date__lt=timezone.now()).delete()[0])
