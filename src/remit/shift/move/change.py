"""What each cost becomes when a part of a service has moved: before = after + saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from remit.model.move import EVERY_SERVICE, CostLine, SharedResource, WholeUnits
from remit.shift.move.model import ServiceModel
from remit.shift.move.money import WHOLE, part
from remit.shift.move.plan import AS_DECLARED, Levers, MovePlan, thousandths
from remit.shift.move.units import closed, needed


@dataclass(frozen=True, slots=True)
class CostChange:
    """One cost in one year of a move.

    ``average`` is the part that moves if every cost went with activity, as a price per case has
    it; what of it is not saved is stranded. ``avoided`` are units that need not be built.
    """

    name: str
    service: str
    kind: str
    before: int
    average: int
    saved: int
    unit: str = ""
    units_before: int = 0
    units_closed: int = 0
    units_avoided: int = 0
    avoided: int = 0
    avoided_capital: int = 0

    @property
    def after(self) -> int:
        """What the cost is afterwards."""
        return self.before - self.saved

    @property
    def stranded(self) -> int:
        """What the moved activity no longer carries and is still spent; below nought where more
        is saved than moved on average."""
        return self.average - self.saved


def cost_changes(
    model: ServiceModel, plan: MovePlan, year: int, levers: Levers = AS_DECLARED
) -> tuple[CostChange, ...]:
    """Every cost of the trust in one year of a move.

    Parameters
    ----------
    model
        The trust.
    plan
        What moves.
    year
        The year, counted from 1; in year 0 nothing has moved.
    levers
        What turns out otherwise than declared.

    Examples
    --------
    >>> cost_changes(model, MovePlan("beds", Fraction(1, 5)), 1)  # doctest: +SKIP
    """
    return tuple(_changes(model, plan, year, levers))


def moved_share(plan: MovePlan, year: int, levers: Levers) -> Fraction:
    """The share that has really moved by a year."""
    return min(plan.share_in(year) * thousandths(levers.moved), WHOLE)


def _changes(
    model: ServiceModel, plan: MovePlan, year: int, levers: Levers
) -> Iterator[CostChange]:
    pools = iter(model.pool_parts)
    extent = _Extent(model, plan, year, levers)
    for line in model.costs:
        if line.service == EVERY_SERVICE:
            yield extent.of_line(line, next(pools)[plan.service])
        elif line.service == plan.service:
            yield extent.of_line(line, line.pence)
        else:
            yield _unchanged(line)
    for resource in model.resources:
        yield extent.of_resource(resource)


def _unchanged(line: CostLine) -> CostChange:
    """A cost of a service that does not move."""
    unit, units = (line.whole.unit, line.whole.units) if line.whole else ("", 0)
    return CostChange(line.name, line.service, line.kind, line.pence, 0, 0, unit, units)


class _Extent:
    """How far a move has come in one year, and what that makes of a cost."""

    def __init__(self, model: ServiceModel, plan: MovePlan, year: int, levers: Levers) -> None:
        self._model, self._plan, self._year, self._levers = model, plan, year, levers
        self._gone = moved_share(plan, year, levers)
        self._occupied = thousandths(levers.occupied)

    def of_line(self, line: CostLine, borne: int) -> CostChange:
        """A cost of which the service bears a part."""
        average = part(borne, self._gone)
        named = (line.name, line.service, line.kind)
        if line.whole is not None:
            uses = {line.service: line.used}
            return self._stepped(named, line.pence, line.whole, uses, average)
        saved = 0
        if line.kind == "variable":
            saved = min(average, part(average, thousandths(self._levers.released)))
        elif line.released_after_years is not None:
            then = self._year - line.released_after_years
            saved = part(borne, moved_share(self._plan, then, self._levers))
        return CostChange(*named, line.pence, average, saved)

    def of_resource(self, one: SharedResource) -> CostChange:
        """A shared resource, of which the service bears a part by use."""
        borne = self._model.resource_parts[one.id].get(self._plan.service, 0)
        named = (one.name, EVERY_SERVICE, "shared")
        return self._stepped(named, one.pence, one.whole, one.uses, part(borne, self._gone))

    def _stepped(
        self,
        named: tuple[str, str, str],
        pence: int,
        whole: WholeUnits,
        uses: dict[str, int],
        average: int,
    ) -> CostChange:
        if self._plan.service not in uses:
            return CostChange(*named, pence, 0, 0, whole.unit, whole.units)
        usual = sum(uses.values()) * self._occupied
        left = self._use(uses, self._gone)
        shut = closed(whole, left, usual)
        avoided = 0
        if self._plan.growing:
            without = self._use(uses, Fraction(0))
            avoided = _built(whole, without, usual) - _built(whole, left, usual)
        return CostChange(
            *named, pence, average, pence * shut // whole.units,
            whole.unit, whole.units, shut, avoided, avoided * whole.new_unit_pence,
            avoided * whole.new_unit_capital_pence,
        )  # fmt: skip

    def _use(self, uses: dict[str, int], gone: Fraction) -> Fraction:
        return self._occupied * use_left(self._model, uses, self._plan, (self._year, gone))


def use_left(
    model: ServiceModel,
    uses: dict[str, int],
    plan: MovePlan,
    at: tuple[int, Fraction],
) -> Fraction:
    """The mean use of what services use in a year, when a share of one has gone.

    Parameters
    ----------
    model
        The trust.
    uses
        By service, how much it uses today.
    plan
        What moves.
    at
        The year, and the share that has gone.

    Examples
    --------
    >>> use_left(model, {"beds": 100}, plan, (1, Fraction(1, 5)))  # doctest: +SKIP
    Fraction(80, 1)
    """
    year, gone = at
    left = sum(uses.values()) - uses.get(plan.service, 0) * gone
    if plan.growing:
        grown = (use * plan.grown(model.services[name], year) for name, use in uses.items())
        left += sum(grown, Fraction(0)) - sum(uses.values())
    return left


def _built(whole: WholeUnits, mean: Fraction, usual: Fraction) -> int:
    return max(0, needed(whole, mean, usual) - whole.units)
