"""What a larger move would save: share by share, with the steps where whole units close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from remit.model.move import PaymentRule, WholeUnits
from remit.shift.move.change import CostChange, cost_changes, use_left
from remit.shift.move.model import ServiceModel
from remit.shift.move.paying import income_lost
from remit.shift.move.plan import MovePlan
from remit.shift.move.units import chance_over, needed, safe_use
from remit.shift.move.years import contacts_of, receiver_cost

_EVERY = 5
_THOUSANDTHS = 1000


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What a move leaves the trust with under one rule of payment, in pence a year."""

    income_lost: int
    paid_to_receiver: int
    net: int


@dataclass(frozen=True, slots=True)
class MoveStep:
    """A share of a service once all of it has moved: saved, stranded, and the net by each rule."""

    share: Fraction
    average: int
    variable_saved: int
    units_closed: int
    units_saved: int
    saved: int
    by_rule: Mapping[str, RuleOutcome]

    @property
    def stranded(self) -> int:
        """What moved on average and is still spent."""
        return self.average - self.saved


@dataclass(frozen=True, slots=True)
class OpenUnits:
    """So many whole units kept open after a move, and how often they would not be enough."""

    name: str
    unit: str
    open: int
    mean_use: float
    safe_use: float
    capacity: int
    chance_over: float
    is_enough: bool


def move_steps(model: ServiceModel, plan: MovePlan) -> tuple[MoveStep, ...]:
    """Shares from nothing to all by fives, and the share that is planned.

    Parameters
    ----------
    model
        The trust.
    plan
        The move that is planned.

    Examples
    --------
    >>> [step.units_closed for step in move_steps(model, plan)]  # doctest: +SKIP
    [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4]
    """
    shares = {Fraction(place, 100) for place in range(0, 101, _EVERY)} | {plan.share}
    return tuple(move_step(model, plan, share) for share in sorted(shares))


def move_step(model: ServiceModel, plan: MovePlan, share: Fraction) -> MoveStep:
    """Another share of the service, moved over the same years, in the year when all has moved.

    What the change itself costs is left out.

    Parameters
    ----------
    model
        The trust.
    plan
        The move that is planned.
    share
        The share that moves in its place.

    Examples
    --------
    >>> move_step(model, plan, Fraction(1, 4)).stranded  # doctest: +SKIP
    60225000
    """
    other = replace(plan, share=share)
    changes = cost_changes(model, other, plan.years)
    stepped = [one for one in changes if one.kind in {"semi_fixed", "shared"}]
    return MoveStep(
        share, sum(one.average for one in changes),
        sum(one.saved for one in changes if one.kind == "variable"),
        sum(one.units_closed for one in stepped), sum(one.saved for one in stepped),
        sum(one.saved for one in changes),
        {name: _outcome(model, other, rule, changes) for name, rule in model.rules.items()},
    )  # fmt: skip


def _outcome(
    model: ServiceModel, plan: MovePlan, rule: PaymentRule, changes: Sequence[CostChange]
) -> RuleOutcome:
    receiver = model.receivers[plan.service]
    lost = income_lost(model.services[plan.service], rule, plan, plan.years)
    contacts = contacts_of(model, plan, plan.years)
    pays = receiver_cost(receiver, contacts) if rule.pays_receiver else 0
    gained = sum(one.saved + one.avoided for one in changes)
    return RuleOutcome(lost, pays, gained - lost - pays)


def next_step(model: ServiceModel, plan: MovePlan) -> tuple[Fraction, MoveStep] | None:
    """The smallest larger share, in tenths of a per cent, at which one more unit closes."""
    closed = move_step(model, plan, plan.share).units_closed
    low, high = int(plan.share * _THOUSANDTHS) + 1, _THOUSANDTHS
    if low > high or move_step(model, plan, Fraction(1)).units_closed <= closed:
        return None
    # What closes never falls with the share, so the place is found by halving.
    while low < high:
        middle = (low + high) // 2
        more = move_step(model, plan, Fraction(middle, _THOUSANDTHS)).units_closed > closed
        low, high = (low, middle) if more else (middle + 1, high)
    share = Fraction(low, _THOUSANDTHS)
    return share, move_step(model, plan, share)


def open_units(model: ServiceModel, plan: MovePlan, year: int) -> tuple[OpenUnits, ...]:
    """How often what is open would not be enough, by how much is kept open.

    Parameters
    ----------
    model
        The trust.
    plan
        The move.
    year
        The year that is looked at.

    Examples
    --------
    >>> open_units(model, plan, 5)[3].chance_over  # doctest: +SKIP
    1.0
    """
    found: list[OpenUnits] = []
    at = (year, plan.share_in(year))
    for line in model.costs:
        if line.whole is not None and line.service == plan.service:
            uses = {line.service: line.used}
            mean = use_left(model, uses, plan, at)
            found += _kept(line.name, line.whole, uses, mean)
    for one in model.resources:
        if plan.service in one.uses:
            mean = use_left(model, one.uses, plan, at)
            found += _kept(one.name, one.whole, one.uses, mean)
    return tuple(found)


def _kept(name: str, whole: WholeUnits, uses: dict[str, int], mean: Fraction) -> list[OpenUnits]:
    usual = Fraction(sum(uses.values()))
    safe = safe_use(whole, mean, usual)
    return [
        OpenUnits(
            name, whole.unit, kept, float(mean), safe, kept * whole.capacity,
            chance_over(whole, mean, usual, kept), needed(whole, mean, usual) <= kept,
        )
        for kept in range(whole.units + 1)
    ]  # fmt: skip
