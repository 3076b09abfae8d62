"""Who carries what before and after: margins, cross-subsidy, and services below their minimum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from remit.model.move import EVERY_SERVICE, SharedResource
from remit.shift.move.change import CostChange, use_left
from remit.shift.move.model import ServiceModel, shared
from remit.shift.move.money import part
from remit.shift.move.plan import MovePlan


@dataclass(frozen=True, slots=True)
class ServiceStanding:
    """A service before a move and after it; a margin above nought pays for other services."""

    service: str
    name: str
    activity_before: int
    activity_after: int
    income_before: int
    income_after: int
    cost_before: int
    cost_after: int
    minimum: int
    weakened: tuple[str, ...]
    """Shared resources it cannot go on without that fall below their minimum."""

    @property
    def margin_before(self) -> int:
        """Income less full cost before."""
        return self.income_before - self.cost_before

    @property
    def margin_after(self) -> int:
        """Income less full cost after."""
        return self.income_after - self.cost_after

    @property
    def is_below(self) -> bool:
        """Whether it does less afterwards than it can go on with, or loses what it stands on."""
        short = 0 < self.activity_after < self.minimum
        return short or (self.activity_after > 0 and bool(self.weakened))

    @property
    def was_below(self) -> bool:
        """Whether it did less than its minimum already."""
        return self.activity_before < self.minimum


@dataclass(frozen=True, slots=True)
class ResourceStanding:
    """A shared resource before and after; its use may fall below what keeps it going."""

    resource: str
    name: str
    kind: str
    unit: str
    units_before: int
    units_after: int
    use_before: int
    use_after: int
    minimum: int
    needed_by: tuple[str, ...]

    @property
    def is_below(self) -> bool:
        """Whether it is used too little afterwards and was not before."""
        return self.use_after < self.minimum


def service_standings(
    model: ServiceModel, plan: MovePlan, year: int, changes: Sequence[CostChange], lost: int
) -> tuple[ServiceStanding, ...]:
    """Each service before the move and in one year of it.

    All that is still spent is borne by somebody: shared resources by those who still use them,
    overheads of all by direct cost, so that what is stranded falls on those who stay.

    Parameters
    ----------
    model
        The trust.
    plan
        What moves.
    year
        The year.
    changes
        Its costs.
    lost
        The income that the service loses.

    Examples
    --------
    >>> service_standings(model, plan, 5, changes, 0)[0].margin_after  # doctest: +SKIP
    -128480000
    """
    after = _costs_after(model, plan, year, changes)
    losses = {plan.service: lost}
    weak = [one for one in resource_standings(model, plan, year, changes) if one.is_below]
    return tuple(
        ServiceStanding(
            service.id, service.name, service.activity,
            service.activity - part(service.activity, _gone(plan, service.id, year)),
            service.income_pence, service.income_pence - losses.get(service.id, 0),
            model.full_costs[service.id], after[service.id], service.minimum_activity,
            tuple(one.name for one in weak if service.id in one.needed_by),
        )
        for service in model.services.values()
    )  # fmt: skip


def _gone(plan: MovePlan, service: str, year: int) -> Fraction:
    return plan.share_in(year) if service == plan.service else plan.share_in(0)


def _costs_after(
    model: ServiceModel, plan: MovePlan, year: int, changes: Sequence[CostChange]
) -> Mapping[str, int]:
    found = dict.fromkeys(model.services, 0)
    own = [one for one in changes if one.service != EVERY_SERVICE]
    resources = [one for one in changes if one.kind == "shared"]
    for one in own:
        if one.kind != "overhead":
            found[one.service] += one.after
    for resource, one in zip(model.resources, resources, strict=True):
        _add(found, shared(one.after, _use_after(resource, plan, year)))
    direct = dict(found)
    for one in own:
        if one.kind == "overhead":
            found[one.service] += one.after
    for one in changes:
        if one.kind == "overhead" and one.service == EVERY_SERVICE:
            _add(found, shared(one.after, direct))
    return found


def _add(found: dict[str, int], parts: Mapping[str, int]) -> None:
    for service, pence in parts.items():
        found[service] += pence


def _use_after(resource: SharedResource, plan: MovePlan, year: int) -> dict[str, int]:
    """Weights of those who still use it, whole numbers in the finest step of the share."""
    gone = plan.share_in(year)
    return {
        name: use * (gone.denominator - (gone.numerator if name == plan.service else 0))
        for name, use in resource.uses.items()
    }


def resource_standings(
    model: ServiceModel, plan: MovePlan, year: int, changes: Sequence[CostChange]
) -> tuple[ResourceStanding, ...]:
    """Each shared resource before the move and in one year of it.

    Parameters
    ----------
    model
        The trust.
    plan
        What moves.
    year
        The year.
    changes
        Its costs.

    Examples
    --------
    >>> resource_standings(model, plan, 5, changes)[0].units_after  # doctest: +SKIP
    5
    """
    closed = [one.units_closed for one in changes if one.kind == "shared"]
    at = (year, plan.share_in(year))
    return tuple(
        ResourceStanding(
            one.id, one.name, one.kind, one.whole.unit, one.whole.units, one.whole.units - shut,
            sum(one.uses.values()), int(use_left(model, one.uses, plan, at)),
            one.minimum_use, one.needed_by,
        )
        for one, shut in zip(model.resources, closed, strict=True)
    )  # fmt: skip


def cross_subsidy(margins: Sequence[int]) -> int:
    """What services with a surplus pay for those with a deficit: no more than either has.

    >>> cross_subsidy([300, -100, -50]), cross_subsidy([100, -400])
    (150, 100)
    """
    gives = sum(one for one in margins if one > 0)
    takes = -sum(one for one in margins if one < 0)
    return min(gives, takes)
