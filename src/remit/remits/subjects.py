"""The organisation that a question is about: which kinds it is of, and who stands around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from remit.model.organisation import Organisation, OrganisationType, SubjectKind
from remit.model.remit import Body, Subject
from remit.register import Register
from remit.register.card import Named
from remit.register.closing import absence
from remit.remits.remit_map import RemitMapError

_KINDS = {
    SubjectKind.ACUTE: Subject.ACUTE,
    SubjectKind.AMBULANCE: Subject.AMBULANCE,
    SubjectKind.MENTAL_HEALTH_COMMUNITY: Subject.MENTAL_HEALTH_COMMUNITY,
    SubjectKind.ICB: Subject.ICB,
}
TRUSTS = frozenset(Subject) - {Subject.ICB}
"""Every kind of trust: what "any trust" means."""

_WORDS = {
    **{subject.words.lower(): subject for subject in Subject},
    "provider": Subject.TRUST,
    "integrated care board": Subject.ICB,
    "acute": Subject.ACUTE,
    "ambulance": Subject.AMBULANCE,
    "ft": Subject.FOUNDATION_TRUST,
    "mental health trust": Subject.MENTAL_HEALTH_COMMUNITY,
    "community trust": Subject.MENTAL_HEALTH_COMMUNITY,
}


@dataclass(frozen=True, slots=True)
class SubjectOf:
    """An organisation, or a kind of organisation, that remits are about.

    ``around`` names, by the register's type (region, icb, trust), the organisations that stand
    around it on the day. ``known`` is False for one that the register of organisations lacks.
    """

    kinds: frozenset[Subject]
    name: str
    code: str | None = None
    around: Mapping[str, Named] = field(default_factory=dict)
    known: bool = True
    fictional: bool = False
    note: str = ""

    @property
    def label(self) -> str:
        """Code and name, or the kind in words."""
        return f"{self.code} {self.name}" if self.code else self.name

    def named(self, body: Body) -> Named | None:
        """The organisation that a body is here, as far as the register names it."""
        return self.around.get(body.register_type) if body.register_type else None


def find_subject(register: Register, text: str, on: date) -> SubjectOf:
    """The subject by the code or name of an organisation, or by a kind of organisation.

    Parameters
    ----------
    register
        The register of organisations.
    text
        A code, a name (present or former, or an alias), or a kind such as ``foundation trust``.
    on
        The day; names and neighbours are those of that day.

    Raises
    ------
    UnknownCode
        If there is none such; the message names the nearest organisations.
    RemitMapError
        If the organisation was not open on the day, or is neither a trust nor an ICB.
    """
    kind = _WORDS.get(" ".join(text.lower().replace("_", " ").replace("-", " ").split()))
    if kind is Subject.TRUST:
        return SubjectOf(TRUSTS, "any trust")
    if kind is not None:
        return SubjectOf(_with_general(kind), f"any {kind.words}")
    return _subject(register, register.named(text, on), on)


def outside_subject(code: str, name: str) -> SubjectOf:
    """An organisation that the register lacks, as a file of asks names it.

    Its kind goes by the words of its name, and no neighbour is known.
    """
    lower = f" {name.lower()} "
    if "integrated care board" in lower or " icb " in lower:
        kinds = frozenset({Subject.ICB})
    else:
        kinds = _with_general(_form(name))
        if "ambulance" in lower:
            kinds |= {Subject.AMBULANCE}
        elif "hospital" in lower:
            kinds |= {Subject.ACUTE}
    own = Named(code, name)
    around = {"icb": own} if Subject.ICB in kinds else {"trust": own}
    note = f"{code} is not on the register of organisations; its kind goes by its name"
    return SubjectOf(kinds, name, code, around, known=False, note=note)


def _subject(register: Register, organisation: Organisation, on: date) -> SubjectOf:
    if organisation.type is OrganisationType.REGION:
        raise RemitMapError(
            f"{organisation.code} ({organisation.name}) is a region; the map is about trusts and "
            "ICBs. Give one of these with --to"
        )
    if gone := absence(register, organisation, on):
        raise RemitMapError(f"{gone} Ask about another day with --on, or about that organisation")
    around = _around(register, organisation, on)
    return SubjectOf(
        kinds=_kinds(organisation, on),
        name=organisation.name_on(on),
        code=organisation.code,
        around=around,
        fictional=organisation.fictional,
        note=_missing(organisation, around, on),
    )


def _missing(organisation: Organisation, around: Mapping[str, Named], on: date) -> str:
    """Which neighbours the register does not know, with the reason where it notes one."""
    labels = {"icb": "ICB", "region": "region"}
    missing = [label for key, label in labels.items() if key not in around]
    if not missing:
        return ""
    why = f": {organisation.note}" if any(one in organisation.note for one in missing) else ""
    return f"the register does not know its {' or '.join(missing)} on {on}{why}"


def _around(register: Register, organisation: Organisation, on: date) -> dict[str, Named]:
    own = Named(organisation.code, organisation.name_on(on))
    around = {organisation.type.value: own}
    region = register.region(organisation.code, on)
    lead = register.lead_icb(organisation.code, on)
    for key, one in (("region", region), ("icb", lead)):
        if one is not None:
            around[key] = Named(one.code, one.name_on(on))
    return around


def _kinds(organisation: Organisation, on: date) -> frozenset[Subject]:
    if organisation.type is OrganisationType.ICB:
        return frozenset({Subject.ICB})
    kinds = _with_general(_form(organisation.name_on(on)))
    return kinds | {_KINDS[organisation.kind]} if organisation.kind else kinds


def _form(name: str) -> Subject:
    foundation = "foundation trust" in name.lower() or name.endswith(("FT", "NHSFT"))
    return Subject.FOUNDATION_TRUST if foundation else Subject.NHS_TRUST


def _with_general(kind: Subject) -> frozenset[Subject]:
    return frozenset({kind}) if kind is Subject.ICB else frozenset({kind, Subject.TRUST})
