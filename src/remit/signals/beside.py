"""What is told beside a figure: goal and standard, the year so far, a trajectory of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from remit.model.metric import Better, Metric
from remit.model.period import Period, financial_year_of
from remit.signals.held import AskedOn, AskedTarget
from remit.signals.points import Point
from remit.words.figures import value_words

_MONTHS = 12


def asked_beside(
    asked: AskedOn, points: Sequence[Point], metric: Metric, day: date
) -> tuple[str, ...]:
    """Goal and standard with whose they are, how a yearly mean stands, and what was planned.

    Parameters
    ----------
    asked
        What is asked on the day.
    points
        Those of the series, in order of time.
    metric
        What they measure.
    day
        The day.

    Examples
    --------
    ``("goal for each ICB: at least 78% by March 2026", "standard for each ICB: at least 95%")``
    """
    so_far = year_so_far(asked, points, metric, day)
    planned = trajectory_words(points, metric)
    return tuple(filter(None, (*asked.beside[:1], so_far, *asked.beside[1:], planned)))


def trajectory_words(points: Sequence[Point], metric: Metric) -> str:
    """What the user's own trajectory has for the latest month; empty where there is none at all."""
    held = [point for point in points if point.value is not None]
    if not any(point.trajectory is not None for point in held):
        return ""
    last = held[-1]
    begin = f"own trajectory for {last.label}"
    if last.trajectory is None or last.value is None:
        return f"{begin}: none"
    plan, better = last.trajectory, metric.better
    if better is Better.NEUTRAL:
        return f"{begin}: {value_words(plan, metric.unit)}"
    reached = _reaches(last.value, plan, better)
    said = value_words(plan, metric.unit, beside=lambda shown: _reaches(last.value, shown, better))
    return f"{begin}: {said}, which is {'reached' if reached else 'not reached'}"


def year_so_far(asked: AskedOn, points: Sequence[Point], metric: Metric, day: date) -> str:
    """The mean of the year so far against a goal that is a yearly mean, in a sentence.

    Parameters
    ----------
    asked
        What is asked on the day.
    points
        Those of the series, in order of time.
    metric
        What they measure; a rate is made afresh from the counts of the year.
    day
        The day; the year is the one that it lies in.

    Returns
    -------
    str
        Without its full stop; empty where no yearly mean is asked for, or no month of the year
        is held.

    Examples
    --------
    ``mean of 2025/26 so far, 2 of 12 months (Apr 2025 to May 2025): 25.0 minutes``
    """
    goal = asked.goal
    if goal is None or not goal.is_yearly:
        return ""
    year = financial_year_of(day)
    held = [p for p in points if p.value is not None and year.start <= p.start <= day]
    mean = _mean(held, metric)
    if mean is None:
        return f"mean of {year.label}: no month of it is held"
    return _said(goal, year, held, mean, metric)


def _said(
    goal: AskedTarget, year: Period, held: Sequence[Point], mean: float, metric: Metric
) -> str:
    if len(held) < _MONTHS:
        span = held[0].label if len(held) == 1 else f"{held[0].label} to {held[-1].label}"
        figure = value_words(mean, metric.unit)
        return f"mean of {year.label} so far, {len(held)} of {_MONTHS} months ({span}): {figure}"
    aim, better = goal.number if goal.number is not None else mean, metric.better
    figure = value_words(mean, metric.unit, beside=lambda shown: _reaches(shown, aim, better))
    verdict = "meets" if _reaches(mean, aim, better) else "does not meet"
    return f"mean of {year.label}: {figure}, which {verdict} the goal of {goal.words}"


def _reaches(value: float | None, aim: float, better: Better) -> bool:
    if value is None:
        return False
    return value >= aim if better is Better.HIGHER else value <= aim


def _mean(held: Sequence[Point], metric: Metric) -> float | None:
    """The rate of the whole year where its counts are known, else the mean of its months."""
    over = [p.numerator for p in held if p.numerator is not None]
    under = [p.denominator for p in held if p.denominator is not None]
    if held and len(over) == len(under) == len(held) and sum(under) > 0:
        return metric.scale * sum(over) / sum(under)
    values = [p.value for p in held if p.value is not None]
    return sum(values) / len(values) if values else None
