"""Who bears what is stranded: three rules that utilities price access by, read for the NHS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from remit.shift.move.model import ServiceModel
from remit.shift.move.money import split
from remit.shift.move.plan import MovePlan
from remit.shift.move.years import MoveYear


@dataclass(frozen=True, slots=True)
class SharingRule:
    """A rule by which stranded cost is shared."""

    id: str
    name: str
    says: str


SHARING_RULES: Final = (
    SharingRule(
        "cost-based",
        "Cost-based",
        "Each provider is paid what its own care costs: the ICB pays the receiver its cost and the "
        "trust what is stranded.",
    ),
    SharingRule(
        "retail-minus",
        "Retail minus avoided cost",
        "The receiver is paid what the trust was paid and hands on all but what the trust really "
        "saves: the receiver bears what is stranded.",
    ),
    SharingRule(
        "asset-base",
        "Allocation of the asset base",
        "What is stranded is shared like the assets, by the activity that each now has: the trust "
        "bears the part that stays, the receiver the part that moved.",
    ),
)
"""After the three ways to price access to a network (Oxera for Severn Trent Water, 2015); how they
are read for stranded hospital cost is Remit's own, and no law of the NHS."""


@dataclass(frozen=True, slots=True)
class SharedStrand:
    """What each party bears of a year's stranded cost by one rule; together all of it."""

    rule: str
    year: int
    stranded: int
    icb: int
    trust: int
    receiver: int


def share_strands(
    model: ServiceModel, plan: MovePlan, years: tuple[MoveYear, ...]
) -> tuple[SharedStrand, ...]:
    """Every year's stranded cost by each of the three rules, to the penny.

    Parameters
    ----------
    model
        The trust.
    plan
        What moves.
    years
        The years of the move.

    Examples
    --------
    >>> share_strands(model, plan, years)[0].icb  # doctest: +SKIP
    128480000
    """
    activity = model.services[plan.service].activity
    found = []
    for one in years:
        moved = int(activity * one.share)
        weights = {
            "cost-based": (1, 0, 0),
            "retail-minus": (0, 0, 1),
            "asset-base": (0, activity - moved, moved),
        }
        for rule in SHARING_RULES:
            parts = split(one.stranded, weights[rule.id])
            found.append(SharedStrand(rule.id, one.year, one.stranded, *parts))
    return tuple(found)
