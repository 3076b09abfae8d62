"""Metric scores under other tie rules and ranking populations, as arrays.

A scenario ranks again what can be ranked again: values whose population is at hand. Every other
score stays as it is, and so does the score of a value that the other rule leaves alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from remit.assessment.likely.league_arrays import Field
from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.averages import mark_entries
from remit.assessment.scoring.entering_scores import INCOMPLETE, choose_scores
from remit.assessment.scoring.inputs import Inputs, gather
from remit.assessment.scoring.laws.arrays import Flags, Floats
from remit.assessment.scoring.metric_scores import score
from remit.assessment.scoring.system_adjustment import own_entries
from remit.assessment.sensitivity.tie_rules import DECLARED, KEY, TIES, has_ranks, ranked_again
from remit.frames.figures import Figures
from remit.model.framework import Framework
from remit.model.observation import Status
from remit.series.sums import NOBODY_COUNTED

OWN_KIND = "own_kind"

_SAME = 1e-12
_MOSTLY = 0.5
"""A score is expected of an organisation where at least this share of its kind has one."""


@dataclass(frozen=True, slots=True)
class Rescored:
    """Scores of the metrics that count.

    Attributes
    ----------
    metrics
        Their identifiers, length ``metrics``.
    scores
        For each tie rule and population, shape ``(organisations, metrics)``, NaN where there is
        no score.
    missing
        Where a score would be expected and is not there, same shape.
    ties, populations
        The tie rules and populations that lead to different scores, the declared ones first.
    not_recomputed
        What could not be ranked again, in sentences.
    """

    metrics: tuple[str, ...]
    scores: Mapping[tuple[str, str], Floats]
    missing: Flags
    ties: tuple[str, ...]
    populations: tuple[str, ...]
    not_recomputed: tuple[str, ...]


def rescore(assessment: Assessment, field: Field) -> Rescored:
    """Score the period's values once for each tie rule and population."""
    framework = assessment.framework
    figures = Figures(assessment.observations, sources=assessment.sources)
    of = assessment
    inputs = gather(figures, framework, of.metrics, of.register, of.period)
    cells = score(inputs, framework, assessment.metrics).cells
    base = _counting(cells, assessment, inputs).filter(pl.col("org_code").is_in(field.codes))
    scored = set(base.filter(pl.col("score").is_not_null())["metric_id"])
    metrics = tuple(metric.id for metric in framework.metrics if metric.id in scored)
    first = ranked_again(cells, framework, assessment.metrics)
    again = {DECLARED: first}
    if any(m.population != OWN_KIND and has_ranks(m) for m in framework.metrics if m.id in scored):
        alone = _within_kinds(framework)
        cells_alone = score(inputs, alone, assessment.metrics).cells
        again[OWN_KIND] = ranked_again(cells_alone, alone, assessment.metrics)
    scores = {
        (ties, population): _grid(_replaced(base, first, table, ties), field.codes, metrics)
        for population, table in again.items()
        for ties in (DECLARED, *TIES)
    }
    return Rescored(
        metrics=metrics,
        scores=scores,
        missing=_missing(scores[DECLARED, DECLARED], base, field, metrics),
        ties=_distinct(scores, [(ties, DECLARED) for ties in (DECLARED, *TIES)], 0),
        populations=_distinct(scores, [(DECLARED, population) for population in again], 1),
        not_recomputed=tuple(_said(framework, metrics, base, again)),
    )


def _counting(cells: pl.DataFrame, assessment: Assessment, inputs: Inputs) -> pl.DataFrame:
    """The cells that enter an average, with the score that was chosen for each."""
    chosen = choose_scores(cells, assessment.framework, assessment.mode, assessment.period)
    counted = mark_entries(chosen, assessment.framework).filter(pl.col("counts"))
    named = counted.with_columns(pl.col("metric_id").alias("entry"))
    return own_entries(named, inputs.kinds, assessment.framework)


def _within_kinds(framework: Framework) -> Framework:
    """The framework with every metric ranked within the kind."""
    metrics = [metric.model_copy(update={"population": OWN_KIND}) for metric in framework.metrics]
    return framework.model_copy(update={"metrics": tuple(metrics)})


