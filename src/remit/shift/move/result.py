"""A move worked out: its years, steps, rules, services, and what must be true of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from remit.model.errors import AssessmentError
from remit.model.move import PaymentRule, ServiceLine
from remit.shift.move.change import CostChange, cost_changes
from remit.shift.move.likely import MoveOdds, move_odds
from remit.shift.move.model import ServiceModel
from remit.shift.move.plan import MovePlan
from remit.shift.move.sharing import SharedStrand, share_strands
from remit.shift.move.standing import (
    ResourceStanding,
    ServiceStanding,
    resource_standings,
    service_standings,
)
from remit.shift.move.steps import MoveStep, OpenUnits, move_steps, next_step, open_units
from remit.shift.move.years import MoveYear, break_even_year, move_years
from remit.words.nearest import did_you_mean
from remit.words.sentences import listed

DRAWS = 1000
SEED = 1
MOST_DRAWS = 100_000


@dataclass(frozen=True)
class MoveResult:
    """What a move leaves behind; the parts that only some readers want are made when asked for."""

    model: ServiceModel
    plan: MovePlan
    rule: PaymentRule
    years: tuple[MoveYear, ...]
    odds: MoveOdds

    @property
    def service(self) -> ServiceLine:
        """The service of which a part moves."""
        return self.model.services[self.plan.service]

    @property
    def moved(self) -> MoveYear:
        """The first year in which all that is planned has moved."""
        return self.years[self.plan.years - 1]

    @property
    def break_even(self) -> int | None:
        """The first year from which on the system has its money back; None within the horizon."""
        return break_even_year(self.years)

    @cached_property
    def changes(self) -> tuple[CostChange, ...]:
        """Every cost, in the year in which all has moved."""
        return cost_changes(self.model, self.plan, self.plan.years)

    @cached_property
    def steps(self) -> tuple[MoveStep, ...]:
        """What other shares would save."""
        return move_steps(self.model, self.plan)

    @cached_property
    def next_step(self) -> tuple[Fraction, MoveStep] | None:
        """The next larger share at which one more unit closes."""
        return next_step(self.model, self.plan)

    @cached_property
    def services(self) -> tuple[ServiceStanding, ...]:
        """Each service before and after."""
        lost = self.moved.income_lost
        return service_standings(self.model, self.plan, self.plan.years, self.changes, lost)

    @cached_property
    def resources(self) -> tuple[ResourceStanding, ...]:
        """Each shared resource before and after."""
        return resource_standings(self.model, self.plan, self.plan.years, self.changes)

    @cached_property
    def strands(self) -> tuple[SharedStrand, ...]:
        """Who bears what is stranded, by each rule of sharing."""
        return share_strands(self.model, self.plan, self.years)

    @cached_property
    def kept_open(self) -> tuple[OpenUnits, ...]:
        """How often so many units would not be enough."""
        return open_units(self.model, self.plan, self.plan.years)


def run_move(
    model: ServiceModel,
    service: str,
    share: Fraction,
    years: int,
    *,
    growing: bool = False,
    payment: str = "",
    draws: int = DRAWS,
    seed: int = SEED,
) -> MoveResult:
    """Work out a move.

    Parameters
    ----------
    model
        The trust.
    service
        The identifier of the service.
    share
        The share of its activity that moves, from 0 to 1.
    years
        Over how many years, in equal steps.
    growing
        Whether need grows as declared, so that the move may stand in for new capacity.
    payment
        A rule of payment instead of the service's own.
    draws, seed
        How often the declared ranges are drawn, and from which seed.

    Raises
    ------
    AssessmentError
        If the service or the rule is not declared, if nobody takes over, or if a number is out of
        its bounds.

    Examples
    --------
    >>> run_move(model, "beds", Fraction(1, 5), 5).moved.stranded  # doctest: +SKIP
    128480000
    """
    _known("service", service, model.services)
    rule = payment or model.services[service].payment
    _known("rule of payment", rule, model.rules)
    if service not in model.receivers:
        raise AssessmentError(
            f"receivers.yaml names nobody who takes over {service!r}; add who does and at what cost"
        )
    if not 0 <= share <= 1:
        raise AssessmentError("--share takes a per cent from 0 to 100")
    if not 1 <= years <= model.trust.horizon_years:
        raise AssessmentError(
            f"--years takes 1 to {model.trust.horizon_years}, the horizon of the model"
        )
    if not 1 <= draws <= MOST_DRAWS:
        raise AssessmentError(f"--draws takes 1 to {MOST_DRAWS:,}")
    if seed < 0:
        raise AssessmentError("--seed takes 0 or more")
    plan = MovePlan(service, share, years, growing)
    found = model.rules[rule]
    return MoveResult(
        model, plan, found, move_years(model, plan, found),
        move_odds(model, plan, found, draws, seed),
    )  # fmt: skip


def _known(what: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        told = did_you_mean(name, known) or f" It has {listed(list(known))}."
        raise AssessmentError(f"{name!r} is no {what} of this model.{told}")
