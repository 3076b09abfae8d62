"""Likely ranges and sensitivity on NHS England's own files."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import remit
from remit.assessment.likely.ranges import likely_ranges
from remit.assessment.sensitivity.sensitivity import sensitivity
from remit.frames.figures import Figures

pytestmark = pytest.mark.conformance

QUARTERS = ["2025/26 Q1", "2025/26 Q2", "2025/26 Q3"]
TRUSTS = 61
ENDS = ["likely_score_low", "likely_score_high"]


@pytest.fixture(scope="session")
def files(shared_data: Path) -> list[Path]:
    return sorted((shared_data / "nof").glob("*.csv"))


@pytest.fixture(scope="session")
def mental_health(files: list[Path]) -> Figures:
    return remit.read(next(path for path in files if "mental-health" in path.name))


@pytest.mark.parametrize("quarter", QUARTERS)
def test_ranges_hold_the_published_score_and_rank(mental_health: Figures, quarter: str) -> None:
    standing = remit.assess(mental_health, period=quarter).standing
    assert standing.height == TRUSTS
    low, high = (pl.col(end).round(2) for end in ENDS)
    assert standing.filter(pl.col("published_average_score").is_between(low, high)).height == TRUSTS
    rank = pl.col("published_rank").is_between("likely_rank_low", "likely_rank_high")
    assert standing.filter(rank).height == TRUSTS
    chances = standing.select(pl.sum_horizontal(pl.col("^p_segment_.$"))).to_series()
    assert (chances - 1).abs().max() < 1e-9


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_trust_in_deficit_is_not_likely_to_stand_better_than_3(
    mental_health: Figures, quarter: str
) -> None:
    flagged = remit.assess(mental_health, period=quarter).standing.filter("override")
    assert flagged.height >= 10
    assert flagged["p_segment_1"].max() == 0
    assert flagged["p_segment_2"].max() == 0


@pytest.mark.parametrize("quarter", QUARTERS)
def test_most_ranges_cross_a_cut_point(mental_health: Figures, quarter: str) -> None:
    # In Q4, which is not at hand, 56 of 61 published ranges cross one.
    found = likely_ranges(remit.assess(mental_health, period=quarter))
    low, high = (pl.col(end).round(2) for end in ENDS)
    crossing = [(low <= cut) & (high > cut) for cut in found.cut_points.values]
    assert found.table.filter(pl.any_horizontal(crossing)).height > 0.85 * TRUSTS


def test_a_score_range_does_not_depend_on_which_other_files_are_there(
    files: list[Path], mental_health: Figures
) -> None:
    alone = remit.assess(mental_health, period=QUARTERS[0]).standing
    together = remit.assess(remit.read(*files), period=QUARTERS[0]).standing
    joined = alone.join(together, on="org_code", suffix="_together")
    assert joined.height == TRUSTS
    for end in ENDS:
        assert joined[end].equals(joined[f"{end}_together"], check_names=False)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_sensitivity_starts_from_the_published_segments(
    mental_health: Figures, quarter: str
) -> None:
    assessment = remit.assess(mental_health, period=quarter)
    found = sensitivity(assessment, sample=64)
    assert not found.refit
    assert found.failed == 0
    before = found.results.with_columns(
        (pl.col("adjusted_segment") - pl.col("segment_change")).alias("segment")
    ).join(assessment.standing.select("org_code", "published_segment"), on="org_code")
    assert (before["segment"] == before["published_segment"]).all()


@pytest.mark.parametrize("quarter", QUARTERS)
def test_dropping_one_metric_changes_the_segment_of_many(
    mental_health: Figures, quarter: str
) -> None:
    # In Q4, which is not at hand, it changes the unadjusted segment of 44 of 61.
    found = sensitivity(remit.assess(mental_health, period=quarter), sample=64)
    dropped = found.results.filter(
        pl.col("scenario").str.starts_with("dropped") & (pl.col("unadjusted_segment_change") != 0)
    )
    assert 0.5 * TRUSTS < dropped["org_code"].n_unique() < TRUSTS
