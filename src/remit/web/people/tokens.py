"""Tokens of programs: made and shown once, known again by their digest, ended."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from remit.records.audit import Event, note
from remit.web.access.person import Limits, Person
from remit.web.access.relations import NATIONAL
from remit.web.access.roles import Permission
from remit.web.people.asking import person_of
from remit.web.people.models import ApiToken

MOST_DAYS = 365
_PREFIX = "remit_"
"""By which programs that look for secrets in files know it."""
_READS = frozenset({Permission.READ, Permission.EXPORT, Permission.READ_AUDIT})
_WRITES = _READS | {Permission.WRITE}
"""No token signs, and none looks after people."""


def make_token(
    account: Any, name: str, on: date, *, days: int, may_write: bool = False, organisation: str = ""
) -> str:
    """Make a token of a person, with an entry in the audit, and give it: it is shown once.

    Parameters
    ----------
    account
        Whose.
    name
        What it is for.
    on
        The day on which it begins.
    days
        How long it holds, at most a year.
    may_write
        Whether it may enter and change records.
    organisation
        The only organisation that it reaches; blank for all that the person reaches.

    Raises
    ------
    ValueError
        If it is to hold for less than a day, or for more than a year.

    Examples
    --------
    >>> make_token(account, "weekly list", date(2026, 4, 1), days=90)  # doctest: +SKIP
    'remit_…'
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"a token holds for 1 to {MOST_DAYS} days, not for {days}")
    token = _PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        held = ApiToken.objects.create(
            account=account, name=name, digest=_digest(token), may_write=may_write,
            organisation=organisation, ends_on=on + timedelta(days=days),
        )  # fmt: skip
        _noted(held, f"account-{account.pk}", "grant", ends_on=(None, held.ends_on))
    return token


def person_by_token(given: str, on: date) -> Person | None:
    """Who comes by a token on a day, narrowed by it; None where it opens nothing.

    Examples
    --------
    >>> person_by_token("remit_guessed", date(2026, 4, 1)) is None  # doctest: +SKIP
    True
    """
    held = ApiToken.objects.select_related("account").filter(digest=_digest(given)).first()
    if held is None or not held.holds(on):
        return None
    if held.used_on != on:
        ApiToken.objects.filter(pk=held.pk).update(used_on=on)
    permissions = _WRITES if held.may_write else _READS
    limits = Limits(permissions, held.organisation, f"by the token {held.pk}")
    return person_of(held.account, on, limits)


def end_token(held: ApiToken, *, who: str, why: str = "") -> None:
    """End a token, with an entry in the audit: from this moment on it opens nothing.

    Parameters
    ----------
    held
        The token.
    who
        Who ends it, as the audit names accounts.
    why
        The reason, for the audit.
    """
    if held.ended_at is not None:
        return
    with transaction.atomic():
        held.ended_at = timezone.now()
        held.save(update_fields=["ended_at"])
        _noted(held, who, "withdraw", why=why, ended_at=(None, held.ended_at))


def _noted(held: ApiToken, who: str, what: str, *, why: str = "", **values: Any) -> None:
    """Enter what was done to a token, for those whose records it reaches."""
    codes = sorted({one.organisation for one in held.account.memberships.all()})
    acting_for = held.organisation or next(iter(codes), NATIONAL)
    note(Event(who, acting_for, what, why=why), held, codes, **values)


def _digest(token: str) -> str:
    # As long and as random as a key: no slow digest is needed, and none could be looked up by.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
