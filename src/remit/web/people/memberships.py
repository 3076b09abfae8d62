"""Beginning and ending a membership, each with its entry in the audit."""

from __future__ import annotations

from datetime import date
from typing import Any

from remit.records.audit import SYSTEM, Event, change, create
from remit.web.people.models import AccountMembership


def begin_membership(
    account: Any,
    organisation: str,
    role: str,
    on: date,
    *,
    until: date | None = None,
    by_group: str = "",
    why: str = "",
) -> AccountMembership:
    """Give a person a role at an organisation.

    Parameters
    ----------
    account
        Whom.
    organisation, role
        Where, and what.
    on, until
        The first day, and the first on which it holds no longer.
    by_group
        The group of the organisation's sign-in that gives it.
    why
        The reason, for the audit.

    Examples
    --------
    >>> begin_membership(account, "ZB1", "reader", date(2026, 4, 1))  # doctest: +SKIP
    """
    made: AccountMembership = create(
        Event(SYSTEM, organisation, "grant", why=why),
        AccountMembership,
        account=account,
        organisation=organisation,
        role=role,
        valid_from=on,
        valid_until=until,
        by_group=by_group,
    )
    return made


def end_membership(held: AccountMembership, on: date, *, why: str = "") -> None:
    """End a membership; from that day on it holds no longer."""
    event = Event(SYSTEM, held.organisation, "withdraw", why=why)
    change(event, held, valid_until=max(on, held.valid_from))
