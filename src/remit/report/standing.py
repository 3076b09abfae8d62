"""The standard that a line is judged by, where the newest figure is older than the standard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.model.metric import Metric
from remit.signals.points import Charted
from remit.signals.targets import target_value, target_words


@dataclass(frozen=True, slots=True)
class StandardHeld:
    """The standard of the report's own period.

    ``before`` has the words of the one at the latest figure, where that was another; else it is
    empty.
    """

    target: float | None
    words: str
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
    return StandardHeld(target_value(now), words, "" if before == words else before)
