"""What the worker does in the background."""

from __future__ import annotations

from django_tasks import task


@task()
def keep_house() -> int:
    """Delete sessions that are over, and forms that nobody came back for; how many sessions."""
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from remit.web.people.kept_forms import clear_kept

    clear_kept(timezone.now())
    return int(Session.objects.filter(expire_date__lt=timezone.now()).delete()[0])
