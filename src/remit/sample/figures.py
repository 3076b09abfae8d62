"""The figures of the sample: drawn from each trust's story, the same on every machine.

Chance comes in whole numbers, and no function is used that may differ in the last bit from one
machine to another; every figure is then a decimal of fixed length.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from remit.sample.measures import MEASURES, Measure
from remit.sample.oddities import MARKS, MISKEYED
from remit.sample.region import SampleTrust, trusts_in

SEED = 20250401
"""Change it and every figure of the sample changes."""

STRENGTH = 0.9
"""How much better a trust does in a strong domain, and worse in a weak one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one trust reports for one metric in one quarter.

    ``value`` is None where ``mark`` (``*``, ``-``, a blank) stands in its place.
    """

    trust: SampleTrust
    measure: Measure
    value: Decimal | None
    unit: str
    mark: str = ""


@cache
def figures(quarter: int, *, first_issue: bool = False) -> tuple[Figure, ...]:
    """All figures of a quarter, by metric and then by trust.

    ``first_issue`` gives them as they stood before the publisher corrected them.
    """
    return tuple(
        _figure(trust, measure, quarter, first_issue)
        for measure in MEASURES
        if not measure.judged
        for trust in trusts_in(quarter)
        if measure.service in trust.services
    )


@cache
def printed(code: str, metric_id: str, quarter: int) -> float | None:
    """The figure that a quarter's trust data print for a trust, or None where there is none."""
    found = (f.value for f in figures(quarter) if (f.trust.code, f.measure.id) == (code, metric_id))
    value = next(found, None)
    return None if value is None else float(value)


def judged_score(trust: SampleTrust, measure: Measure) -> int | None:
    """The score that a regulator or a survey gives, or None where it gives none."""
    if measure.service not in trust.services:
        return None
    if measure.id == "OF0067":
        return trust.judged.get(measure.id)
    luck = trust.level + noise(trust.code, measure.id)
    return 1 if luck > 1.5 else 3 if luck < -1.3 else 2


def noise(*about: object) -> float:
    """A draw near 0 (spread 1) that depends on the seed and on what it is about."""
    draw = Random(" ".join(str(part) for part in (SEED, *about)))  # noqa: S311
    return (sum(draw.randrange(1001) for _ in range(6)) - 3000) * 0.0014


def _figure(trust: SampleTrust, measure: Measure, quarter: int, first_issue: bool) -> Figure:
    where = (quarter, trust.code, measure.id)
    unit = _unit(trust, measure)
    if where in MARKS:
        return Figure(trust, measure, None, unit, MARKS[where])
    if first_issue and where in MISKEYED:
        return Figure(trust, measure, MISKEYED[where], unit)
    value = _count(trust, measure, quarter) if unit == "count" else _value(trust, measure, quarter)
    return Figure(trust, measure, value, unit)


def _unit(trust: SampleTrust, measure: Measure) -> str:
    by_count = trust.counts_infections and measure.metric.other_units
    return measure.metric.other_units[0] if by_count else measure.metric.unit


def _value(trust: SampleTrust, measure: Measure, quarter: int) -> Decimal:
    if measure.id == "OF0079":
        return _decimal(trust.plan, measure)
    if measure.id == "OF0081":
        return _decimal(trust.variance[quarter - 1], measure)
    value = measure.typical + measure.sign * measure.spread * _quality(trust, measure, quarter)
    return _decimal(min(max(value, measure.low), measure.high), measure)


def _count(trust: SampleTrust, measure: Measure, quarter: int) -> Decimal:
    """Infections in a year; a unit of their own where they are too few for a rate."""
    if measure.id == "OF0020":
        return _value(trust, measure, quarter)
    return Decimal(max(0, int(1.5 - _quality(trust, measure, quarter))))


def _quality(trust: SampleTrust, measure: Measure, quarter: int) -> float:
    issue = _issue(measure, quarter)
    story = trust.level + trust.trend * (issue - 1)
    domain = STRENGTH * ((measure.domain in trust.strong) - (measure.domain in trust.weak))
    habit = noise(trust.code, measure.id)
    return story + domain + 0.6 * habit + 0.25 * noise(trust.code, measure.id, issue)


def _issue(measure: Measure, quarter: int) -> int:
    """The quarter in which the figure of a quarter was new."""
    renewed = {"never": 1, "in quarter 2": 2, "in quarter 4": 4}.get(measure.renewed)
    if renewed is None:
        return quarter
    return renewed if quarter >= renewed else 1


def _decimal(value: float, measure: Measure) -> Decimal:
    return Decimal(f"{value:.{measure.decimals}f}") + 0
