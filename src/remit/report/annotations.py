"""A user's own notes on charts and re-basings, each of a series that the report has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from remit.model.errors import UnknownCode
from remit.model.metric import Metric
from remit.register import Register
from remit.report.commented import ChartNote, Comment
from remit.report.view import ReportLine
from remit.signals.change_files import DatedLine, read_dated
from remit.signals.changes import Rebase
from remit.signals.line_faults import LineFault, taken_once
from remit.words.days import day_words, month_words
from remit.words.nearest import nearest
from remit.words.sentences import listed

_BETWEEN = "·"
_EVERYBODY = "everybody"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Annotation:
    """A dated text of one organisation, one metric, one of both, or (all None) of everything."""

    on: date
    text: str
    org_code: str | None = None
    metric_id: str | None = None

    def is_of(self, org_code: str, metric_id: str) -> bool:
        """Whether it speaks of a series."""
        return self.org_code in {None, org_code} and self.metric_id in {None, metric_id}


@dataclass(frozen=True, slots=True)
class Annotations:
    """All dated texts of a file; ``noun`` says what they are, ``notes`` which were repeated."""

    file_name: str = ""
    noun: str = ""
    items: tuple[Annotation, ...] = ()
    notes: tuple[str, ...] = ()

    def used(self, spans: Mapping[tuple[str, str], tuple[date, date]]) -> Iterator[str]:
        """How many of them have a place on a chart of a report, and which have none.

        Parameters
        ----------
        spans
            The first and the last day with a figure, by organisation and metric.
        """
        yield from self.notes
        if self.file_name and not self.items:
            yield f"{self.file_name}: there is no line below the header."
        lost = [one for one in self.items if not _has_place(one, spans)]
        if self.items:
            yield (
                f"{self.file_name}: {self.noun}s that have a place on a chart of this report: "
                f"{len(self.items) - len(lost):,} of {len(self.items):,}."
            )
        if lost:
            more = [f"{len(lost) - _NAMED} more"] if len(lost) > _NAMED else []
            named = listed([*(day_words(one.on) for one in lost[:_NAMED]), *more])
            yield f"{self.file_name}: without a figure of that day in this report: {named}."


def _has_place(one: Annotation, spans: Mapping[tuple[str, str], tuple[date, date]]) -> bool:
    return any(
        one.is_of(*line) and first <= one.on <= last for line, (first, last) in spans.items()
    )


def read_annotations(
    path: Path,
    name: Literal["reason", "note"],
    metrics: Mapping[str, Metric],
    register: Register,
) -> Annotations:
    """A user's notes on charts, or re-basings, of organisations and metrics that are known.

    Parameters
    ----------
    path
        As :func:`remit.signals.change_files.read_dated` reads it. A series is ``RYJ``,
        ``ae.four-hours``, or both as ``RYJ · ae.four-hours``; blank, it is all of them.
    name
        ``reason`` of re-basings, ``note`` on charts.
    metrics
        The metrics that are known, by identifier.
    register
        The organisations.

    Raises
    ------
    PublicationError
        If one is not known; the message has file and line, and what is nearest, for all of them.

    Examples
    --------
    ``read_annotations(path, "note", load_computed_metrics(), load_register())``
    """
    found = read_dated(path, name, lambda line: _annotation(line, metrics, register))
    items, notes = taken_once(path.name, found)
    return Annotations(path.name, "note" if name == "note" else "re-basing", items, notes)


def _annotation(line: DatedLine, metrics: Mapping[str, Metric], register: Register) -> Annotation:
    made = Annotation(line.on, line.text)
    parts = [part.strip() for part in (line.series or "").split(_BETWEEN)]
    for part in parts:
        if not part or part.lower() == _EVERYBODY:
            continue
        if part in metrics:
            made = replace(made, metric_id=part)
            continue
        try:
            made = replace(made, org_code=register.named(part, line.on).code)
        except UnknownCode as fault:
            raise LineFault(_unknown(part, metrics, fault)) from None
    return made


def _unknown(part: str, metrics: Mapping[str, Metric], fault: UnknownCode) -> str:
    """That a name is no organisation's, or where it has a point in it no metric's."""
    if "." in part:
        return f"there is no metric {part[:60]!r}; nearest: {nearest(part, metrics)}"
    return f"{fault}. A series is RYJ, ae.four-hours, or RYJ · ae.four-hours"


def own_rebases(
    given: Sequence[Annotation], keys: Collection[tuple[str, str, str]]
) -> list[Rebase]:
    """Re-basings of the series that a report has.

    Parameters
    ----------
    given
        The user's own.
    keys
        Organisation, metric and cut of each series; of groups of people there are none.

    Examples
    --------
    ``own_rebases(asked.rebases, charts)``
    """
    return [
        Rebase(one.on, one.text, " · ".join(key))
        for one in given
        for key in keys
        if not key[2] and one.is_of(*key[:2])
    ]


def notes_of(
    line: ReportLine, comments: Sequence[Comment], annotations: Sequence[Annotation]
) -> tuple[ChartNote, ...]:
    """The numbered notes on a line's chart, by time: what was explained stays explained.

    Parameters
    ----------
    line
        With its points.
    comments
        Those on it, of any month.
    annotations
        The user's own notes.

    Examples
    --------
    ``notes_of(line, comments, ())[0].words``
    """
    held = [point for point in line.points if point.value is not None]
    first, last = held[0].start, held[-1].end
    said = {(one.speaks_of[0], one.what_happened) for one in comments if one.what_happened} | {
        (one.on, one.text) for one in annotations if one.is_of(line.body.code, line.metric.id)
    }
    drawn = sorted(pair for pair in said if first <= pair[0] <= last)
    return tuple(
        ChartNote(number, on, month_words(on), text)
        for number, (on, text) in enumerate(drawn, start=1)
    )
