"""May this person? Each question as a pair: ``user_can_…`` answers, ``check_…`` refuses.

Whether the record is in a state for it is another question: see :mod:`remit.web.access.policies`.
"""

from __future__ import annotations

from collections.abc import Collection
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


def user_can_write_at(person: Person, *codes: str) -> bool:
    """Whether they may enter and change records of one of some organisations."""
    return any(person.may(Permission.WRITE, code) for code in codes)


def check_write_at(person: Person, *codes: str) -> None:
    """Refuse whoever may enter and change records of none of some organisations.

    Raises
    ------
    PermissionDenied
        If they may not.
    """
    if not user_can_write_at(person, *codes):
        raise PermissionDenied("Your roles do not let you enter or change records there.")


def own_homes(person: Person) -> list[str]:
    """For which organisations they may enter something new: where a role of theirs is at home."""
    return sorted(person.at_home(Permission.WRITE))


def user_can_enter(person: Person) -> bool:
    """Whether they may enter something new for an organisation of their own."""
    return bool(own_homes(person))


def check_enter(person: Person) -> None:
    """Refuse whoever may enter something new for no organisation of their own.

    Raises
    ------
    PermissionDenied
        If they may not.
    """
    if not user_can_enter(person):
        raise PermissionDenied("Your roles let you enter records of no organisation of your own.")


def user_can_speak_for(person: Person, organisation: str) -> bool:
    """Whether they may say something in an organisation's name: as one of its own alone."""
    return organisation in own_homes(person)


def check_speak_for(person: Person, organisation: str) -> None:
    """Refuse whoever is no writer of the organisation itself, though they oversee it.

    Raises
    ------
    PermissionDenied
        If they may not.
    """
    if not user_can_speak_for(person, organisation):
        name = name_of(organisation, person.on)
        raise PermissionDenied(f"Only {name} itself answers here.")


def user_can_choose_parties(person: Person, home: str, changed: Collection[str]) -> bool:
    """Whether they may say who takes part in a record: its home does; a party may leave.

    Parameters
    ----------
    person
        Who asks.
    home
        The organisation whose record it is.
    changed
        Codes of the organisations that would come or go.
    """
    return user_can_write_at(person, home) or set(changed) <= set(own_homes(person))


def check_choose_parties(person: Person, home: str, changed: Collection[str]) -> None:
    """Refuse whoever would bring another in, or take another out, where they are a guest.

    Parameters
    ----------
    person
        Who asks.
    home
        The organisation whose record it is.
    changed
        Codes of the organisations that would come or go.

    Raises
    ------
    PermissionDenied
        If they would.
    """
    if not user_can_choose_parties(person, home, changed):
        name = name_of(home, person.on)
        raise PermissionDenied(
            f"Only {name}, whose record it is, says who takes part. Your own can leave."
        )


def user_can_export(person: Person) -> bool:
    """Whether they may take records away anywhere; which ones, visibility says."""
    return person.may_anywhere(Permission.EXPORT)


def check_export(person: Person) -> None:
    """Refuse whoever may take records away nowhere."""
    _check_anywhere(person, Permission.EXPORT)


def user_can_bring_in(person: Person) -> bool:
    """Whether they may enter records anywhere; of which organisations, each record says."""
    return person.may_anywhere(Permission.WRITE)


def check_bring_in(person: Person) -> None:
    """Refuse whoever may enter records nowhere."""
    _check_anywhere(person, Permission.WRITE)


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


def user_can_manage_at(person: Person, organisation: str) -> bool:
    """Whether they say who belongs to an organisation: as an administrator of it alone."""
    return organisation in person.at_home(Permission.MANAGE)


def check_manage_at(person: Person, organisation: str) -> None:
    """Refuse whoever is no administrator of the organisation itself.

    Raises
    ------
    PermissionDenied
        If they are not.
    """
    if not user_can_manage_at(person, organisation):
        name = name_of(organisation, person.on)
        raise PermissionDenied(f"Only an administrator of {name} says who belongs to it.")


def user_can_sign(person: Person, organisation: str) -> bool:
    """Whether they may sign for the organisation."""
    return person.may(Permission.SIGN, organisation)


def check_sign(person: Person, organisation: str) -> None:
    """Refuse whoever may not sign for the organisation."""
    _check(person, Permission.SIGN, organisation)


def user_can_act_for(person: Person, plan: Any, part: str, need: str = "write") -> bool:
    """Whether they may write or sign for a side of a plan; what is open now, its state says.

    Parameters
    ----------
    person
        Who asks.
    plan
        The plan.
    part
        The side.
    need
        ``write`` or ``sign``, as the act declares.
    """
    return need in actor_of(person, plan).may.get(part, frozenset())


def check_act_for(person: Person, plan: Any, part: str, need: str = "write") -> None:
    """Refuse whoever is not of a side of a plan, or may not write or sign there.

    Parameters
    ----------
    person
        Who asks.
    plan
        The plan.
    part
        The side.
    need
        ``write`` or ``sign``, as the act declares.

    Raises
    ------
    PermissionDenied
        If they may not.
    """
    if not user_can_act_for(person, plan, part, need):
        raise PermissionDenied(f"Your roles do not let you {need} for this side of the plan.")


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
