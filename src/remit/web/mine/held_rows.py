"""Rows that were checked and wait for their sender's yes: kept for an hour, taken once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from remit.web.mine.models import WaitingRows

_KEPT = timedelta(hours=1)


def hold_rows(
    account: Any, kind: str, file_name: str, rows: list[dict[str, Any]], now: datetime
) -> str:
    """Keep rows until their sender says yes; the token by which they are taken.

    What the same account was shown before, and what waits too long, goes away.

    Parameters
    ----------
    account
        Who sent them.
    kind
        What they are to become.
    file_name
        Where they stood.
    rows
        Plain values by column.
    now
        The moment.
    """
    let_go_rows(now)
    WaitingRows.objects.filter(account=account, kind=kind).delete()
    token = secrets.token_urlsafe(32)
    WaitingRows.objects.create(
        token=token, account=account, kind=kind, file_name=file_name[:200], rows=rows, made_at=now
    )
    return token


def let_go_rows(now: datetime) -> None:
    """Delete rows that waited too long, also where nobody sends a list any more."""
    WaitingRows.objects.filter(made_at__lt=now - _KEPT).delete()


def take_rows(account: Any, kind: str, token: str, now: datetime) -> list[dict[str, Any]] | None:
    """The rows that wait under a token, which goes away with it; None where there are none.

    Parameters
    ----------
    account
        Who says yes: whoever sent them.
    kind
        What they are to become.
    token
        As :func:`hold_rows` gave it.
    now
        The moment.
    """
    waiting = WaitingRows.objects.select_for_update()
    mine = waiting.filter(account=account, kind=kind, made_at__gte=now - _KEPT)
    held = mine.filter(token=token).first()
    if held is None:
        return None
    rows: list[dict[str, Any]] = held.rows
    held.delete()
    return rows
