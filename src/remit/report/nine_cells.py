"""The nine cells of Making Data Count, with what stands beside them, as data for any exporter.

Variation runs across and assurance down. A row is for what has no goal, a column for goals that are
met or missed by figures of which change cannot be told. The names of the metrics stand in the
cells: those of the organisation that a report is on, and of its members where a goal is set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from remit.report.view import ReportLine, ReportView
from remit.signals.targets import NO_MONTHLY_TARGET
from remit.words.sentences import listed

Variation = Literal["improvement", "usual", "concern", "untold"]
Assurance = Literal["passes", "by chance", "fails", "no goal"]

VARIATIONS: dict[Variation, str] = {
    "improvement": "Improving",
    "usual": "Usual variation",
    "concern": "Concern",
    "untold": "Change cannot be told",
}
ASSURANCES: dict[Assurance, str] = {
    "passes": "Meets its goal",
    "by chance": "Meets it at times",
    "fails": "Does not meet its goal",
    "no goal": "No goal for the period",
}
HINTS: dict[Assurance, str] = {
    "passes": "as things are",
    "by chance": "as things are, some months do and some do not",
    "fails": "something has to change",
    "no goal": "",
}
"""What an answer of assurance means, in a few words below it."""

_VARIED: Mapping[str, Variation] = {
    "improvement": "improvement",
    "concern": "concern",
    "common": "usual",
    "too": "untold",
    "no": "untold",
}
_ASSURED: Mapping[str, Assurance] = {
    "pass": "passes",
    "too_few": "passes",
    "met_lately": "passes",
    "inconsistent": "by chance",
    "mixed_lately": "by chance",
    "fail": "fails",
    "missed": "fails",
    "missed_lately": "fails",
    "short": "fails",
    "short_lately": "fails",
    "no_target": "no goal",
}
_NAMED = 5
"""So many that need attention are named in the sentence of a grid."""


@dataclass(frozen=True, slots=True)
class CellEntry:
    """A metric in the grid.

    Attributes
    ----------
    name
        That of the metric.
    variation, assurance
        Its cell.
    own
        Whether it is of the organisation that a report is on; ``bodies`` are its members else.
    metric_id, line_id
        Where it leads: to a metric, and there to the organisation itself.
    note
        Its period where that is old; ``by its latest figures`` where its goal is held against
        what was seen; of which month a goal for later is.
    """

    name: str
    variation: Variation
    assurance: Assurance
    own: bool = True
    bodies: tuple[str, ...] = ()
    metric_id: str = ""
    line_id: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        """The metric, of its members with their names, and what must be known beside."""
        whose = f": {listed(self.bodies)}" if self.bodies else ""
        return f"{self.name}{whose}{f' ({self.note})' if self.note else ''}"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell with its entries; ``attention`` says that it needs some."""

    variation: Variation
    entries: tuple[CellEntry, ...]
    attention: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the grid: one answer of assurance, three of variation."""

    assurance: Assurance
    words: str
    hint: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class CellGrid:
    """The grid and its sentence; ``outside`` are groups that have no cell, each with the reason."""

    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    sentence: str
    outside: tuple[tuple[str, tuple[str, ...]], ...] = ()


def nine_cells(entries: Iterable[CellEntry]) -> CellGrid:
    """The grid of entries, each in the cell of its variation and assurance.

    >>> nine_cells([CellEntry("A&E", "usual", "by chance")]).sentence
    'No cell needs attention.'
    """
    every = list(entries)
    needed = any(one.variation == "untold" for one in every)
    across = [varied for varied in VARIATIONS if needed or varied != "untold"]
    rows = tuple(
        GridRow(one, words, HINTS[one], tuple(_cell(every, varied, one) for varied in across))
        for one, words in ASSURANCES.items()
    )
    return CellGrid(tuple(VARIATIONS[one] for one in across), rows, _sentence(rows))


def cells_of(view: ReportView) -> CellGrid:
    """The grid of a report, with what has no cell beside it.

    Of its members only figures with a goal are in it; those that are late or old have their period.
    """
    made = nine_cells(_entries(view))
    return CellGrid(made.columns, made.rows, made.sentence, tuple(_outside(view)))


def place_of(line: ReportLine) -> tuple[Variation, Assurance] | None:
    """The cell of a line; None where neither change nor a goal can be told of it."""
    varied = _VARIED.get(line.variation.code.split("_")[0])
    assured = _assured(line)
    if varied == "untold" and assured == "no goal":
        return None
    return (varied, assured) if varied and assured else None


def _assured(line: ReportLine) -> Assurance | None:
    if line.year_missed:
        return "fails"
    return "by chance" if line.swings else _ASSURED.get(line.assurance.code)


def _entries(view: ReportView) -> Iterator[CellEntry]:
    own = {line.metric.id: _own(line) for line in view.own.lines}
    members: dict[str, dict[tuple[Variation, Assurance, str], list[ReportLine]]] = {}
    for line in (line for section in view.members for line in section.lines):
        place = place_of(line)
        if place and place[1] != "no goal":
            dated = (*place, line.period if line.dated else "")
            members.setdefault(line.metric.id, {}).setdefault(dated, []).append(line)
    for metric in view.metrics:
        if found := own.get(metric.id):
            yield found
        for (varied, assured, note), lines in members.get(metric.id, {}).items():
            names = tuple(line.body.short for line in lines)
            yield CellEntry(
                metric.short, varied, assured, False, names, metric_id=metric.id, note=note
            )


def _own(line: ReportLine) -> CellEntry | None:
    place = place_of(line)
    if place is None:
        return None
    lately = "by its latest figures" if line.assurance.code.endswith("lately") else ""
    yearly = "goal for the year" if line.target_said == NO_MONTHLY_TARGET else ""
    later = f"goal for {line.later}" if line.is_short else ""
    note = ", ".join(filter(None, (line.period if line.dated else "", lately, yearly, later)))
    metric = line.metric
    return CellEntry(metric.short, *place, metric_id=metric.id, line_id=line.id, note=note)


def _outside(view: ReportView) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What has no cell: too few figures, no verdict, and what is neither better nor worse."""
    found: dict[str, list[str]] = {}
    for line in view.own.lines:
        if place_of(line) is None:
            found.setdefault(_why(line), []).append(line.metric.short)
    for why, names in found.items():
        yield why, tuple(names)


def _why(line: ReportLine) -> str:
    if line.variation.code.startswith("neutral"):
        return "Changed, neither better nor worse"
    return "Too few figures" if line.variation.code == "too_few" else "No verdict"


def _cell(every: list[CellEntry], variation: Variation, assurance: Assurance) -> GridCell:
    found = tuple(one for one in every if (one.variation, one.assurance) == (variation, assurance))
    attention = bool(found) and (variation == "concern" or assurance == "fails")
    return GridCell(variation, found, attention)


def _sentence(rows: tuple[GridRow, ...]) -> str:
    found = (one for row in rows for cell in row.cells if cell.attention for one in cell.entries)
    hot = sorted(found, key=lambda one: not one.own)
    if not hot:
        return "No cell needs attention."
    named = [one.words for one in hot[:_NAMED]]
    more = f"; and {len(hot) - _NAMED} more" if len(hot) > _NAMED else ""
    return f"Needs attention: {'; '.join(named)}{more}."
