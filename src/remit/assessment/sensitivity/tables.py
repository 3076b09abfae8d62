"""The tables of a sensitivity analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from remit.assessment.likely.league_arrays import Field
from remit.assessment.scoring.laws.arrays import Floats, Integers
from remit.assessment.sensitivity.influence import Indices
from remit.assessment.sensitivity.reaggregate import ReaggregatedResults

_SAME = 1e-9


def scenario_table(
    field: Field,
    base: ReaggregatedResults,
    tried: ReaggregatedResults,
    names: Sequence[tuple[str, str]],
) -> pl.DataFrame:
    """One row a scenario and organisation; see :mod:`.sensitivity`."""
    pieces = [_one_scenario(field, base, tried, at) for at in range(len(names))]
    return pl.concat(
        piece.with_columns(pl.lit(scenario).alias("scenario"), pl.lit(label).alias("label"))
        for piece, (scenario, label) in zip(pieces, names, strict=True)
    ).select("scenario", "label", pl.exclude("scenario", "label"))


def _one_scenario(
    field: Field, base: ReaggregatedResults, tried: ReaggregatedResults, at: int
) -> pl.DataFrame:
    score, was = tried.scores[:, at], base.scores[:, 0]
    moved = np.where(np.abs(score - was) <= _SAME, 0.0, score - was)
    lost = np.isnan(score)
    places = {
        "unadjusted_segment": (tried.unadjusted[:, at], base.unadjusted[:, 0]),
        "adjusted_segment": (tried.adjusted[:, at], base.adjusted[:, 0]),
        "rank": (tried.ranks[:, at], base.ranks[:, 0]),
    }
    changes = {
        "unadjusted_segment_change": "unadjusted_segment",
        "segment_change": "adjusted_segment",
        "rank_change": "rank",
    }
    return pl.DataFrame(
        [
            pl.Series("org_code", field.codes),
            pl.Series("kind", field.kinds),
            _number("score", score, lost),
            *(_whole(name, now, lost) for name, (now, _) in places.items()),
            _number("score_change", moved, lost),
            *(_whole(name, places[of][0] - places[of][1], lost) for name, of in changes.items()),
        ]
    )


def _number(name: str, values: Floats, lost: Integers) -> pl.Series:
    return pl.Series(name, np.where(lost, np.nan, values), dtype=pl.Float64).fill_nan(None)


def _whole(name: str, values: Integers, lost: Integers) -> pl.Series:
    kept = [None if gone else int(value) for value, gone in zip(values, lost, strict=True)]
    return pl.Series(name, kept, dtype=pl.Int64)


def _changes() -> list[pl.Expr]:
    return [
        (pl.col("unadjusted_segment_change") != 0).sum().alias("n_unadjusted_segment_changes"),
        (pl.col("segment_change") != 0).sum().alias("n_segment_changes"),
        (pl.col("rank_change") != 0).sum().alias("n_rank_changes"),
    ]


def by_scenario(table: pl.DataFrame) -> pl.DataFrame:
    """How much each scenario changes."""
    return table.group_by("scenario", "label", maintain_order=True).agg(
        pl.len().alias("n_organisations"),
        *_changes(),
        pl.col("rank_change").abs().mean().alias("mean_rank_move"),
        pl.col("rank_change").abs().max().alias("largest_rank_move"),
        pl.col("score").is_null().sum().alias("n_failed"),
    )


def by_organisation(table: pl.DataFrame) -> pl.DataFrame:
    """How much changes for each organisation, and what changes most."""
    moved = pl.struct(pl.col("segment_change").abs(), pl.col("score_change").abs())
    biggest = pl.col("label").sort_by(moved, descending=True, maintain_order=True).first()
    grouped = table.group_by("org_code", "kind", maintain_order=True).agg(
        pl.len().alias("n_scenarios"),
        *_changes(),
        (pl.col("rank") - pl.col("rank_change")).drop_nulls().first().alias("rank"),
        pl.col("rank").min().alias("rank_low"),
        pl.col("rank").max().alias("rank_high"),
        pl.when((pl.col("score_change") != 0).any()).then(biggest).alias("most"),
    )
    return grouped.with_columns(_sentence().alias("sentence"))


def _sentence() -> pl.Expr:
    steady = pl.format("The segment is the same in all {} scenarios.", "n_scenarios")
    changes = pl.format(
        "The segment changes in {} of {} scenarios, most when {}.",
        "n_segment_changes",
        "n_scenarios",
        "most",
    )
    return pl.when(pl.col("n_segment_changes") == 0).then(steady).otherwise(changes)


def influence_table(
    field: Field, choices: Sequence[str], indices: Mapping[str, Indices]
) -> pl.DataFrame:
    """One row an organisation, output and choice."""
    pieces = [
        pl.DataFrame(
            {
                "org_code": field.codes,
                "output": [output] * len(field.codes),
                "choice": [choice] * len(field.codes),
                "first_order": found.first[at],
                "first_order_error": found.first_error[at],
                "total": found.total[at],
                "total_error": found.total_error[at],
            }
        )
        for output, found in indices.items()
        for at, choice in enumerate(choices)
    ]
    return pl.concat(pieces).fill_nan(None).sort("org_code", maintain_order=True)
