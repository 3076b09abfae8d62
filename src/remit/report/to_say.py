"""Which metrics of a report need a word from somebody, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from remit.report.view import ReportLine, ReportView


@dataclass(frozen=True, slots=True)
class ToSay:
    """A line of a report that needs a word, why, and the month that it would be of."""

    line: ReportLine
    why: str
    month: str

    @property
    def row(self) -> tuple[str, ...]:
        """An empty line of a file of comments."""
        line = self.line
        return (self.month, line.metric.id, line.body.code, "", "", "", "", "", line.period)


def to_say(view: ReportView) -> tuple[ToSay, ...]:
    """The lines that need a word: its own exceptions first, then what was said and has changed.

    A line that has its comment for the report's period needs none.
    """
    found = {line.id: one for line, one in _each(view)}
    return tuple(found.values())


def _each(view: ReportView) -> Iterator[tuple[ReportLine, ToSay]]:
    for line in view.own.headlines:
        if not any(one.is_current for one in line.said_of.comments):
            why = line.said_of.to_ask or line.sentence
            yield line, ToSay(line, why, view.last_month)
    for line in view.commented:
        if any(one.is_current for one in line.said_of.comments):
            continue
        late = "Its action is overdue." if any(o.overdue for o in line.said_of.comments) else ""
        if why := line.said_of.to_ask or late:
            yield line, ToSay(line, why, view.last_month)
