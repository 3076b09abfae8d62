"""Which score enters the averages: the recomputed or the published one."""

from __future__ import annotations

import polars as pl

from remit.assessment.result.assessment import Assessment, Mode
from remit.assessment.result.once import once
from remit.assessment.scoring.averages import SCORE, averages
from remit.assessment.scoring.columns import column, flags, floats
from remit.assessment.scoring.inputs import Inputs
from remit.assessment.scoring.laws.arrays import Floats
from remit.assessment.scoring.laws.rounding import as_entered, rounded, rounded_early
from remit.model.errors import AssessmentError
from remit.model.framework import Framework
from remit.model.period import Period

AS_ROUNDED = 0.01 + 1e-9
"""How far a mean may be from the published average by scores that entered it rounded."""
RECOMPUTED, INCOMPLETE, PUBLISHED = "recomputed", "recomputed_incomplete", "published"


def settled_mode(
    mode: Mode | None, cells: pl.DataFrame, inputs: Inputs, framework: Framework
) -> Mode:
    """The mode that was asked for; else ``published`` where there are published scores at hand.

    Parameters
    ----------
    cells
        With ``metric_id, published_score, own_score``.
    inputs
        Published segments without a single figure are ``published``, where a framework's steps to
        them are not known.

    Raises
    ------
    AssessmentError
        If ``published`` is asked for and no score is published.
    """
    if cells.is_empty() and takes_segments(inputs, framework):
        return mode or "published"
    made = [m.id for m in framework.metrics if not m.is_evidence and not m.takes_published]
    of_made = cells.filter(pl.col("metric_id").is_in(made))
    at_hand = pl.col("published_score").is_not_null()
    settled = mode or ("recomputed" if made and of_made.filter(at_hand).is_empty() else "published")
    scores = any(not metric.is_evidence for metric in framework.metrics)
    none = made and of_made.filter(pl.col("own_score") | at_hand).is_empty()
    if settled == "published" and scores and (none or cells.filter(at_hand).is_empty()):
        theirs = "".join(f"those of {one} go with --framework {one}; " for one in inputs.others)
        raise AssessmentError(
            f"the figures hold no published scores of {framework.name}; {theirs}use --mode "
            "recomputed to score the values"
        )
    return settled


def takes_segments(inputs: Inputs, framework: Framework) -> bool:
    """Whether there are published segments whose steps Remit does not know, to be taken as such."""
    adjusted = pl.col("metric_id") == (framework.segments.published_adjusted or "")
    return bool(framework.segments.lacks) and not inputs.results.filter(adjusted).is_empty()


def with_published_averages(
    made: pl.DataFrame, inputs: Inputs, framework: Framework, mode: Mode
) -> pl.DataFrame:
    """Averages, with the published one where the mean of the scores at hand is another, or none.

    A league table gives averages and segments and no scores, and how scores count may not be
    known: where the framework's way to the segments is not known there is nothing else to go by.

    Parameters
    ----------
    made
        ``org_code, average_score``.
    inputs
        With the published results.
    framework
        In outline; to another the averages are given back as they are.
    mode
        Only published averages stand beside published segments.

    Returns
    -------
    polars.DataFrame
        The same rows; where published averages are taken, the mean of the scores at hand stands
        beside them as ``mean_of_scores``.
    """
    if mode != "published" or not takes_segments(inputs, framework):
        return made
    published = inputs.results.filter(
        pl.col("metric_id") == (framework.aggregation.published_average or "")
    )
    beside = made.join(
        published.select("org_code", pl.col("value").alias("_published")), on="org_code", how="left"
    )
    mean, published_one = pl.col("average_score"), pl.col("_published")
    same = (mean - published_one).abs() <= AS_ROUNDED
    return beside.with_columns(
        mean.alias("mean_of_scores"),
        pl.when(same).then(mean).otherwise(pl.coalesce(published_one, mean)).alias("average_score"),
    ).drop("_published")


@once
def own_averages(assessment: Assessment) -> pl.DataFrame:
    """``org_code, own_average``: the mean of each organisation's own scores."""
    made = averages(assessment.entries, assessment.framework)
    return made.select("org_code", pl.col("average_score").alias("own_average"))


def choose_scores(
    cells: pl.DataFrame, framework: Framework, mode: Mode, period: Period
) -> pl.DataFrame:
    """Add ``score``, ``basis``, ``difference`` and ``entry_score``.

    In ``published`` mode the published score is taken, and a metric without one does not count.
    In ``recomputed`` mode the recomputed score is taken where its population is complete, else
    the framework's own published one, else the recomputed one of the trusts at hand
    (``recomputed_incomplete``).
    ``difference`` is null where the population is not complete: there is nothing to compare.
    ``entry_score`` is the score as it enters the mean: some enter already rounded.
    """
    scored = pl.col("rule") != "evidence"
    cells = cells.with_columns(pl.when(scored).then(_basis(mode)).alias("basis"))
    chosen = pl.when(pl.col("basis") == PUBLISHED).then("published_score")
    cells = cells.with_columns(
        pl.when(pl.col("basis").is_not_null())
        .then(chosen.otherwise("recomputed_score"))
        .alias("score"),
        pl.when("complete").then(_difference(cells, framework)).alias("difference"),
    )
    return with_entry_scores(cells, framework, period)


def with_entry_scores(cells: pl.DataFrame, framework: Framework, period: Period) -> pl.DataFrame:
    """Add ``entry_score``: the score as it enters the mean, since some enter already rounded."""
    rounding = framework.rounding
    early = flags(cells, pl.col("metric_id").is_in(rounded_early(rounding, period.label)))
    return cells.with_columns(column(SCORE, as_entered(floats(cells, "score"), early, rounding)))


def entered(assessment: Assessment, metric_id: str, scores: Floats) -> Floats:
    """Scores of one metric as they enter the mean in the period of an assessment."""
    rounding = assessment.framework.rounding
    early = metric_id in rounded_early(rounding, assessment.period.label)
    return as_entered(scores, early, rounding)


def _difference(cells: pl.DataFrame, framework: Framework) -> pl.Expr:
    """Recomputed score as shown, less the published one."""
    made = column("made", rounded(floats(cells, "recomputed_score"), framework.rounding))
    return pl.lit(made) - pl.col("published_score")


def _basis(mode: Mode) -> pl.Expr:
    """Which score is taken. For whom there is one a framework's own publication says."""
    whom = pl.col("own_score") | pl.col("eligible")
    published = pl.col("published_score").is_not_null() & whom
    made = pl.col("recomputed_score").is_not_null()
    if mode == "published":
        return pl.when(published).then(pl.lit(PUBLISHED))
    return (
        pl.when(made & pl.col("complete"))
        .then(pl.lit(RECOMPUTED))
        .when(published)
        .then(pl.lit(PUBLISHED))
        .when(made)
        .then(pl.lit(INCOMPLETE))
    )
