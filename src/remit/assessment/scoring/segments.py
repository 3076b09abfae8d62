"""Segments: where the cut points lie, what overrides them, and the league rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from remit.assessment.result.assessment import CutPoints
from remit.assessment.scoring.rounding import quantile, rounded
from remit.model.errors import AssessmentError
from remit.model.framework import Framework, Override

AVERAGE_SHOWN = "_average_shown"
"""The average by which the league table ranks: the published one where that is judged by."""

_EPSILON = 1e-9
_QUARTERS = (0.25, 0.5, 0.75)


def find_cut_points(
    averages: pl.DataFrame,
    framework: Framework,
    expected: Mapping[str, int],
    given: Sequence[float] | None,
) -> CutPoints:
    """The cut points that were given, that the framework declares, or of the population at hand.

    Parameters
    ----------
    given
        The user's; an empty sequence asks for scores without segments.
    averages
        ``org_kind, average_score``, one row an organisation.
    expected
        How many trusts of each kind there are.

    Raises
    ------
    AssessmentError
        If given cut points are not ascending or are of the wrong number, or if the framework
        has thresholds that are an input and none were given.
    """
    cuts = framework.segments.cut_points
    if cuts.basis == "judgement":
        return _judged(framework, given)
    whole = sum(expected.get(kind.value, 0) for kind in cuts.population)
    members = averages.filter(
        pl.col("org_kind").is_in([kind.value for kind in cuts.population])
        & pl.col("average_score").is_not_null()
    )
    if given is not None and not given:
        why = "the thresholds are not public and none were given"
        origin = f"{why if cuts.basis == 'thresholds' else 'none were asked for'}: no segments"
        return CutPoints((), "none", origin, members.height, whole)
    if given is not None:
        values = _checked(given)
        return CutPoints(values, "given", "given by the user", members.height, whole)
    if cuts.thresholds is not None:
        origin = "thresholds that the framework declares"
        return CutPoints(cuts.thresholds, "framework", origin, members.height, whole)
    if cuts.basis == "thresholds":
        raise AssessmentError(
            f"the thresholds of {framework.id} are not public; give them with --cut-points"
        )
    ordered = sorted(members["average_score"].to_list())
    if not ordered:
        raise AssessmentError("no organisation has a score; there is nothing to cut in quartiles")
    values = tuple(quantile(ordered, share, cuts.quantile_method) for share in _QUARTERS)
    origin = f"quartiles of the average scores of {len(ordered)} of {whole} trusts"
    return CutPoints(values, "population", origin, len(ordered), whole)


def _judged(framework: Framework, given: Sequence[float] | None) -> CutPoints:
    if given:
        raise AssessmentError(
            f"the segments of {framework.id} are set by judgement; leave out --cut-points"
        )
    return CutPoints((), "judgement", "segments are set by judgement, not by a score", 0, 0)


def _checked(given: Sequence[float]) -> tuple[float, ...]:
    values = tuple(given)
    if len(values) != len(_QUARTERS) or list(values) != sorted(set(values)):
        shown = ", ".join(f"{value:g}" for value in values)
        raise AssessmentError(
            f"give three ascending cut points, such as 2.05,2.32,2.60; got {shown}"
        )
    return values


def segment_of(score: pl.Expr, cut_points: Sequence[float]) -> pl.Expr:
    """The segment of a score: 1 up to and with the first cut point, and so on.

    Without cut points there is none.
    """
    if not cut_points:
        return pl.lit(None, dtype=pl.Int64)
    beyond = [(score > cut + _EPSILON).cast(pl.Int64) for cut in cut_points]
    return pl.lit(1, dtype=pl.Int64) + pl.sum_horizontal(beyond) + 0 * score.cast(pl.Int64)


def domain_segments(means: pl.DataFrame, kinds: pl.DataFrame, framework: Framework) -> pl.DataFrame:
    """Add ``segment``: the quartile of each domain score among all organisations at hand."""
    cuts = framework.segments.cut_points
    if cuts.basis != "quartiles":
        return means.with_columns(pl.lit(None, dtype=pl.Int64).alias("segment"))
    population = [kind.value for kind in cuts.population]
    pieces = []
    for (_,), part in means.join(kinds, on="org_code").group_by("domain", maintain_order=True):
        scores = sorted(part.filter(pl.col("org_kind").is_in(population))["score"].to_list())
        points = [quantile(scores, share, cuts.quantile_method) for share in _QUARTERS]
        pieces.append(part.with_columns(segment_of(pl.col("score"), points).alias("segment")))
    if not pieces:
        return means.with_columns(pl.lit(None, dtype=pl.Int64).alias("segment"))
    return pl.concat(pieces).drop("org_kind")


def apply_overrides(standing: pl.DataFrame, overrides: Sequence[Override]) -> pl.DataFrame:
    """Add ``adjusted_segment``, ``final_segment``, ``override`` and ``overrides_applied``.

    ``override`` says whether a flag of the adjusted stage is set; ``overrides_applied`` names
    the overrides that changed the segment.
    """
    applied: list[pl.Expr] = []
    segment = pl.col("unadjusted_segment")
    by_stage: dict[str, pl.Expr] = {}
    for stage in ("adjusted", "final"):
        for override in (o for o in overrides if o.stage == stage):
            after = _overridden(segment, override)
            applied.append(pl.when(after != segment).then(pl.lit(override.id)))
            segment = after
        by_stage[stage] = segment
    flags = [_is_set(o) for o in overrides if o.stage == "adjusted"]
    names = pl.concat_str(applied, separator=", ", ignore_nulls=True) if applied else pl.lit("")
    return standing.with_columns(
        by_stage["adjusted"].alias("adjusted_segment"),
        by_stage["final"].alias("final_segment"),
        (pl.any_horizontal(flags) if flags else pl.lit(value=False)).alias("override"),
        names.alias("overrides_applied"),
    )


def flag_column(override: Override) -> str:
    """The column of the standing that holds an override's published flag."""
    return f"flag_{override.id}"


def _is_set(override: Override) -> pl.Expr:
    return (pl.col(flag_column(override)) == 1).fill_null(value=False)


def _overridden(segment: pl.Expr, override: Override) -> pl.Expr:
    if override.becomes is not None:
        after: pl.Expr = pl.lit(override.becomes, dtype=pl.Int64)
    else:
        after = pl.max_horizontal(segment, pl.lit(override.no_better_than, dtype=pl.Int64))
    return pl.when(_is_set(override) & segment.is_not_null()).then(after).otherwise(segment)


def league_rank(framework: Framework) -> pl.Expr:
    """Competition rank by the framework's order, within each kind where it says so."""
    league = framework.league
    keys = {
        "adjusted_segment": pl.col("adjusted_segment").cast(pl.Float64),
        "average_score": rounded(pl.col(AVERAGE_SHOWN), framework.rounding, league.decimals),
    }
    placed = pl.all_horizontal(keys[name].is_not_null() for name in league.by)
    order = pl.when(placed).then(pl.struct([keys[name].alias(name) for name in league.by]))
    rank = order.rank("min")
    return (rank.over("kind") if league.within == "kind" else rank).cast(pl.Int64)
