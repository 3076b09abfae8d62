"""For which sides of a plan a person acts: those alone of whose organisations they are."""

from __future__ import annotations

from typing import Any

from remit.oversight import Actor
from remit.oversight.shared_plan import sides_of
from remit.web.access.person import Person
from remit.web.access.roles import Permission

_NEEDED = {"write": Permission.WRITE, "sign": Permission.SIGN}
"""What an act of the course needs → the permission that it is."""


def actor_of(person: Person, plan: Any) -> Actor:
    """The person as the course of a plan knows them: what they may do at each side.

    It comes from memberships at home, each for itself. That somebody may enter records at an
    organisation that they oversee lets them say and sign nothing for it.

    Parameters
    ----------
    person
        Who asks.
    plan
        The plan.

    Examples
    --------
    >>> actor_of(request.person, plan).may  # doctest: +SKIP
    {'trust': frozenset({'write'})}
    """
    may = {}
    for part, code in sides_of(plan).items():
        found = frozenset(need for need, one in _NEEDED.items() if code in person.at_home(one))
        if found:
            may[part] = found
    return Actor(f"account-{person.account.pk}" if person.account else "", may)
