"""The mean of a financial year so far, beside a goal that no single month meets or misses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from remit.model.metric import Better, Metric
from remit.model.period import Period, financial_year
from remit.signals.held import AskedOn, AskedTarget
from remit.signals.points import Point
from remit.words.figures import value_words

_MONTHS = 12


def asked_beside(
    asked: AskedOn, points: Sequence[Point], metric: Metric, day: date
) -> tuple[str, ...]:
    """Goal and standard with whose they are; after a goal that is a yearly mean how it stands.

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
    return tuple(filter(None, (*asked.beside[:1], so_far, *asked.beside[1:])))


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
    year = financial_year(day.year if day.month > 3 else day.year - 1)
    held = [
        p for p in points if p.value is not None and year.start <= p.start <= min(day, year.end)
    ]
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
    figure = value_words(mean, metric.unit, beside=lambda shown: _meets(goal, shown, metric.better))
    verdict = "meets" if _meets(goal, mean, metric.better) else "does not meet"
    return f"mean of {year.label}: {figure}, which {verdict} the goal of {goal.words}"


def _meets(goal: AskedTarget, value: float, better: Better) -> bool:
    aim = goal.number if goal.number is not None else value
    return value >= aim if better is Better.HIGHER else value <= aim


def _mean(held: Sequence[Point], metric: Metric) -> float | None:
    """The rate of the whole year where its counts are known, else the mean of its months."""
    over = [p.numerator for p in held if p.numerator is not None]
    under = [p.denominator for p in held if p.denominator is not None]
    if held and len(over) == len(under) == len(held) and sum(under) > 0:
        return metric.scale * sum(over) / sum(under)
    values = [p.value for p in held if p.value is not None]
    return sum(values) / len(values) if values else None
