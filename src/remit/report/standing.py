"""The standard that a line is judged by, where the newest figure is older than the standard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.model.metric import Better, Bound, Metric
from remit.signals.points import Charted, Point, assured
from remit.signals.targets import target_value, target_words


@dataclass(frozen=True, slots=True)
class StandardHeld:
    """The standard of the report's own period.

    ``before`` has the words of the one at the latest figure, where that was another; else it is
    empty.
    """

    target: float | None
    words: str
    assurance: str
    before: str = ""


def held_against(metric: Metric, charted: Charted, end: date) -> StandardHeld:
    """Which standard a series is judged by at the end of a report's period.

    A standard that ended after the latest figure says nothing of what is to come, so the limits
    are set against the one that is in force at the end.

    Parameters
    ----------
    metric
        Its standards.
    charted
        The series after the rules; its latest point has a value.
    end
        The last day of the report's period.
    """
    last = charted.held[-1]
    then = metric.standard_on(min(last.end, end))
    now = metric.standard_on(end)
    words = target_words(now, metric.unit)
    before = target_words(then, metric.unit)
    if before == words:
        return StandardHeld(target_value(now), words, charted.assurance)
    assurance = _assured(now.bound, last) if now else "no_target"
    return StandardHeld(target_value(now), words, assurance, before)


def _assured(bound: Bound, last: Point) -> str:
    """Whether all, none or some of the range between the limits keeps to a bound."""
    if last.lower is None:
        return "too_few"
    least = bound.at_least if bound.at_least is not None else bound.above
    most = bound.at_most if bound.at_most is not None else bound.below
    if (least is None) == (most is None):
        return "no_target"
    if least is not None:
        return assured(last, least, Better.HIGHER)
    return assured(last, most, Better.LOWER)
