"""One trust's metrics as lines of a table, each figure with the cell of the file it stands in."""

from __future__ import annotations

from dataclasses import dataclass, fields

from remit.assessment.explaining.words import ranked_among, score_in_words, status_in_words
from remit.model.framework import ScoredMetric
from remit.pages.frame.links import Link
from remit.pages.standings.cells import NumberedFiles, SourceCell
from remit.pages.standings.compare import Comparison, compare_metric
from remit.pages.standings.results import MetricScore, Results
from remit.words.figures import NONE, published_words, rank_words
from remit.words.sentences import sentence_case

_FIELDS = tuple(field.name for field in fields(MetricScore))


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
    cells: tuple[SourceCell, ...]


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A metric that a trust of this kind may have and this one lacks, and why."""

    metric: Link
    metric_id: str
    reason: str


def metric_line(
    results: Results, scored: ScoredMetric, score: MetricScore, files: NumberedFiles
) -> MetricLine:
    """One metric of one trust as a line."""
    metric = results.assessment.metrics[scored.id]
    return MetricLine(
        metric=results.metric_link(scored.id),
        metric_id=scored.id,
        value=published_words(score.value, score.unit or metric.unit),
        reported_for=score.period_label or "",
        rule=score_in_words(
            results.assessment, {name: getattr(score, name) for name in _FIELDS}, scored
        ),
        rank=rank_said(scored, score),
        score=score.score,
        comparison=compare_metric(score),
        basis=_basis(score),
        notes=tuple(_notes(results, scored, score)),
        cells=(
            *files.cell("value", score.value_place),
            *files.cell("published score", score.score_place),
        ),
    )


def rank_said(scored: ScoredMetric, score: MetricScore) -> str:
    """A rank with whom it is among, and the one that the file prints where it is another."""
    among = ranked_among(score.value, score.unit, scored)
    return rank_words(score.rank, score.population_size, among, score.published_rank)


def missing_line(results: Results, scored: ScoredMetric, score: MetricScore | None) -> MissingLine:
    """A metric without a score as a line."""
    if score is None:
        reason = f"The files have no row for it. {scored.note}".strip()
    elif score.value is not None:
        reason = "The files give a value but no score."
    else:
        reason = f"{sentence_case(status_in_words(score.status))}."
    return MissingLine(results.metric_link(scored.id), scored.id, reason)


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
