"""The cut points that a quarter prints put every published trust in its published segment."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import remit
from remit.assessment.improvement.starting_point import lay_ground
from remit.frames.figures import Figures

QUARTERS = {"2025/26 Q1": 195, "2025/26 Q2": 61, "2025/26 Q3": 61}


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> Figures:
    folder = shared_data / "nof"
    return remit.read(*sorted(folder.glob("nhs-oversight-framework-*.csv")))


@pytest.mark.parametrize(("quarter", "trusts"), QUARTERS.items())
@pytest.mark.parametrize("mode", ["published", "recomputed"])
def test_every_segment_is_where_the_printed_cut_points_put_it(
    figures: Figures, quarter: str, trusts: int, mode: str
) -> None:
    result = remit.assess(figures, period=quarter, mode=mode, replicates=None)  # type: ignore[arg-type]
    assert result.standing.height == trusts
    printed = [float(cut) for cut in result.cut_points.shown.split(" | ")]
    # A cut point of quartiles is somebody's average: four decimals tell it only to their half.
    beyond = [(pl.col("average_score") > cut + 0.00005).cast(pl.Int64) for cut in printed]
    by_print = 1 + pl.sum_horizontal(beyond)
    assert result.standing.filter(by_print != pl.col("unadjusted_segment")).is_empty()


@pytest.mark.parametrize(("quarter", "trusts"), QUARTERS.items())
def test_published_segments_imply_them_and_routes_start_from_the_same(
    figures: Figures, quarter: str, trusts: int
) -> None:
    result = remit.assess(figures, period=quarter, replicates=None)
    assert result.cut_points.basis == "published"
    segments = ("computed_unadjusted_segment", "published_unadjusted_segment")
    same = result.standing.filter(pl.col(segments[0]) == pl.col(segments[1]))
    assert same.height == trusts
    assert (
        f"published segments of {trusts} of 205 trusts; each could be" in result.cut_points.origin
    )
    ground = lay_ground(
        figures,
        result.standing["org_code"][0],
        framework="nof-2025-26",
        period=quarter,
        cut_points="fixed",
        register=None,
        records=None,
    )
    assert ground.before.cut_points == result.cut_points
    assert result.cut_points.shown in ground.held
