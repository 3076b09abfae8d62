"""The person who asks, as permission sees them: their memberships of a day, each for itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from remit.web.access.relations import Agreed, reach, sight
from remit.web.access.roles import Permission, RoleHeld


@dataclass(frozen=True, slots=True)
class Limits:
    """What narrows a person who comes by a token: it never gives what their roles do not."""

    permissions: frozenset[Permission] = frozenset(Permission)
    organisation: str = ""
    """The only one that is reached; blank for all that the roles reach."""
    through: str = ""
    """By which way they came, for the audit; blank for a browser."""


EVERYTHING = Limits()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a day; ``held`` are the memberships in force then.

    Each membership is judged for itself: what a role permits at one organisation is never joined
    with where another role reaches.
    """

    name: str
    on: date
    held: tuple[RoleHeld, ...] = ()
    agreements: tuple[Agreed, ...] = ()
    account: Any = None
    limits: Limits = EVERYTHING
    _codes: dict[Permission, frozenset[str]] = field(default_factory=dict, compare=False)

    def codes(self, permission: Permission) -> frozenset[str]:
        """The organisations at which the person has a permission."""
        if permission not in self._codes:
            found = (self._of_one(one, permission) for one in self.held)
            self._codes[permission] = self._limited(permission, frozenset().union(*found))
        return self._codes[permission]

    def _limited(self, permission: Permission, codes: frozenset[str]) -> frozenset[str]:
        if permission not in self.limits.permissions:
            return frozenset()
        return codes & {self.limits.organisation} if self.limits.organisation else codes

    def _of_one(self, held: RoleHeld, permission: Permission) -> frozenset[str]:
        home = frozenset({held.organisation})
        codes = home if permission in held.role.at_home else frozenset()
        if permission in held.role.over_others:
            codes |= reach(held.organisation, self.on, self.agreements) - home
        return codes

    def at_home(self, permission: Permission) -> frozenset[str]:
        """The organisations of which the person is, and at which that gives a permission.

        Who oversees an organisation speaks not for it, and sees not what is still its own alone.
        """
        homes = (one.organisation for one in self.held if permission in one.role.at_home)
        return self._limited(permission, frozenset(homes))

    def may(self, permission: Permission, organisation: str) -> bool:
        """Whether the person has a permission at an organisation."""
        return organisation in self.codes(permission)

    def may_anywhere(self, permission: Permission) -> bool:
        """Whether the person has a permission at any organisation."""
        return bool(self.codes(permission))

    def reasons(self, organisation: str) -> list[str]:
        """For each membership, why it does or does not let the person see an organisation."""
        lines = []
        for one in self.held:
            seen = sight(one.organisation, organisation, self.on, self.agreements)
            granted = one.role.at_home if seen.own else one.role.over_others
            may = [p.words for p in Permission if p in granted] if seen.allowed else []
            does = f"you may {', '.join(may)}" if may else "this opens nothing"
            lines.append(
                f"As {one.role.name.lower()} of {one.organisation}: {does}, because {seen.because}."
            )
        return lines
