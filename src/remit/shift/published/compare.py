"""ICBs beside each other: ranks per head and per need-weighted head, and funnels of both."""

from __future__ import annotations

import polars as pl

from remit.model.errors import AssessmentError
from remit.shift.published.year import READ, MeasureYear
from remit.signals.funnel import funnel

LARGE_MOVE = 10
"""Places from which on a move between two ways of counting is called large."""

HEAD, NEED, WHOLE = "per_head", "per_need_weighted_head", "share"

RANK_COLUMNS = {
    "measure": pl.String(),
    "org_code": pl.String(),
    "org_name": pl.String(),
    "basis": pl.String(),
    "value": pl.Float64(),
    "rank": pl.Int64(),
    "of": pl.Int64(),
    "need_value": pl.Float64(),
    "need_rank": pl.Int64(),
    "places": pl.Int64(),
    "large_move": pl.Boolean(),
}

FUNNEL_COLUMNS = {
    "measure": pl.String(),
    "basis": pl.String(),
    "org_code": pl.String(),
    "org_name": pl.String(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "value": pl.Float64(),
    "common": pl.Float64(),
    "dispersion": pl.Float64(),
    "z": pl.Float64(),
    "z_adjusted": pl.Float64(),
    "inner_lower": pl.Float64(),
    "inner_upper": pl.Float64(),
    "outer_lower": pl.Float64(),
    "outer_upper": pl.Float64(),
    "verdict": pl.String(),
}


def ranks_of(of: MeasureYear) -> pl.DataFrame:
    """The ICBs' places by a measure, 1 the highest value; none where it is withheld.

    Returns
    -------
    polars.DataFrame
        The columns of ``RANK_COLUMNS``. ``places`` is the place by need-weighted heads less that
        by heads: above 0 an ICB comes further down once its need is allowed for.

    Examples
    --------
    ``ranks_of(year)``
    """
    icbs = _icbs(of)
    if icbs.is_empty():
        return pl.DataFrame(schema=RANK_COLUMNS)
    basis = HEAD if of.measure.per_people else WHOLE
    ranked = icbs.with_columns(
        pl.lit(of.measure.id).alias("measure"),
        pl.lit(basis).alias("basis"),
        _rank("value").alias("rank"),
        pl.len().alias("of"),
        _rank("need_value").alias("need_rank"),
    ).with_columns((pl.col("need_rank") - pl.col("rank")).alias("places"))
    return (
        ranked.with_columns((pl.col("places").abs() >= LARGE_MOVE).alias("large_move"))
        .rename({"area_code": "org_code", "area_name": "org_name"})
        .select(pl.col(name).cast(kind) for name, kind in RANK_COLUMNS.items())
        .sort("rank", "org_code")
    )


def _rank(column: str) -> pl.Expr:
    return pl.col(column).rank("min", descending=True).cast(pl.Int64)


def _icbs(of: MeasureYear) -> pl.DataFrame:
    return of.areas.filter(pl.col("level") == "icb", pl.col("status") == READ)


def funnels_of(of: MeasureYear) -> pl.DataFrame:
    """The ICBs in a funnel: of a share one, of a rate one per head and one per need-weighted head.

    Limits are widened by the over-dispersion, multiplicative, with a tenth of z scores winsorised
    at each end (:func:`remit.signals.funnel.funnel`).

    Examples
    --------
    ``funnels_of(year)``
    """
    icbs = _icbs(of)
    if icbs.is_empty():
        return pl.DataFrame(schema=FUNNEL_COLUMNS)
    if not of.measure.per_people:
        return _funnel(of, icbs, WHOLE, pl.col("denominator"))
    made = [_funnel(of, icbs, HEAD, pl.col("people"))]
    weighted = icbs.filter(pl.col("need_index").is_not_null())
    if not weighted.is_empty():
        made.append(_funnel(of, weighted, NEED, pl.col("people") * pl.col("need_index")))
    return pl.concat(made)


def _funnel(of: MeasureYear, icbs: pl.DataFrame, basis: str, base: pl.Expr) -> pl.DataFrame:
    rows = icbs.select("area_code", "area_name", "numerator", base.alias("denominator"))
    scale = of.measure.scale
    try:
        made = funnel(rows, better=of.measure.towards, scale=scale, events=basis != WHOLE)
    except AssessmentError:
        return pl.DataFrame(schema=FUNNEL_COLUMNS)
    told: pl.DataFrame = (
        made.points.with_columns(
            pl.lit(of.measure.id).alias("measure"),
            pl.lit(basis).alias("basis"),
            pl.lit(made.target).alias("common"),
            pl.lit(made.dispersion).alias("dispersion"),
        )
        .rename({"area_code": "org_code", "area_name": "org_name"})
        .select(pl.col(name).cast(kind) for name, kind in FUNNEL_COLUMNS.items())
    )
    return told
