"""The target that a line is judged by, where the newest figure is older than the target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.signals.held import AskedOn, SeriesTargets
from remit.signals.points import Charted


@dataclass(frozen=True, slots=True)
class TargetHeld:
    """The target of the report's own period, and all that is asked then.

    ``before`` has the words of the one at the latest figure, where that was another; else it is
    empty.
    """

    asked: AskedOn
    before: str = ""

    @property
    def target(self) -> float | None:
        """The target as one number."""
        return self.asked.number

    @property
    def words(self) -> str:
        """The target in words, or that there is none."""
        return self.asked.words


def held_against(targets: SeriesTargets, charted: Charted, end: date) -> TargetHeld:
    """Which target a series is judged by at the end of a report's period.

    A target that ended after the latest figure says nothing of what is to come, so the limits
    are set against the one that is in force at the end.

    Parameters
    ----------
    targets
        What the series is held against.
    charted
        The series after the rules; its latest point has a value.
    end
        The last day of the report's period.
    """
    last = charted.held[-1]
    then, now = targets.on(min(last.end, end)), targets.on(end)
    return TargetHeld(now, "" if then.words == now.words else then.words)
