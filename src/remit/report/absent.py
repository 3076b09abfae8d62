"""Figures that should be in a report and are not, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from remit.report.cards import MetricCard, ReportBody
from remit.words.sentences import count_words, listed

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure that should be there and is not; ``held`` is the newest period that is.

    ``due`` is the day on which it was expected, in words; ``is_late`` says that it would be newer
    than any that the organisation has, and no gap before them.
    """

    body: ReportBody
    metric: MetricCard
    expected: str
    held: str
    reason: str
    due: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class MissingGroup:
    """Figures that are missing for the same reason, of several organisations and metrics."""

    bodies: tuple[ReportBody, ...]
    metrics: tuple[str, ...]
    expected: str
    held: str
    reason: str
    is_late: bool

    @property
    def who(self) -> str:
        """Whose figures they are; of more than three the first is named and the others counted."""
        names = [body.short for body in self.bodies]
        if len(names) <= _MOST_NAMED:
            return listed(names)
        return f"{names[0]} and {count_words(len(names) - 1, 'other')}"

    @property
    def finding(self) -> str:
        """What is not there, and the newest that is: ``No figure for Mar 2026, newest Apr 2025``.

        The newest is left out where it is newer than what is missing, or where none is held.
        """
        newest = f", newest {self.held}" if self.is_late else ""
        return f"No figure for {self.expected}{newest}"
