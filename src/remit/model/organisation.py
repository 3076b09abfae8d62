"""Organisations of the NHS in England, dated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class OrganisationType(StrEnum):
    """The three layers of oversight that have a register entry of their own."""

    REGION = "region"
    ICB = "icb"
    TRUST = "trust"


class SubjectKind(StrEnum):
    """The kinds of organisation that a framework can judge: three of trust, and the ICB."""

    ACUTE = "acute"
    MENTAL_HEALTH_COMMUNITY = "mental_health_community"
    AMBULANCE = "ambulance"
    ICB = "icb"

    @property
    def label(self) -> str:
        """The kind as a page prints it."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    SubjectKind.ACUTE: "Acute trust",
    SubjectKind.MENTAL_HEALTH_COMMUNITY: "Mental health and community trust",
    SubjectKind.AMBULANCE: "Ambulance trust",
    SubjectKind.ICB: "Integrated care board",
}

TrustKind = SubjectKind
"""The same kinds, where only trusts can be meant."""

TRUST_KINDS = (
    SubjectKind.ACUTE,
    SubjectKind.MENTAL_HEALTH_COMMUNITY,
    SubjectKind.AMBULANCE,
)


@dataclass(frozen=True, slots=True)
class Membership:
    """That an organisation belonged to another (``code``) between two dates.

    ``valid_to`` is the last day, or None while it holds.
    """

    code: str
    valid_from: date
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the membership holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Succession:
    """That an organisation's work passed to others (``successors``) on a day.

    Several successors mean that its area was divided between them; ``parts`` says in words which
    part went to whom, as far as a source does.
    """

    on: date
    successors: tuple[str, ...]
    note: str = ""
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that an organisation had; ``until`` is the last day it is known to have held."""

    name: str
    until: date


@dataclass(frozen=True, slots=True)
class Organisation:
    """One region, ICB or trust as the register knows it.

    ``opened`` is the first day; ``closed`` the last, or None while it is open.
    ``regions`` and ``lead_icbs`` are dated; ``partner_icbs`` lists the ICBs on whose
    constitution a trust is a partner. ``source`` says in words where the facts come from.
    ``former_names`` stand in the order in which they ended. ``fictional`` marks sample
    organisations. ``site`` is the hospital of a trust's registered address.
    """

    code: str
    name: str
    type: OrganisationType
    opened: date
    closed: date | None
    source: str
    kind: TrustKind | None = None
    subkind: str | None = None
    regions: tuple[Membership, ...] = ()
    lead_icbs: tuple[Membership, ...] = ()
    partner_icbs: tuple[Membership, ...] = ()
    succession: Succession | None = None
    aliases: tuple[str, ...] = ()
    ons_code: str | None = None
    former_ons_codes: tuple[str, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    fictional: bool = False
    note: str = ""
    site: str | None = None

    @property
    def judged_as(self) -> SubjectKind | None:
        """The kind that a framework would judge the organisation as, or None."""
        return SubjectKind.ICB if self.type is OrganisationType.ICB else self.kind

    def exists(self, on: date) -> bool:
        """Whether the organisation is open on a day."""
        return self.opened <= on and (self.closed is None or on <= self.closed)

    def name_on(self, on: date) -> str:
        """The name on a day, as far as the register knows when it changed."""
        return next((former.name for former in self.former_names if on <= former.until), self.name)
