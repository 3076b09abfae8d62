"""What one organisation sees of another on a day, and why: register, map of remits, agreements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from django.conf import settings

from remit.model.organisation import OrganisationType
from remit.model.remit import Relation
from remit.register.load import load_register
from remit.remits import RemitMapError, find_subject, load_map
from remit.remits.holdings import everything
from remit.words.sentences import listed

NATIONAL = "ENGLAND"
"""Stands for NHS England's national teams, which the register of organisations does not list."""
NATIONAL_NAME = "NHS England, national"
_SEES = frozenset(Relation) - {Relation.IS_CONSULTED, Relation.DELIVERS}


class Agreed(Protocol):
    """A local agreement, as the database keeps it."""

    title: str
    seer: str
    seen: str
    sees: bool

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        ...


@dataclass(frozen=True, slots=True)
class Sight:
    """Whether an organisation sees another's records, whether as its own, and the reason."""

    seer: str
    seen: str
    allowed: bool
    because: str
    own: bool = False


def sight(seer: str, seen: str, on: date, agreements: Iterable[Agreed] = ()) -> Sight:
    """Whether one organisation sees the records of another on a day, with the reason.

    Parameters
    ----------
    seer, seen
        The codes of the two organisations.
    on
        The day.
    agreements
        The local ones; of those in force on the pair a narrowing one outweighs a widening one.

    Examples
    --------
    >>> sight("ZB1", "ZA1", date(2026, 4, 1)).allowed, sight("ZA1", "ZA2", date(2026, 4, 1)).allowed
    (True, False)
    """
    if seer == seen:
        return Sight(seer, seen, True, "it is the organisation's own record", own=True)
    agreed = [one for one in agreements if (one.seer, one.seen) == (seer, seen) and one.holds(on)]
    for one in agreed:
        if not one.sees:
            return Sight(seer, seen, False, f"the agreement “{one.title}” keeps it apart")
    reason = _overseen(seer, on).get(seen)
    if reason:
        return Sight(seer, seen, True, reason)
    if agreed:
        return Sight(seer, seen, True, f"the agreement “{agreed[0].title}” opens it")
    return Sight(seer, seen, False, _why_not(seer, seen, on))


def reach(seer: str, on: date, agreements: Iterable[Agreed] = ()) -> frozenset[str]:
    """All organisations whose records one organisation sees on a day, its own among them.

    Parameters
    ----------
    seer
        Its code.
    on
        The day.
    agreements
        The local ones.

    Examples
    --------
    >>> sorted(reach("ZB3", date(2026, 4, 1)))[:1]
    ['ZB3']
    """
    held = list(agreements)
    known = {seer, *_overseen(seer, on), *(one.seen for one in held if one.seer == seer)}
    return frozenset(code for code in known if sight(seer, code, on, held).allowed)


@lru_cache(maxsize=4096)
def _overseen(seer: str, on: date) -> dict[str, str]:
    """Code → why, of those that an organisation oversees by register and map on a day."""
    register = load_register()
    if seer == NATIONAL:
        return dict.fromkeys(register.codes, "NHS England oversees every organisation")
    organisation = register.find(seer)
    if organisation is None or organisation.type is OrganisationType.TRUST:
        return {}
    found = {}
    for member in register.members(seer, on):
        functions = _functions(seer, member.code, on)
        if functions:
            stands = "region of" if organisation.type is OrganisationType.REGION else "lead ICB of"
            found[member.code] = (
                f"on the register {seer} is {stands} {member.code} on that day, and by the map of "
                f"remits it has a part in {listed(functions)}"
            )
    return found


def _functions(seer: str, seen: str, on: date) -> list[str]:
    """The functions for which one has a remit at the other, by the declared map."""
    try:
        subject = find_subject(load_register(), seen, on)
        answers = everything(load_map(), subject, on)
    except RemitMapError:  # not open on that day, or a day before the map begins
        return []
    return [
        answer.function.name
        for answer in answers
        if any(
            held.named is not None and held.named.code == seer and held.entry.relation in _SEES
            for held in answer.holdings
        )
    ]


def _why_not(seer: str, seen: str, on: date) -> str:
    register = load_register()
    one, other = register.find(seer), register.find(seen)
    if other is None:
        return f"there is no organisation {seen} on the register"
    if seer == NATIONAL or one is None:
        return f"{seer} has no remit at {seen}"
    if one.type is OrganisationType.TRUST:
        return f"{seer} is a trust, and a trust sees its own records alone"
    if other not in register.members(seer, on):
        return f"on the register {seen} does not belong to {seer} on that day"
    return f"the map of remits gives {seer} no part at {seen} on that day"


def is_listed(code: str, on: date) -> bool:
    """Whether a list names an organisation of which it has nothing else to say.

    It stands on the register on that day, or on none (one of a local agreement may be on no
    register); a demonstration, which says that all is invented, names invented ones alone.

    Parameters
    ----------
    code
        The organisation.
    on
        The day.

    Examples
    --------
    >>> is_listed("ZA1", date(2026, 4, 1))  # doctest: +SKIP
    True
    """
    found = load_register().find(code)
    if found is None:
        return True
    return found.exists(on) and (found.fictional or not settings.REMIT_IS_DEMO)


def name_of(code: str, on: date) -> str:
    """The name of an organisation on a day, that of NHS England's national teams among them."""
    found = load_register().find(code)
    if found is None:
        return NATIONAL_NAME if code == NATIONAL else code
    return found.name_on(on)
