"""The course of a plan that several organisations sign, as it is declared."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from remit.model.declaration import Declaration

_NAME = r"^[a-z][a-z-]*$"


class PlanPart(Declaration):
    """A side of a plan."""

    id: str = Field(pattern=_NAME)
    name: str = Field(min_length=1)


class PlanAct(Declaration):
    """What somebody may do while a plan is in a state."""

    id: str = Field(pattern=_NAME)
    name: str = Field(min_length=1, description="What stands on the button")
    by: tuple[str, ...] = Field(min_length=1, description="The sides that may do it")
    needs: Literal["write", "sign"] = Field(description="The permission it takes at that side")
    does: Literal["write", "view", "pass", "sign", "back"] = Field(
        description="``back``: the side that passed the plan on calls it back"
    )
    to: str = Field("", description="The state it leads to; left out, the plan stays")
    unsigned: bool = Field(False, description="Only while nobody has signed the version")
    reason: bool = Field(False, description="Whether it takes a reason, which all sides then see")
    finds: bool = Field(False, description="Whether it says what was found of each item")
    whole: bool = Field(False, description="Only once each item has measure, role and day")
    done: str = Field("", description="What is told to who did it, as a sentence without its stop")


class PlanState(Declaration):
    """A state of a plan, with the one side whose turn it is."""

    id: str = Field(pattern=_NAME)
    name: str = Field(min_length=1)
    owner: str
    says: str = Field(min_length=1)
    views_shown: bool = Field(description="Whether each side sees what the others said")
    in_force: bool = False
    days: int = Field(0, ge=0, description="How many days its owner has to act; 0 for no such day")
    acts: tuple[PlanAct, ...] = Field(min_length=1)


class PlanCourse(Declaration):
    """All states, from the first on."""

    schema_: Literal["remit/plan-course/1"] = Field(alias="schema")
    source: str = Field(min_length=1)
    parts: tuple[PlanPart, ...] = Field(min_length=2)
    first: str
    states: tuple[PlanState, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _whole(self) -> PlanCourse:
        parts, states = [one.id for one in self.parts], [one.id for one in self.states]
        _once("part", parts)
        _once("state", states)
        _known("first", [self.first], states)
        for state in self.states:
            _known(f"{state.id}: owner", [state.owner], parts)
            _once(f"act of {state.id}", [act.id for act in state.acts])
            for act in state.acts:
                self._check(state, act, parts, states)
        lost = sorted(set(states) - self._reached())
        if lost:
            raise ValueError(f"no act leads to {', '.join(lost)}")
        return self

    def _check(self, state: PlanState, act: PlanAct, parts: list[str], states: list[str]) -> None:
        where = f"{state.id}, {act.id}"
        _known(f"{where}: by", act.by, parts)
        if (act.does in ("pass", "sign", "back")) != bool(act.to):
            raise ValueError(
                f"{where}: what passes or signs leads to a state, and nothing else does"
            )
        if act.to:
            _known(f"{where}: to", [act.to], states)
        if act.does == "back":
            self._check_back(where, state, act)
        elif act.does != "view" and act.by != (state.owner,):
            raise ValueError(
                f"{where}: the owner alone, {state.owner}, writes, passes on and signs"
            )
        if (act.does == "sign") > (act.needs == "sign"):
            raise ValueError(f"{where}: to sign takes the permission to sign")

    def _check_back(self, where: str, state: PlanState, act: PlanAct) -> None:
        """What calls a plan back leads to where it was passed on from, for its owner there."""
        before = next(one for one in self.states if one.id == act.to)
        passed = any(one.does == "pass" and one.to == state.id for one in before.acts)
        if not passed or act.by != (before.owner,) or state.owner == before.owner:
            raise ValueError(
                f"{where}: only who passed it on, another side than {state.owner}, calls it back, "
                "to where it came from"
            )

    def _reached(self) -> set[str]:
        leads = {one.id: {act.to for act in one.acts if act.to} for one in self.states}
        found, new = set[str](), {self.first}
        while new:
            found |= new
            new = {to for one in new for to in leads[one]} - found
        return found


def _once(what: str, names: list[str]) -> None:
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise ValueError(f"a {what} is declared once; twice: {', '.join(doubled)}")


def _known(
    where: str, names: tuple[str, ...] | list[str], known: tuple[str, ...] | list[str]
) -> None:
    strange = [name for name in names if name not in known]
    if strange:
        raise ValueError(f"{where} says {', '.join(strange)}; allowed: {', '.join(known)}")
