"""NHS England's published results, reached again from its own files."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import remit
from remit.assessment.result.assessment import Assessment
from remit.frames.figures import Figures

Q1 = "2025/26 Q1"
QUARTERS = [Q1, "2025/26 Q2", "2025/26 Q3"]
WITHIN = 0.01 + 1e-9
DOMAINS = 5


@pytest.fixture(scope="session")
def acute(shared_data: Path) -> Figures:
    return remit.read(shared_data / "nof" / "nhs-oversight-framework-acute-trust-data.csv")


@pytest.fixture(scope="session")
def mental_health(shared_data: Path) -> Figures:
    name = "nhs-oversight-framework-mental-health-and-community-trust-data-q1-q3-25-26.csv"
    return remit.read(shared_data / "nof" / name)


@pytest.fixture(scope="session")
def both(shared_data: Path) -> Figures:
    return remit.read(*sorted((shared_data / "nof").glob("*.csv")))


@pytest.fixture(scope="session")
def recomputed(both: Figures) -> Assessment:
    return remit.assess(both, period=Q1, mode="recomputed")


def close(ours: str, published: str) -> pl.Expr:
    return (pl.col(ours) - pl.col(published)).abs() <= WITHIN


def share_close(scores: pl.DataFrame) -> float:
    return scores.filter(close("score", "published_score")).height / scores.height


def test_acute_q1_published_average_domains_finance_and_segments(acute: Figures) -> None:
    result = remit.assess(acute, period=Q1, mode="published")
    standing = result.standing
    assert standing.height == 134
    assert standing.filter(close("average_score", "published_average_score")).height == 134
    domains = result.domain_scores
    assert domains["domain"].n_unique() == DOMAINS
    # Three trusts give no access score, in the file and here.
    assert domains.height == 134 * DOMAINS - 3
    assert domains.filter(close("score", "published_score")).height == domains.height
    assert standing.filter(pl.col("adjusted_segment") == pl.col("published_segment")).height == 134
    assert standing.filter(pl.col("rank") == pl.col("published_rank")).height == 134


def test_acute_q1_combined_finance_is_looked_up_right(acute: Figures) -> None:
    result = remit.assess(acute, period=Q1, mode="recomputed")
    finance = result.metric_scores.filter(pl.col("metric_id") == "OF0080")
    assert finance.height == 134
    assert finance.filter(pl.col("score") == pl.col("published_score")).height == 134
    assert set(finance["basis"]) == {"recomputed"}


def test_acute_q1_league_order(acute: Figures) -> None:
    standing = remit.assess(acute, period=Q1, mode="published").standing.sort("rank")
    order = standing.select("adjusted_segment", "published_average_score").rows()
    assert order == sorted(order)


@pytest.mark.parametrize(
    "metric",
    "OF0003 OF0010 OF0011 OF0013 OF0020 OF0106 OF0014 OF0023 OF0025 OF0085".split(),  # noqa: SIM905
)
def test_acute_q1_recomputed_from_values(acute: Figures, metric: str) -> None:
    result = remit.assess(acute, period=Q1, mode="recomputed")
    scores = result.metric_scores.filter(pl.col("metric_id") == metric)
    assert set(scores["basis"]) == {"recomputed"}
    assert share_close(scores) >= 0.99


@pytest.mark.parametrize("metric", ["OF0048", "OF0088"])
def test_acute_q1_infections_recomputed(acute: Figures, metric: str) -> None:
    result = remit.assess(acute, period=Q1, mode="recomputed")
    scores = result.metric_scores.filter(pl.col("metric_id") == metric)
    assert scores.height == 134
    assert share_close(scores) >= 0.95


@pytest.mark.parametrize("quarter", QUARTERS)
def test_mental_health_published(mental_health: Figures, quarter: str) -> None:
    result = remit.assess(mental_health, period=quarter, mode="published")
    standing, domains = result.standing, result.domain_scores
    assert standing.height == 61
    assert standing.filter(close("average_score", "published_average_score")).height == 61
    published = domains.filter(pl.col("published_score").is_not_null())
    assert published.height == domains.height
    assert share_close(domains) >= 0.995
    assert standing.filter(pl.col("adjusted_segment") == pl.col("published_segment")).height == 61
    assert standing.filter(pl.col("rank") == pl.col("published_rank")).height == 61


@pytest.mark.parametrize("quarter", QUARTERS)
def test_mental_health_finance_recomputed(mental_health: Figures, quarter: str) -> None:
    result = remit.assess(mental_health, period=quarter, mode="recomputed")
    finance = result.metric_scores.filter(pl.col("metric_id").is_in(["OF0079", "OF0080", "OF0081"]))
    assert finance.height == 3 * 61
    assert finance.filter(pl.col("score") == pl.col("published_score")).height == 3 * 61
    assert set(finance["basis"]) == {"recomputed"}


@pytest.mark.parametrize("metric", ["OF0005", "OF0016", "OF0041", "OF0057", "OF0063"])
def test_metrics_ranked_over_both_files(recomputed: Assessment, metric: str) -> None:
    scores = recomputed.metric_scores.filter(pl.col("metric_id") == metric)
    assert set(scores["basis"]) == {"recomputed"}
    assert share_close(scores) >= 0.95


def test_one_file_alone_cannot_rank_them_and_says_so(mental_health: Figures) -> None:
    result = remit.assess(mental_health, period=Q1, mode="recomputed")
    scores = result.metric_scores.filter(pl.col("metric_id") == "OF0005")
    assert set(scores["basis"]) == {"published"}
    assert any("none of the 134 acute trusts" in note and "OF0005" in note for note in result.notes)


@pytest.mark.parametrize("mode", ["recomputed", "published"])
def test_quartiles_of_195_trusts(both: Figures, mode: str) -> None:
    result = remit.assess(both, period=Q1, mode=mode)  # type: ignore[arg-type]
    same = pl.col("computed_unadjusted_segment") == pl.col("published_unadjusted_segment")
    assert result.standing.filter(same).height >= 194
    assert "195 of 205 trusts" in result.cut_points.origin


def test_final_segments_and_recovery_support(both: Figures) -> None:
    for quarter in QUARTERS[:2]:
        standing = remit.assess(both, period=quarter).standing
        final = standing.filter(pl.col("published_final_segment").is_not_null())
        same = pl.col("final_segment") == pl.col("published_final_segment")
        assert final.height > 60
        assert final.filter(same).height == final.height


def test_every_difference_is_explained(both: Figures) -> None:
    """The residue is ties that only two files together could order."""
    result = remit.assess(both, period=Q1, mode="recomputed")
    differing = result.differences()
    assert set(differing["metric_id"]) <= {"OF0005"}
    values = result.metric_scores.filter(pl.col("metric_id") == "OF0005")
    for row in differing.to_dicts():
        tied = values.filter(pl.col("value") == row["value"])
        assert tied["org_kind"].n_unique() == 2


def test_an_explanation_leads_to_cells_of_the_file(acute: Figures, shared_data: Path) -> None:
    """Each leaf names a line; the cell there is the figure that was shown."""
    path = shared_data / "nof" / "nhs-oversight-framework-acute-trust-data.csv"
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    tree = remit.assess(acute, period=Q1).explain("RYJ")
    sourced = [leaf for leaf in tree.leaves() if leaf.source is not None]
    assert len(sourced) > 40
    for leaf in sourced:
        assert leaf.source is not None
        row = lines[leaf.source.line - 1]
        assert ",RYJ," in row
        assert f",{leaf.number:.10g}," in row.replace(".0,", ",")
