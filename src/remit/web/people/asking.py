"""From an account to the person who asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from remit.web.access.person import EVERYTHING, Limits, Person
from remit.web.access.roles import RoleHeld, role
from remit.web.people.models import SharingAgreement


def today() -> date:
    """The day in London, wherever the server stands and whatever its clock is set to.

    Examples
    --------
    >>> today()  # doctest: +SKIP
    datetime.date(2026, 4, 1)
    """
    from django.utils import timezone

    found: date = timezone.localdate()
    return found


def person_of(account: Any, on: date, limits: Limits = EVERYTHING) -> Person:
    """The person of an account on a day.

    Parameters
    ----------
    account
        A signed-in account, or an anonymous one, which holds nothing.
    on
        The day.
    limits
        What narrows somebody who comes by a token.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> person_of(SimpleNamespace(is_authenticated=False), date(2026, 4, 1)).held
    ()
    """
    if not account.is_authenticated or not account.is_active:
        return Person("", on)
    held = tuple(
        RoleHeld(one.organisation, role(one.role))
        for one in account.memberships.order_by("organisation", "role")
        if one.holds(on)
    )
    seers = {one.organisation for one in held}
    agreements: Iterable[Any] = SharingAgreement.objects.filter(seer__in=seers)
    return Person(
        account.name, on, held, tuple(one for one in agreements if one.holds(on)), account, limits
    )
