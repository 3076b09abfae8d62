"""What is told beside a figure: goal and standard, the year so far, a trajectory of one's own."""

from __future__ import annotations

from collections.abc import Sequence

from remit.model.metric import Better, Metric
from remit.signals.goals_by_day import AskedOn
from remit.signals.points import Point, meets
from remit.signals.yearly import Yearly
from remit.words.figures import value_words


def asked_beside(
    asked: AskedOn, points: Sequence[Point], metric: Metric, by_year: Yearly
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
    by_year
        How yearly means stand (:func:`remit.signals.yearly.yearly`).

    Examples
    --------
    ``("goal for each ICB: at least 78% by March 2026", "standard for each ICB: at least 95%")``
    """
    so_far = by_year.runs.words if by_year.runs else ""
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
    reached = meets(last.value, plan, better)
    said = value_words(plan, metric.unit, beside=lambda shown: meets(last.value, shown, better))
    return f"{begin}: {said}, which is {'reached' if reached else 'not reached'}"
