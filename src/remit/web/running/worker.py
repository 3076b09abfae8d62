"""The process that works in the background."""

from __future__ import annotations


def work(*, once: bool = False) -> None:
    """Do what waits; with ``once`` until nothing waits, else until stopped.

    Parameters
    ----------
    once
        Whether to end when nothing waits.
    """
    from django.core.management import call_command

    from remit.web.running.tasks import keep_house_each_hour

    keep_house_each_hour.enqueue()
    call_command("db_worker", batch=once, verbosity=0, interval=5)
