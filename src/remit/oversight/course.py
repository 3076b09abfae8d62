"""The course of a plan that region, ICB and trust sign: which act leads where, and who may do it.

Nothing here reads or writes a record: a standing goes in with an act, and the next comes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from remit.catalogue.declared import packaged
from remit.model.plan_course import PlanAct, PlanCourse, PlanState


class ActRefused(Exception):
    """An act that the plan's state, its version or the person's side does not allow."""


@dataclass(frozen=True, slots=True)
class SideSigned:
    """A signature: for which side, and by whom."""

    part: str
    person: str


@dataclass(frozen=True, slots=True)
class SharedVersion:
    """A text with its signatures; it is fixed once it has been passed on."""

    text: str
    fixed: bool = False
    signed: tuple[SideSigned, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """Where a plan stands: its state and all its versions, the newest last."""

    state: str
    versions: tuple[SharedVersion, ...]

    @property
    def version(self) -> SharedVersion:
        """The newest version."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, with what they may do at each side (``write``, ``sign``)."""

    person: str
    may: Mapping[str, frozenset[str]]


@cache
def load_course() -> PlanCourse:
    """The declared course.

    >>> load_course().first
    'draft'
    """
    (file,) = packaged("plan-course")
    return file.validate(PlanCourse)


def state_of(name: str) -> PlanState:
    """A state by its identifier.

    Raises
    ------
    KeyError
        If none is declared.

    Examples
    --------
    >>> state_of("check").owner
    'trust'
    """
    return {one.id: one for one in load_course().states}[name]


def begun(text: str) -> PlanStanding:
    """A new plan, with the text of its first version.

    >>> begun("Fewer asks.").state
    'draft'
    """
    return PlanStanding(load_course().first, (SharedVersion(text),))


def sees_text(standing: PlanStanding, part: str) -> bool:
    """Whether a side sees the newest version: until it is passed on, whose turn it is alone.

    Parameters
    ----------
    standing
        Where the plan stands.
    part
        The side that looks.

    Examples
    --------
    >>> sees_text(begun("Fewer asks."), "trust")
    False
    """
    return standing.version.fixed or part == state_of(standing.state).owner


def sees_view(state: str, part: str, of: str) -> bool:
    """Whether a side sees what a side said of the version in hand: its own always.

    Parameters
    ----------
    state
        The state of the plan.
    part
        The side that looks.
    of
        The side that said it.

    Examples
    --------
    >>> sees_view("check", "trust", of="icb"), sees_view("settle", "trust", of="icb")
    (False, True)
    """
    return part == of or state_of(state).views_shown


def open_acts(standing: PlanStanding, part: str, actor: Actor) -> tuple[PlanAct, ...]:
    """The acts that a person may do for a side now.

    Parameters
    ----------
    standing
        Where the plan stands.
    part
        The side.
    actor
        The person.

    Examples
    --------
    >>> chief = Actor("ZA1 chief", {"trust": frozenset({"write", "sign"})})
    >>> open_acts(begun("Fewer asks."), "trust", chief)
    ()
    """
    acts = state_of(standing.state).acts
    return tuple(act for act in acts if not _refusal(standing, act, part, actor))


def after(
    standing: PlanStanding, act_name: str, part: str, actor: Actor, text: str | None = None
) -> PlanStanding:
    """Where a plan stands after an act.

    Parameters
    ----------
    standing
        Where it stands now.
    act_name
        The act, by its identifier.
    part
        The side for which the person acts.
    actor
        The person.
    text
        The new text, for an act that writes; the reason, for one that takes it.

    Raises
    ------
    ActRefused
        If the state, the version or the person's permission does not allow it; the message says
        which.

    Examples
    --------
    >>> lead = Actor("region lead", {"region": frozenset({"write"})})
    >>> after(begun("Fewer asks."), "hand-over", "region", lead).state
    'comment'
    """
    state = state_of(standing.state)
    act = next((one for one in state.acts if one.id == act_name), None)
    if act is None:
        raise ActRefused(f"While a plan is “{state.name}”, nobody can do this ({act_name}).")
    refusal = _refusal(standing, act, part, actor)
    if refusal:
        raise ActRefused(refusal)
    if act.reason and not (text or "").strip():
        raise ActRefused(f"“{act.name}” takes a reason.")
    if act.does == "write":
        return _written(standing, text)
    version = replace(standing.version, fixed=True) if act.to else standing.version
    if act.does == "sign":
        version = replace(version, signed=(*version.signed, SideSigned(part, actor.person)))
    return PlanStanding(act.to or standing.state, (*standing.versions[:-1], version))


def _written(standing: PlanStanding, text: str | None) -> PlanStanding:
    if text is None:
        raise ActRefused("To write takes a text.")
    kept = standing.versions if standing.version.fixed else standing.versions[:-1]
    return replace(standing, versions=(*kept, SharedVersion(text)))


def _refusal(standing: PlanStanding, act: PlanAct, part: str, actor: Actor) -> str:
    """Why an act cannot be done; nothing where it can."""
    names = {one.id: one.name for one in load_course().parts}
    signed = standing.version.signed
    if part not in act.by:
        who = " or ".join(names[one] for one in act.by)
        return f"“{act.name}” is for: {who}."
    if act.needs not in actor.may.get(part, frozenset()):
        return f"Your roles do not let you {act.needs} for this side ({names[part]})."
    if act.unsigned and signed:
        return "This version is signed already. Save a new version first."
    if act.does == "sign" and part in {one.part for one in signed}:
        return f"This version is signed already for this side ({names[part]})."
    if act.does == "sign" and actor.person in {one.person for one in signed}:
        return "You have signed this version already, for another side."
    return ""
