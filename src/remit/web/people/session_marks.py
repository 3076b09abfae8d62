"""From the secret of a form to the person whose session it was, also when that has ended."""

from __future__ import annotations

import hashlib
import string
from datetime import datetime, timedelta
from typing import Any

from remit.web.people.models import SessionMark

KNOWN_FOR = timedelta(hours=48)
"""As long as the longest session that can be set, and a day."""
_SIGNS = string.ascii_letters + string.digits
_SECRET = 32


def mark_session(account: Any, secret: str, now: datetime) -> str:
    """Note that the forms of a person's session carry a secret; the mark by which it is known.

    Parameters
    ----------
    account
        Who is signed in.
    secret
        What their forms carry against forgery; signing in gives another.
    now
        The moment.
    """
    digest = _digest(secret)
    SessionMark.objects.update_or_create(
        digest=digest, defaults={"account": account, "made_at": now}
    )
    return digest


def is_marked(secret: str, mark: str) -> bool:
    """Whether a mark is the one of a secret."""
    return _digest(secret) == mark


def account_of_form(token: str, now: datetime) -> Any:
    """Whose session a form came from, by the token that it carries; None where it was nobody's.

    Parameters
    ----------
    token
        What the form carries against forgery.
    now
        The moment; a session that began too long ago is not known any more.
    """
    secret = secret_of(token)
    if not secret:
        return None
    marks = SessionMark.objects.select_related("account").filter(made_at__gte=now - KNOWN_FOR)
    held = marks.filter(digest=_digest(secret)).first()
    return held.account if held is not None and held.account.is_active else None


def secret_of(token: str) -> str:
    """The secret in a form's token, which is masked anew on each page; nothing where it is none.

    Examples
    --------
    >>> secret_of("b" * 32 + "d" * 32)
    'cccccccccccccccccccccccccccccccc'
    >>> secret_of("too short"), secret_of("é" * 64)
    ('', '')
    """
    if len(token) != 2 * _SECRET or not set(token) <= set(_SIGNS):
        return ""
    mask, masked = token[:_SECRET], token[_SECRET:]
    pairs = zip(masked, mask, strict=True)
    return "".join(_SIGNS[_SIGNS.index(one) - _SIGNS.index(other)] for one, other in pairs)


def _digest(secret: str) -> str:
    # As random as a key (190 bits): no slow digest is needed.
    return hashlib.sha256(secret.encode()).hexdigest()
