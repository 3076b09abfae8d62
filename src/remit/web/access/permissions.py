"""May this person? Each question as a pair: ``user_can_…`` answers, ``check_…`` refuses.

Whether the record is in a state for it is another question: see :mod:`remit.web.access.policies`.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

from remit.web.access.person import Person
from remit.web.access.relations import name_of
from remit.web.access.roles import Permission
from remit.web.access.sides import actor_of
from remit.web.access.visibility import allowed


def user_can_read(person: Person, organisation: str) -> bool:
    """Whether they may see the organisation's records."""
    return person.may(Permission.READ, organisation)


def check_read(person: Person, organisation: str) -> None:
    """Refuse whoever may not see the organisation's records."""
    _check(person, Permission.READ, organisation)


def user_can_write(person: Person, record: Any) -> bool:
    """Whether they may change a record, and enter what hangs on it."""
    return allowed(record, person, Permission.WRITE)


def check_write(person: Person, record: Any) -> None:
    """Refuse whoever may not change a record, or enter what hangs on it.

    Raises
    ------
    PermissionDenied
        If they may not.
    """
    if not user_can_write(person, record):
        raise PermissionDenied("Your roles do not let you enter or change records there.")


def user_can_export(person: Person) -> bool:
    """Whether they may take records away anywhere; which ones, visibility says."""
    return person.may_anywhere(Permission.EXPORT)


def check_export(person: Person) -> None:
    """Refuse whoever may take records away nowhere."""
    _check_anywhere(person, Permission.EXPORT)


def user_can_read_audit(person: Person) -> bool:
    """Whether they may read lists of changes anywhere; which ones, visibility says."""
    return person.may_anywhere(Permission.READ_AUDIT)


def check_read_audit(person: Person) -> None:
    """Refuse whoever may read lists of changes nowhere."""
    _check_anywhere(person, Permission.READ_AUDIT)


def user_can_manage(person: Person) -> bool:
    """Whether they look after the people of any organisation; of which, visibility says."""
    return person.may_anywhere(Permission.MANAGE)


def check_manage(person: Person) -> None:
    """Refuse whoever looks after the people of no organisation."""
    _check_anywhere(person, Permission.MANAGE)


def user_can_sign(person: Person, organisation: str) -> bool:
    """Whether they may sign for the organisation."""
    return person.may(Permission.SIGN, organisation)


def check_sign(person: Person, organisation: str) -> None:
    """Refuse whoever may not sign for the organisation."""
    _check(person, Permission.SIGN, organisation)


def user_can_act_for(person: Person, plan: Any, part: str) -> bool:
    """Whether they may do something for a side of a plan; what, its state says."""
    return part in actor_of(person, plan).may


def check_act_for(person: Person, plan: Any, part: str) -> None:
    """Refuse whoever is not of a side of a plan, or only looks there.

    Raises
    ------
    PermissionDenied
        If so.
    """
    if not user_can_act_for(person, plan, part):
        raise PermissionDenied("Your roles do not let you act for this side of the plan.")


def user_can_begin_plan(person: Person, organisation: str) -> bool:
    """Whether they may begin a plan for a region: they write there, and are of it."""
    return organisation in person.at_home(Permission.WRITE)


def check_begin_plan(person: Person, organisation: str) -> None:
    """Refuse whoever may not begin a plan for a region.

    Raises
    ------
    PermissionDenied
        If they may not.
    """
    if not user_can_begin_plan(person, organisation):
        raise PermissionDenied("The region begins a plan. Your roles do not let you write there.")


def _check(person: Person, permission: Permission, organisation: str) -> None:
    if not person.may(permission, organisation):
        name = name_of(organisation, person.on)
        raise PermissionDenied(f"Your roles do not let you {permission.words} of {name}.")


def _check_anywhere(person: Person, permission: Permission) -> None:
    if not person.may_anywhere(permission):
        raise PermissionDenied(f"Your roles let you {permission.words} of no organisation.")
