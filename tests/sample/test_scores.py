"""The sample's published results: those that the rules give, but for the announced differences."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from remit.assessment.result.assessment import Mode
from remit.assessment.run import assess
from remit.frames.figures import Figures
from remit.sample import DIFFERENCES

Table = Callable[[str], list[dict[str, str]]]
QUARTERS = [1, 2, 3, 4]


def cells(rows: list[dict[str, str]], metric_id: str, column: str) -> dict[str, str]:
    return {row["Trust_code"]: row[column] for row in rows if row["Metric_ID"] == metric_id}


def test_four_hour_scores_by_hand(table: Table) -> None:
    """From 78 per cent the score is 1; seven trusts miss it and are ranked from 2 to 4.

    The steps between them are 2/6: 2, 2.33, (2.67), 3, 3.33, 3.67, 4. Two share the second place.
    """
    rows = table("sample-acute-trust-data-q1-2025-26.csv")
    by_hand = {  # trust: figure, rank in the file, score
        "ZA2": ("82.0", "1.0", "1.0"),
        "ZA6": ("81.0", "2.0", "1.0"),
        "ZAA": ("76.2", "3.0", "2.0"),
        "ZA1": ("76.0", "4.0", "2.33"),
        "ZA9": ("76.0", "4.0", "2.33"),
        "ZA4": ("73.8", "6.0", "3.0"),
        "ZA3": ("71.8", "7.0", "3.33"),
        "ZA7": ("70.4", "8.0", "3.67"),
        "ZA8": ("68.4", "9.0", "4.0"),
    }
    values, ranks = cells(rows, "OF0013", "Value"), cells(rows, "OF0013", "Rank")
    scores = cells(rows, "OF1013", "Value")
    assert {code: (values[code], ranks[code], scores[code]) for code in values} == by_hand
    assert scores.keys() == by_hand.keys()


def test_one_average_by_hand(table: Table) -> None:
    """An ambulance trust's average is the mean of its seven scores; finance counts once."""
    rows = table("sample-ambulance-trust-data-q1-q4-2025-26.csv")
    first = [r for r in rows if r["Quarter"] == "Q1 2025/26" and r["Trust_code"] == "ZV2"]
    counted = ("OF1017", "OF1028", "OF1061", "OF1080", "OF1082", "OF1084", "OF1086")
    scores = [float(row["Value"]) for row in first if row["Metric_ID"] in counted]
    assert len(scores) == 7
    published = next(float(row["Value"]) for row in first if row["Metric_ID"] == "OF5002")
    assert published == pytest.approx(sum(scores) / 7, abs=0.01)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_recomputed_scores_agree_but_for_the_announced_differences(
    figures: Figures, quarter: int
) -> None:
    result = assess(figures, period=f"2025/26 Q{quarter}", mode="recomputed")
    found = {
        (row["org_code"], row["metric_id"]): row["published_score"]
        for row in result.differences().to_dicts()
    }
    assert found == {
        (odd.code, odd.metric_id): float(odd.published)
        for odd in DIFFERENCES
        if odd.quarter == quarter
    }


@pytest.mark.parametrize("mode", ["published", "recomputed"])
@pytest.mark.parametrize("quarter", QUARTERS)
def test_segments_and_ranks_agree(figures: Figures, quarter: int, mode: Mode) -> None:
    standing = assess(figures, period=f"2025/26 Q{quarter}", mode=mode).standing
    for ours, theirs in (
        ("computed_unadjusted_segment", "published_unadjusted_segment"),
        ("adjusted_segment", "published_segment"),
        ("rank", "published_rank"),
    ):
        differing = standing.filter(pl.col(ours).cast(float) != pl.col(theirs).cast(float))
        assert differing["org_code"].to_list() == []
    assert standing["published_segment"].null_count() == 0


@pytest.mark.parametrize("quarter", QUARTERS)
def test_averages_and_domain_scores_agree(figures: Figures, quarter: int) -> None:
    result = assess(figures, period=f"2025/26 Q{quarter}", mode="recomputed")
    odd = [difference.code for difference in DIFFERENCES if difference.quarter == quarter]
    # Half of the last published digit, and a little for the arithmetic of the machine.
    averages = result.standing.filter(
        (pl.col("average_score") - pl.col("published_average_score")).abs() > 0.005 + 1e-9
    )
    assert averages["org_code"].to_list() == odd
    domains = result.domain_scores.filter(
        ((pl.col("score") - pl.col("published_score")).abs() > 0.005 + 1e-9)
        | (pl.col("segment") != pl.col("published_segment"))
    )
    assert domains["org_code"].to_list() == odd


def test_the_stories_are_told(figures: Figures) -> None:
    segments = {
        quarter: dict(
            assess(figures, period=f"2025/26 Q{quarter}")
            .standing.select("org_code", "final_segment")
            .iter_rows()
        )
        for quarter in QUARTERS
    }
    told = {c: [segments[q].get(c) for q in QUARTERS] for c in ("ZA2", "ZA3", "ZA7", "ZC3")}
    assert told == {
        "ZA2": [1, 1, 3, 4],  # it falls
        "ZA3": [4, 4, 3, 3],  # it improves
        "ZA7": [5, 5, 4, 4],  # it leaves the programme
        "ZC3": [3, 3, None, None],  # it merges
    }
