"""Which standards, goals and marks bind an organisation on a day, and who set them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from remit.catalogue import load_computed_metrics, load_framework, load_metrics, load_targets
from remit.model.metric import Metric
from remit.model.organisation import OrganisationType
from remit.model.remit import Subject
from remit.model.target import Bearer, DeclaredTarget, TargetKind
from remit.register import Register
from remit.remits.subjects import TRUSTS, SubjectOf, find_subject

ENGLAND = "ENG"

_BEARERS = {
    Subject.ACUTE: Bearer.ACUTE,
    Subject.AMBULANCE: Bearer.AMBULANCE,
    Subject.MENTAL_HEALTH_COMMUNITY: Bearer.MENTAL_HEALTH_COMMUNITY,
    Subject.TRUST: Bearer.TRUST,
    Subject.ICB: Bearer.ICB,
}


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom standards and goals are to bind: an organisation, a kind of them, or England.

    ``of_one_kind`` is False where any trust is meant, of whatever kind.
    """

    label: str
    bearers: frozenset[Bearer]
    fictional: bool = False
    of_one_kind: bool = True

    @property
    def levels(self) -> frozenset[str]:
        """The levels of series that it is at."""
        return frozenset(bearer.level for bearer in self.bearers)


@dataclass(frozen=True, slots=True)
class Binding:
    """One target that binds.

    ``only_where`` is what a trust must do to be bound, where its kind alone does not tell.
    """

    target: DeclaredTarget
    metrics: tuple[Metric, ...]
    bearers: str
    only_where: str = ""


def addressee(register: Register, text: str, on: date) -> Addressee:
    """The organisation, kind of organisation or country that a text names on a day.

    Parameters
    ----------
    register
        The register of organisations.
    text
        As for :func:`remit.remits.find_subject`; also the code of a region, ``ENG`` or ``England``.
    on
        The day.

    Raises
    ------
    UnknownCode
        If there is none such.
    RemitMapError
        If the organisation was not open on the day.
    """
    if text.strip().upper() in {ENGLAND, "ENGLAND"}:
        return Addressee("England", frozenset({Bearer.ENGLAND}))
    found = register.find(text.strip().upper())
    if found is not None and found.type is OrganisationType.REGION:
        label = f"{found.code} {found.name_on(on)}"
        return Addressee(label, frozenset({Bearer.REGION}), found.fictional)
    return _addressed(find_subject(register, text, on))


def _addressed(subject: SubjectOf) -> Addressee:
    found = frozenset(_BEARERS[kind] for kind in subject.kinds if kind in _BEARERS)
    # A form of trust, such as "foundation trust", says nothing of the kind.
    kinds = found if subject.kinds != TRUSTS and found != {Bearer.TRUST} else frozenset()
    every = frozenset({*_BEARERS.values()} - {Bearer.ICB})
    return Addressee(subject.label, kinds or every, subject.fictional, of_one_kind=bool(kinds))


def binding(whom: Addressee, on: date) -> list[Binding]:
    """What binds somebody on a day, in the order in which it is declared.

    A mark of a framework binds while the framework is in force.

    Parameters
    ----------
    whom
        Whom it is to bind (:func:`addressee`).
    on
        The day.

    Examples
    --------
    ``binding(addressee(load_register(), "RYJ", day), day)``
    """
    known = {**load_computed_metrics(), **load_metrics().metrics}
    return [
        Binding(target, tuple(known[name] for name in target.metrics), who, only)
        for target in load_targets()
        if target.holds_on(on) and _framework_holds(target, on)
        for who, only in _bound(target, whom)
    ]


def _framework_holds(target: DeclaredTarget, on: date) -> bool:
    if target.framework is None:
        return True
    framework = load_framework(target.framework).framework
    return framework.valid_from <= on <= (framework.valid_to or date.max)


def _bound(target: DeclaredTarget, whom: Addressee) -> Iterator[tuple[str, str]]:
    """Who is bound in words and on what condition; nothing where nobody of them is."""
    ours = [bearer for bearer in target.binds if bearer in whom.bearers]
    is_trust = "trust" in whom.levels
    if ours:
        yield target.bearers(ours[0].level), ""
    elif is_trust and target.where and target.binds_level("trust"):
        yield target.bearers("trust"), target.where


def counted(found: Sequence[Binding]) -> dict[TargetKind, int]:
    """How many of each kind bind, those that bind on a condition left out."""
    return {
        kind: sum(one.target.kind is kind and not one.only_where for one in found)
        for kind in TargetKind
    }
