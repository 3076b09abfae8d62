"""Which group of the organisation's sign-in gives which role, as a file declares it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from remit.register.load import load_register
from remit.web.access.relations import NATIONAL
from remit.web.access.roles import ROLES
from remit.web.instance import InstanceError
from remit.words.nearest import nearest


@dataclass(frozen=True, slots=True)
class GrantedRole:
    """A role at an organisation that a group gives."""

    group: str
    organisation: str
    role: str


def read_groups(path: Path | str) -> tuple[GrantedRole, ...]:
    """The groups of a file; none where there is no file.

    Parameters
    ----------
    path
        A YAML file with a list ``groups``, each with ``group``, ``organisation`` and ``role``.

    Raises
    ------
    InstanceError
        If it cannot be read, or names an organisation or a role that there is not.

    Examples
    --------
    >>> read_groups("no-such-file.yaml")
    ()
    """
    place = Path(path)
    try:
        text = place.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise InstanceError(f"{place}: it cannot be read: {error}") from None
    try:
        entries = (yaml.safe_load(text) or {})["groups"]
        found = [GrantedRole(*(str(one[key]) for key in _KEYS)) for one in entries]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        raise InstanceError(
            f"{place}: write a list under 'groups', each entry with {', '.join(_KEYS)}"
        ) from None
    for one in found:
        check_organisation_and_role(one.organisation, one.role, str(place))
    return tuple(found)


_KEYS = ("group", "organisation", "role")


def check_organisation_and_role(organisation: str, role: str, where: str) -> None:
    """Refuse an organisation or a role that there is not.

    Raises
    ------
    InstanceError
        If there is none; the message names the nearest.
    """
    check_organisation(organisation, where)
    keys = [one.key for one in ROLES]
    if role not in keys:
        raise InstanceError(f"{where}: there is no role {role!r}; nearest: {nearest(role, keys)}")


def check_organisation(organisation: str, where: str) -> None:
    """Refuse an organisation that the register does not have.

    Raises
    ------
    InstanceError
        If it has none of the code; the message names the nearest.
    """
    register = load_register()
    if organisation != NATIONAL and register.find(organisation) is None:
        near = "; ".join(f"{one.code} {one.name}" for one in register.nearest(organisation, 2))
        raise InstanceError(
            f"{where}: no organisation {organisation!r} is on the register; nearest: {near}"
        )


def granted(declared: Sequence[GrantedRole], groups: Iterable[str]) -> list[GrantedRole]:
    """What a person's groups give.

    Examples
    --------
    >>> one = GrantedRole("g-1", "ZB1", "reader")
    >>> granted([one], ["g-2", "g-1"]) == [one]
    True
    """
    mine = frozenset(groups)
    return [one for one in declared if one.group in mine]


def settle_memberships(account: Any, roles: Sequence[GrantedRole], on: date) -> None:
    """Begin the memberships that groups give from now on, and end those that they give no more.

    Parameters
    ----------
    account
        The person's account; memberships that a person gave are left alone.
    roles
        What the groups give now.
    on
        The day.
    """
    from remit.web.people.memberships import begin_membership, end_membership

    wanted = {(one.group, one.organisation, one.role) for one in roles}
    for held in account.memberships.exclude(by_group="").filter(valid_until=None):
        key = (held.by_group, held.organisation, held.role)
        if key in wanted:
            wanted.discard(key)
        else:
            end_membership(held, on, why=f"the group {held.by_group} is gone")
    for group, organisation, role in sorted(wanted):
        begin_membership(account, organisation, role, on, by_group=group, why=f"the group {group}")
