"""One trust's metrics as lines of a table, each figure with the cell of the file it stands in."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from remit.assessment.words import figure, score_in_words, status_in_words
from remit.model.framework import ScoredMetric
from remit.model.observation import Source
from remit.pages.compare import Comparison, compare_scores
from remit.pages.links import Link
from remit.pages.results import MetricScore, Results
from remit.pages.words import NONE, rank_words


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a figure stands: the file's number on the page, the line and the column."""

    what: str
    file: int
    line: int
    column: str


@dataclass(frozen=True, slots=True)
class MetricLine:
    """One metric of one trust."""

    metric: Link
    metric_id: str
    value: str
    reported_for: str
    rule: str
    rank: str
    score: float | None
    comparison: Comparison
    basis: str
    notes: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A metric that a trust of this kind may have and this one lacks, and why."""

    metric: Link
    metric_id: str
    reason: str


class Files:
    """The files that a page names, numbered as they are met."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._numbers: dict[str, int] = {}

    def cell(self, what: str, source: str | None, line: int | None, column: str | None) -> Cell:
        """A cell of one of the files."""
        assert source is not None
        assert line is not None
        number = self._numbers.setdefault(source, len(self._numbers) + 1)
        return Cell(what, number, line, column or "Value")

    def listed(self) -> tuple[tuple[int, Source], ...]:
        """The files met so far, with their numbers."""
        pairs = ((number, self._results.source(s)) for s, number in self._numbers.items())
        return tuple((number, source) for number, source in pairs if source)


def metric_line(
    results: Results, scored: ScoredMetric, score: MetricScore, files: Files
) -> MetricLine:
    """One metric of one trust as a line."""
    metric = results.assessment.metrics[scored.id]
    return MetricLine(
        metric=results.metric_link(scored.id),
        metric_id=scored.id,
        value=figure(score.value, score.unit or metric.unit),
        reported_for=score.period_label or "",
        rule=score_in_words(
            _mapping(score),
            scored,
            metric,
            results.assessment.populations[scored.id],
            results.framework,
        ),
        rank=rank_words(score.rank, score.population_size),
        score=score.score,
        comparison=compare_scores("Score", score.recomputed_score, score.published_score),
        basis=_basis(score),
        notes=tuple(_notes(results, scored, score)),
        cells=tuple(_cells(results, score, files)),
    )


def missing_line(results: Results, scored: ScoredMetric, score: MetricScore | None) -> MissingLine:
    """A metric without a score as a line."""
    if score is None:
        reason = "The files have no row for it."
        reason = f"{reason} {scored.note}".strip()
    elif score.value is not None:
        reason = "The files give a value but no score."
    else:
        said = status_in_words(score.status)
        reason = f"{said[0].upper()}{said[1:]}."
    return MissingLine(results.metric_link(scored.id), scored.id, reason)


def _mapping(score: MetricScore) -> dict[str, Any]:
    return {field.name: getattr(score, field.name) for field in fields(score)}


def _basis(score: MetricScore) -> str:
    return {
        "recomputed": "recomputed",
        "recomputed_incomplete": "recomputed among the trusts at hand only",
        "published": "as published",
    }.get(score.basis or "", NONE)


def _notes(results: Results, scored: ScoredMetric, score: MetricScore) -> list[str]:
    notes = []
    if not scored.counts:
        notes.append("Does not enter the averages by itself.")
    group = results.framework.group_of(scored.id)
    if group:
        notes.append(f"Averaged with the other scores of “{group.name}” into one first.")
    if not score.verified:
        notes.append("Remit could not verify this rule.")
    return notes


def _cells(results: Results, score: MetricScore, files: Files) -> list[Cell]:
    cells = []
    if results.source(score.value_source) and score.value_line:
        value = (score.value_source, score.value_line, score.value_column)
        cells.append(files.cell("value", *value))
    if results.source(score.score_source) and score.score_line:
        published = (score.score_source, score.score_line, score.score_column)
        cells.append(files.cell("published score", *published))
    return cells
