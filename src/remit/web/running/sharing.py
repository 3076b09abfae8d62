"""Agreements on who sees whose records, as whoever runs an instance keeps them."""

from __future__ import annotations

from datetime import date
from typing import Any

from remit.web.instance import InstanceError
from remit.web.signing_in.groups import check_organisation


def add_sharing(
    seer: str,
    seen: str,
    *,
    sees: bool,
    title: str,
    source: str,
    on: date,
    until: date | None = None,
) -> Any:
    """Keep an agreement that widens or narrows what one organisation sees of another.

    Parameters
    ----------
    seer, seen
        Codes: who would see, and whose records.
    sees
        True widens what register and map of remits give, False narrows it.
    title, source
        What people call it, and the document in which it stands.
    on, until
        The first day, and the first on which it holds no longer.

    Raises
    ------
    InstanceError
        If there is no such organisation, the two are one, it would end before it begins, or
        another says the same of the two at that time.

    Examples
    --------
    >>> add_sharing("ZA1", "ZA2", sees=True, title="Joint board",
    ...             source="Minutes, 2026-04-01", on=date(2026, 4, 1))  # doctest: +SKIP
    """
    from remit.records.audit import SYSTEM, Event, create
    from remit.web.people.models import SharingAgreement

    where = f"{seer} and {seen}"
    for code in (seer, seen):
        check_organisation(code, where)
    if seer == seen:
        raise InstanceError(f"{where}: an organisation always sees its own records")
    if until is not None and until <= on:
        raise InstanceError(f"{where}: it would end on {until}, and begins on {on}")
    for one in SharingAgreement.objects.filter(seer=seer, seen=seen, sees=sees):
        ends = one.valid_until or date.max
        if one.valid_from < (until or date.max) and on < ends:
            raise InstanceError(
                f"{where}: agreement {one.pk}, “{one.title}”, says so already; "
                f"end it first: remit web sharing end DIR {one.pk}"
            )
    return create(
        Event(SYSTEM, seen, "grant" if sees else "withdraw", why="agreed, by command"),
        SharingAgreement,
        title=title,
        seer=seer,
        seen=seen,
        sees=sees,
        source=source,
        valid_from=on,
        valid_until=until,
    )


def end_sharing(number: int, on: date) -> Any:
    """End an agreement from a day on; that it was there stays.

    Raises
    ------
    InstanceError
        If there is none of this number, or it has ended.
    """
    from remit.records.audit import SYSTEM, Event, change
    from remit.web.people.models import SharingAgreement

    found = SharingAgreement.objects.filter(pk=number).first()
    if found is None:
        raise InstanceError(f"There is no agreement {number}; see: remit web sharing list DIR")
    if found.valid_until is not None and found.valid_until <= on:
        raise InstanceError(f"Agreement {number} ended on {found.valid_until}")
    event = Event(SYSTEM, found.seen, "withdraw" if found.sees else "grant", why="ended by command")
    change(event, found, valid_until=max(on, found.valid_from))
    return found
