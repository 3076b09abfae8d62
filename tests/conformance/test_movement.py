"""Movement over every ordered pair of published quarters."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import polars as pl
import pytest

import remit
from remit.assessment.movement.changes_of_segment import changes_of_segment
from remit.assessment.movement.movement import every_movement, movements
from remit.assessment.result.assessment import Mode
from remit.assessment.run import assess
from remit.frames.figures import Figures

QUARTERS = ["2025/26 Q1", "2025/26 Q2", "2025/26 Q3"]
PAIRS = list(permutations(QUARTERS, 2))
FACTORS = ["own_values", "others_values", "metric_set", "cut_points", "override"]
TRUSTS = 61
WORSE = {"published": 30, "recomputed": 30}
WORSE_BUT_NOT_OWN = {"published": 17, "recomputed": 17}


class Quarters:
    """The quarters assessed in one mode, and the movements between them, each made once."""

    def __init__(self, figures: Figures, mode: Mode) -> None:
        self.of = {
            quarter: assess(figures, period=quarter, mode=mode, replicates=None)
            for quarter in QUARTERS
        }
        self._tables: dict[tuple[str, str], pl.DataFrame] = {}

    def table(self, first: str, second: str) -> pl.DataFrame:
        key = first, second
        if key not in self._tables:
            self._tables[key] = movements(self.of[first], self.of[second])
        return self._tables[key]


@pytest.fixture(scope="module", params=["published", "recomputed"])
def quarters(request: pytest.FixtureRequest, shared_data: Path) -> Quarters:
    return Quarters(remit.read(*sorted((shared_data / "nof").glob("*.csv"))), request.param)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_parts_sum_for_every_trust(quarters: Quarters, first: str, second: str) -> None:
    table = quarters.table(first, second)
    found = table.filter(pl.col("measure").is_not_null())
    assert found.height == TRUSTS * 4
    off = found.select(pl.sum_horizontal(FACTORS)).to_series() - found["change"]
    assert off.abs().max() < 1e-12
    # Acute trusts are in the first quarter only, and each is listed with that reason.
    reasons = table.filter(pl.col("measure").is_null())["reason"]
    assert len(reasons) == (134 if QUARTERS[0] in {first, second} else 0)
    assert all("is scored in 2025/26 Q1 only" in reason for reason in reasons)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_ends_are_the_standings(quarters: Quarters, first: str, second: str) -> None:
    table = quarters.table(first, second)
    for measure in ("average_score", "unadjusted_segment", "adjusted_segment", "rank"):
        rows = table.filter(pl.col("measure") == measure)
        for column, quarter in (("before", first), ("after", second)):
            standing = quarters.of[quarter].standing.select("org_code", measure)
            both = rows.join(standing, on="org_code")
            assert both.height == TRUSTS
            assert (both[column] - both[measure]).abs().max() < 1e-9


@pytest.mark.parametrize(("first", "second"), PAIRS[:3])
def test_the_way_back_has_the_other_sign(quarters: Quarters, first: str, second: str) -> None:
    there, back = quarters.table(first, second), quarters.table(second, first)
    both = there.join(back, on=["org_code", "measure"], suffix="_back")
    for factor in FACTORS:
        assert (both[factor] + both[f"{factor}_back"]).abs().max() < 1e-12


def test_many_scores_worsen_though_own_values_do_not(quarters: Quarters) -> None:
    # The figures that docs/movement.md gives.
    table = quarters.table(QUARTERS[0], QUARTERS[1])
    worse = table.filter((pl.col("measure") == "average_score") & (pl.col("change") > 0))
    mode = quarters.of[QUARTERS[0]].mode
    assert worse.height == WORSE[mode]
    assert worse.filter(pl.col("own_values") <= 0).height == WORSE_BUT_NOT_OWN[mode]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_nothing_moves_where_nothing_changed(quarters: Quarters, quarter: str) -> None:
    still = quarters.table(quarter, quarter)
    assert still.select(pl.any_horizontal(pl.col(FACTORS) != 0).any()).item() is False


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_what_is_shown_sums(quarters: Quarters, first: str, second: str) -> None:
    there = every_movement(quarters.of[first], quarters.of[second])
    assert len(there) == TRUSTS
    for moved in there.values():
        for figure in moved.waterfalls:
            shown = sum(part.digits for part in figure.parts)
            assert figure.start_digits + shown == figure.end_digits
        for place, factor in enumerate(FACTORS[:3]):
            by_metric = sum(metric.digits[place] for metric in moved.metrics)
            assert by_metric == moved.score.part(factor).digits
        for metric in moved.metrics:
            if metric.value_before is not None and metric.value_before == metric.value_after:
                assert metric.own_values == 0


def test_changes_of_segment_beside_those_that_nhs_england_counts(quarters: Quarters) -> None:
    """Of the 38 changes that it counts, 14 are in this file, one of them by the override alone.

    The acute file is of the first quarter only and ambulance trusts have none here, so that the
    other 24 changes, and its own split into 6, 8 and 24, cannot be made from what is at hand.
    """
    before, after = quarters.of[QUARTERS[0]], quarters.of[QUARTERS[1]]
    found = changes_of_segment(before, after, "RXG")
    if before.mode == "recomputed":  # its segments are cut among the trusts at hand
        assert found.trusts == TRUSTS
        return
    assert (found.trusts, found.changed, found.by_override_alone) == (TRUSTS, 14, 1)
    assert (found.how, found.kinds) == ("override_alone", ("mental_health_community",))
    assert found.printed is not None
    assert found.printed["changes"] == 38
    assert "Of these changes 24 are of trusts not at hand." in " ".join(found.sentences)
    printed = {
        row["org_code"]: row["published_segment"] for row in before.standing.iter_rows(named=True)
    }
    later = after.standing.select("org_code", "published_segment").iter_rows()
    assert sum(printed[code] != segment for code, segment in later) == 14
