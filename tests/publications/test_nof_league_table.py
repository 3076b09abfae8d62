"""League table files: each figure of a row is an observation; a bad row is rejected whole."""

from __future__ import annotations

from pathlib import Path

import polars as pl

import remit
from remit.frames.figures import Figures

from .nof_files import LEAGUE_HEADER, write

GOOD = "London,Acute trust,Acute - Teaching,RYJ,A trust,Q1 2025/26,1.82,1.55 to 2.1,1,No,11,5 - 30"


def values(figures: Figures, code: str = "RYJ") -> dict[str, float]:
    mine = figures.observations.filter(pl.col("org_code") == code)
    return dict(mine.select("metric_id", "value").iter_rows())


def test_a_row_yields_score_segment_rank_flag_and_both_ranges(tmp_path: Path) -> None:
    figures = remit.read(write(tmp_path / "league.csv", [GOOD], LEAGUE_HEADER))
    assert values(figures) == {
        "OF5002": 1.82,
        "OF5000": 1.0,
        "OF5004": 0.0,
        "league_rank": 11.0,
        "likely_score_low": 1.55,
        "likely_score_high": 2.1,
        "likely_rank_low": 5.0,
        "likely_rank_high": 30.0,
    }
    assert figures.releases() == ["2025/26 Q1"]
    assert set(figures.observations["source_row"]) == {2}


def test_a_row_with_a_bad_cell_is_rejected_whole(tmp_path: Path) -> None:
    bad = GOOD.replace("RYJ", "R1K").replace(",1.82,", ",high,")
    figures = remit.read(write(tmp_path / "league.csv", [GOOD, bad], LEAGUE_HEADER))
    (rejection,) = figures.rejections
    assert (rejection.line, rejection.column, rejection.value) == (3, "Average_score", "high")
    assert values(figures, "R1K") == {}


def test_rows_read_are_accepted_or_rejected(tmp_path: Path) -> None:
    rows = [GOOD, GOOD, GOOD.replace("RYJ", "XXX"), GOOD.replace("RYJ", "R1K")]
    figures = remit.read(write(tmp_path / "league.csv", rows, LEAGUE_HEADER))
    (source,) = figures.sources.values()
    assert (source.rows_read, source.rows_accepted, source.rows_rejected) == (4, 2, 2)
    assert [r.line for r in figures.rejections] == [3, 4]
