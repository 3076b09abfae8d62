"""The secret addresses of calendars: made, ended and known again by their digests."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any

from remit.web.mine.models import CalendarFeed


def begin_feed(account: Any, now: datetime) -> str:
    """Give an account's calendar a new secret, which is told once; one before opens nothing more.

    Parameters
    ----------
    account
        Whose calendar it is.
    now
        The moment.

    Examples
    --------
    >>> len(begin_feed(request.user, timezone.now()))  # doctest: +SKIP
    43
    """
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        account=account, defaults={"digest": _digest(secret), "made_at": now}
    )
    return secret


def end_feed(account: Any) -> None:
    """Let an account's calendar be fetched no more."""
    CalendarFeed.objects.filter(account=account).delete()


def account_of_feed(secret: str) -> Any:
    """The account that a secret belongs to; None where there is none that may still sign in."""
    held = CalendarFeed.objects.select_related("account").filter(digest=_digest(secret)).first()
    return held.account if held is not None and held.account.is_active else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
