"""What the worker does in the background."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

_AGAIN = timedelta(hours=1)


@task()
def keep_house() -> int:
    """Delete sessions that are over, and forms and lists left behind; how many sessions.

    Files that wait for the scanner are looked through, and bytes without a row go.
    """
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from remit.web.attached.held_files import sweep
    from remit.web.desk.attachments.waiting import look_through_waiting
    from remit.web.mine.held_rows import let_go_rows
    from remit.web.people.kept_forms import clear_kept

    clear_kept(timezone.now())
    let_go_rows(timezone.now())
    look_through_waiting()
    sweep()
    return int(Session.objects.filter(expire_date__lt=timezone.now()).delete()[0])


@task()
def keep_house_each_hour() -> int:
    """The same, and again in an hour for as long as a worker runs: once, however often it began."""
    from django.utils import timezone
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    done = int(keep_house.call())
    now = timezone.now()
    path = keep_house_each_hour.module_path
    # What is put off is not yet ``ready`` to the library.
    waits = DBTaskResult.objects.filter(status=TaskResultStatus.READY, run_after__gt=now)
    if not waits.filter(task_path=path).exists():
        keep_house_each_hour.using(run_after=now + _AGAIN).enqueue()
    return done
