"""The finding of a plan: the closed list of what may stand as its title.

Each form has the condition under which it is true, so that a test can try every form on every case.
"""

from __future__ import annotations

from dataclasses import dataclass

from remit.oversight.planned import Plan
from remit.oversight.words import FATES
from remit.words.forms import SaidForm, first_said
from remit.words.names import short_trust_name
from remit.words.sentences import listed, lowered


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the finding rests on: how many asks stay, merge and end, and of whom.

    ``over`` are those that were answered or are past; of them there is nothing to find.
    """

    name: str
    stay: int
    merge: int
    end: int
    part: int = 0
    over: int = 0

    @property
    def asks(self) -> int:
        """How many asks are open."""
        return self.stay + self.go

    @property
    def go(self) -> int:
        """How many can merge or end, whole or in part."""
        return self.merge + self.end + self.part


PlanForm = SaidForm[PlanFacts]

TITLES = (
    PlanForm("all over", lambda f: f.asks == 0,
             lambda f: f"{f.name}: nothing is open of what was asked"),
    PlanForm("all stay", lambda f: 0 < f.stay == f.asks,
             lambda f: f"{f.name}: {_all(f)} {'stays' if f.asks == 1 else 'stay'}"),
    PlanForm("all go", lambda f: f.stay == 0 < f.asks,
             lambda f: f"{f.name}: {_all(f)} can {_ways(f)}"),
    PlanForm("some go", lambda f: 0 < f.stay < f.asks,
             lambda f: f"{f.name}: {f.go} of {f.asks} {_open(f)}asks can {_ways(f)}"),
)  # fmt: skip
"""The title: exactly one holds for any plan with an ask."""


def facts_of(plan: Plan) -> PlanFacts:
    """The facts of a plan."""
    name = short_trust_name(plan.subject.name)
    return PlanFacts(name, *map(plan.count, FATES))


def finding_of(plan: Plan) -> str:
    """The title of a plan's page."""
    return first_said(TITLES, facts_of(plan))


def lead_finding(plan: Plan) -> str:
    """On how many functions nobody leads, and which of these are asked about."""
    functions = [one for one in plan.functions if one.function is not None]
    without = plan.without_lead
    if not without:
        return f"Somebody leads on each of the {len(functions)} functions."
    said = f"Nobody leads on {len(without)} of {len(functions)} functions"
    asked = [lowered(one.function.name) for one in without if one.asks and one.function]
    if not asked:
        return f"{said}; none of them is asked about."
    verb = "is" if len(asked) == 1 else "are"
    return f"{said}; {len(asked)} of them {verb} asked about: {listed(asked)}."


def _all(facts: PlanFacts) -> str:
    which = _open(facts)
    return f"its one {which}ask" if facts.asks == 1 else f"all {facts.asks} {which}asks"


def _open(facts: PlanFacts) -> str:
    """That only open asks are counted, where there are others."""
    return "open " if facts.over else ""


def _ways(facts: PlanFacts) -> str:
    known = ((facts.end, "end"), (facts.part, "end in part"), (facts.merge, "merge"))
    ways = [word for count, word in known if count]
    return listed(ways, "or")