def _replaced(
    base: pl.DataFrame, first: pl.DataFrame, again: pl.DataFrame, ties: str
) -> pl.DataFrame:
    """The base with ``score`` replaced where the other rule ranks a value differently."""
    before = first.select(*KEY, pl.col(DECLARED).alias("_before"), pl.col("complete").alias("_was"))
    after = again.select(*KEY, pl.col(ties).alias("_after"), pl.col("complete").alias("_is"))
    joined = base.join(before, on=KEY, how="left").join(after, on=KEY, how="left")
    known = pl.col("_is") | (pl.col("basis") == INCOMPLETE)
    left_alone = (pl.col("_is") == pl.col("_was")) & (
        (pl.col("_after") - pl.col("_before")).abs() <= _SAME
    )
    take = known & ~left_alone & pl.col("_after").is_not_null() & pl.col("score").is_not_null()
    take = take.fill_null(value=False)
    return joined.with_columns(pl.when(take).then("_after").otherwise("score").alias("score"))


def _grid(cells: pl.DataFrame, codes: Sequence[str], metrics: Sequence[str]) -> Floats:
    """``score`` as an array, shape ``(codes, metrics)``."""
    rows = {code: place for place, code in enumerate(codes)}
    columns = {metric: place for place, metric in enumerate(metrics)}
    grid = np.full((len(codes), len(metrics)), np.nan)
    reported = cells.filter(pl.col("score").is_not_null())
    at = [rows[code] for code in reported["org_code"]]
    grid[at, [columns[metric] for metric in reported["metric_id"]]] = reported["score"].to_numpy()
    return grid


def _missing(scores: Floats, base: pl.DataFrame, field: Field, metrics: Sequence[str]) -> Flags:
    """Where a score would be expected: most of the kind have one, or the file has a row for it.

    The files do not say which services an organisation does not provide, so what few of its
    kind are scored on is not expected of it.
    """
    present = ~np.isnan(scores)
    expected = np.zeros_like(present)
    for members in field.by_kind():
        expected[members] = present[members].mean(axis=0) >= _MOSTLY
    unreported = base.filter(
        pl.col("status").is_in([Status.SUPPRESSED.value, Status.NOT_SUBMITTED.value])
        & pl.col("metric_id").is_in(list(metrics))
    )
    asked = unreported.with_columns(pl.lit(1.0).alias("score"))
    expected |= ~np.isnan(_grid(asked, field.codes, metrics))
    excused = base.filter(
        pl.col("status").is_in([Status.NOT_APPLICABLE.value, NOBODY_COUNTED])
        & pl.col("metric_id").is_in(list(metrics))
    ).with_columns(pl.lit(1.0).alias("score"))
    expected &= np.isnan(_grid(excused, field.codes, metrics))
    return expected & ~present


def _distinct(
    scores: Mapping[tuple[str, str], Floats], keys: Sequence[tuple[str, str]], part: int
) -> tuple[str, ...]:
    """The names among some keys whose scores are like none before."""
    found: list[tuple[str, str]] = []
    for key in keys:
        if not any(np.array_equal(scores[key], scores[one], equal_nan=True) for one in found):
            found.append(key)
    return tuple(key[part] for key in found)


def _said(
    framework: Framework,
    metrics: Sequence[str],
    base: pl.DataFrame,
    again: Mapping[str, pl.DataFrame],
) -> list[str]:
    """Which ranked metrics keep their scores, for want of their ranking population."""
    words = {DECLARED: "Other tie rules", OWN_KIND: "Ranking within the kind"}
    ranked = [m.id for m in framework.metrics if m.id in metrics and has_ranks(m)]
    incomplete = set(base.filter(pl.col("basis") == INCOMPLETE)["metric_id"])
    sentences = []
    for population, table in again.items():
        whole = set(table.filter(pl.col("complete"))["metric_id"]) | incomplete
        kept = [metric for metric in ranked if metric not in whole]
        if kept:
            sentences.append(
                f"{words[population]}: their ranking population is not at hand, so these keep "
                f"their scores: {', '.join(kept)}."
            )
    return sentences
