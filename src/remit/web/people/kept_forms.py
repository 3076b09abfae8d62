"""What somebody had typed when their session ended: sealed, for them alone, for a day."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from remit.web.people.models import KeptForm, SessionMark
from remit.web.people.session_marks import KNOWN_FOR

KEPT_FOR = timedelta(days=1)
LARGEST = 256 * 1024
"""Characters of all fields together."""
MOST = 5
"""So many of one person, and in one browser; the oldest goes."""


@dataclass(frozen=True, slots=True)
class TypedForm:
    """A form as it was sent."""

    page: str
    """Where it stood: path and query."""
    path: str
    """Where it was sent to."""
    fields: tuple[tuple[str, str], ...]
    has_file: bool = False
    """A file was sent with it, which is not kept."""

    @property
    def size(self) -> int:
        """Characters of all fields together."""
        return sum(len(name) + len(value) for name, value in self.fields)


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that is kept, and the token of the browser by which it was found."""

    token: str
    form: TypedForm
    kept_at: datetime


def keep_form(account: Any, form: TypedForm, now: datetime) -> str:
    """Keep a form for a person; the token that their browser is given.

    Parameters
    ----------
    account
        Whose session had ended.
    form
        What was typed; at most :data:`LARGEST`.
    now
        The moment.

    Raises
    ------
    ValueError
        If it is too large.
    """
    if form.size > LARGEST:
        raise ValueError(f"a form of {form.size} characters is not kept; at most {LARGEST}")
    token = secrets.token_urlsafe(32)
    plain = zlib.compress(json.dumps(asdict(form)).encode("utf-8", "surrogatepass"))
    KeptForm.objects.create(
        digest=_digest(token), account=account, sealed=_lock(token).encrypt(plain), kept_at=now
    )
    newest = KeptForm.objects.filter(account=account).order_by("-kept_at", "digest")
    too_many = list(newest.values_list("pk", flat=True)[MOST:])
    KeptForm.objects.filter(pk__in=too_many).delete()
    return token


def kept_for(account: Any, tokens: Sequence[str], now: datetime) -> list[Kept]:
    """What is kept for a person in a browser, the newest first; nothing of anybody else.

    Parameters
    ----------
    account
        Who is signed in.
    tokens
        What the browser was given.
    now
        The moment; what is older than a day is not given any more.
    """
    by_digest = {_digest(one): one for one in tokens[:MOST]}
    rows = KeptForm.objects.filter(account=account, kept_at__gte=now - KEPT_FOR)
    found = []
    for row in rows.filter(pk__in=list(by_digest)).order_by("-kept_at", "digest"):
        token = by_digest[row.digest]
        held = json.loads(zlib.decompress(_lock(token).decrypt(bytes(row.sealed))))
        fields = tuple((name, value) for name, value in held.pop("fields"))
        found.append(Kept(token, TypedForm(**held, fields=fields), row.kept_at))
    return found


def drop_kept(account: Any, token: str) -> bool:
    """Delete what is kept under a token of a person; whether it was there still."""
    rows = KeptForm.objects.filter(account=account, digest=_digest(token))
    return bool(rows.delete()[0])


def clear_kept(now: datetime) -> int:
    """Delete what nobody came back for within a day, and marks of sessions long over; how many."""
    rows = KeptForm.objects.filter(kept_at__lt=now - KEPT_FOR)
    marks = SessionMark.objects.filter(made_at__lt=now - KNOWN_FOR)
    marks.delete()
    return int(rows.delete()[0])


def tokens_in(cookie: str) -> list[str]:
    """The tokens that a browser was given, as its cookie holds them.

    Examples
    --------
    >>> tokens_in("one.two")
    ['one', 'two']
    """
    return [one for one in cookie.split(".") if one][:MOST]


def _lock(token: str) -> Any:
    """Opens by the browser's token and the instance's key together."""
    from cryptography.fernet import Fernet
    from django.utils.crypto import salted_hmac

    key = salted_hmac("remit.web.kept_forms", token, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
