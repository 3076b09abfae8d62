"""When somebody was here before."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from remit.web.mine.models import Visit

_ONE_VISIT = timedelta(hours=1)
"""Looks that are nearer to each other are one visit."""
_NOTED_EACH = timedelta(minutes=5)
LONGEST = timedelta(days=30)
"""What moved before that is told nobody as news."""


def here_before(account: Any, now: datetime) -> datetime:
    """When an account's visit before this one ended; this look is noted.

    Parameters
    ----------
    account
        Who looks.
    now
        The moment.

    Examples
    --------
    >>> here_before(request.user, timezone.now())  # doctest: +SKIP
    datetime.datetime(2026, 4, 1, 15, 20, tzinfo=datetime.timezone.utc)
    """
    held = Visit.objects.filter(account=account).first()
    if held is None:
        before = now - LONGEST
    else:
        before = held.last if now - held.last > _ONE_VISIT else held.before
    if held is None or now - held.last > _NOTED_EACH:
        Visit.objects.update_or_create(account=account, defaults={"before": before, "last": now})
    return max(before, now - LONGEST)
