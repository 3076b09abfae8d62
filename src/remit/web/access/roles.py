"""Roles: what each is, in plain words, and what it permits at home and over those it oversees."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What a person may do to the records of an organisation."""

    READ = "read"
    EXPORT = "export"
    WRITE = "write"
    SIGN = "sign"
    READ_AUDIT = "read_audit"
    MANAGE = "manage"

    @property
    def words(self) -> str:
        """What it is, to stand after *may*."""
        return _WORDS[self]


_WORDS = {
    Permission.READ: "see the records",
    Permission.EXPORT: "download the records as a file",
    Permission.WRITE: "enter and change records",
    Permission.SIGN: "sign for the organisation",
    Permission.READ_AUDIT: "read the list of all changes",
    Permission.MANAGE: "say who belongs to the organisation",
}


class Role:
    """A role; each is a class of its own below, and holds no state."""

    key = ""
    name = ""
    description = ""
    at_home: frozenset[Permission] = frozenset()
    """At the organisation of the membership itself."""
    over_others: frozenset[Permission] = frozenset()
    """At the organisations that it oversees."""


class ReaderRole(Role):
    """Looks, and changes nothing."""

    key = "reader"
    name = "Reader"
    description = "Sees records and downloads them as files. Changes nothing. For board members."
    at_home = over_others = frozenset({Permission.READ, Permission.EXPORT})


class ContributorRole(ReaderRole):
    """Works with the records."""

    key = "contributor"
    name = "Contributor"
    description = (
        "Enters and changes asks and actions, at home and with those that the organisation "
        "oversees. For performance leads and company secretaries."
    )
    at_home = over_others = ReaderRole.at_home | {Permission.WRITE}


class SignatoryRole(ContributorRole):
    """Speaks for the organisation."""

    key = "signatory"
    name = "Signatory"
    description = (
        "All that a contributor may, and signs for the organisation. For chief executives."
    )
    at_home = ContributorRole.at_home | {Permission.SIGN}


class AdministratorRole(Role):
    """Looks after who belongs to the organisation."""

    key = "administrator"
    name = "Administrator"
    description = (
        "Gives and ends roles at the organisation, and sees what was changed. Changes no record. "
        "For those who look after people and access."
    )
    at_home = frozenset({Permission.READ, Permission.READ_AUDIT, Permission.MANAGE})
    over_others = frozenset({Permission.READ})


class AuditorRole(Role):
    """Checks what was done."""

    key = "auditor"
    name = "Auditor"
    description = "Sees and downloads records, and reads the list of all changes. Changes nothing."
    at_home = over_others = frozenset({Permission.READ, Permission.EXPORT, Permission.READ_AUDIT})


ROLES: tuple[type[Role], ...] = (
    ReaderRole, ContributorRole, SignatoryRole, AdministratorRole, AuditorRole,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role at an organisation: one membership, never joined with another."""

    organisation: str
    role: type[Role]


def role(key: str) -> type[Role]:
    """The role of a name.

    Raises
    ------
    KeyError
        If there is none.

    Examples
    --------
    >>> role("auditor").name
    'Auditor'
    """
    return {one.key: one for one in ROLES}[key]
