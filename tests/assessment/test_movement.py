"""Movement between two periods, worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import pytest

from remit.assessment.movement.figures import Movement
from remit.assessment.movement.movement import every_movement, movement, movements
from remit.assessment.result.assessment import Assessment
from remit.assessment.run import assess
from remit.frames.figures import figures_from_frame
from remit.model.errors import AssessmentError, UnknownCode

from .figures_by_hand import frame, framework

EARLIER, LATER = "2025/26 Q1", "2025/26 Q2"
CUTS = (1.5, 2.5, 3.5)
Values = Mapping[str, Mapping[str, float | None]]

TWO_RANKED = """
metrics:
  - {id: OF0023, domain: one, kinds: [acute], rule: {type: ranked}}
  - {id: OF0010, domain: two, kinds: [acute], rule: {type: ranked}}
"""
BANDS = """
metrics:
  - id: OF0079
    domain: one
    kinds: [acute]
    rule: {type: bands, bands: [{at_least: 0, score: 1}, {at_least: -1, score: 2}, {score: 4}]}
"""
PUBLISHED = """
metrics:
  - {id: OF0067, domain: one, kinds: [acute], rule: {type: published}}
"""


def judged(
    values: Values,
    period: str,
    metrics: str | None = None,
    *,
    mode: str = "recomputed",
    cuts: tuple[float, ...] | None = CUTS,
) -> Assessment:
    loaded = framework(metrics) if metrics else framework()
    figures = figures_from_frame(frame(values))
    return assess(figures, loaded, period, mode=mode, cut_points=cuts, replicates=None)  # type: ignore[arg-type]


def parts(moved: Movement, measure: str = "average_score") -> dict[str, float]:
    figure = next(f for f in moved.waterfalls if f.measure == measure)
    return {part.factor: pytest.approx(part.value) for part in figure.parts if part.value}


def score_of(row: dict[str, float]) -> dict[str, float]:
    return {"OF0023": row}


FIRST = score_of({"RYJ": 90, "RRV": 80, "R1K": 70, "RJ1": 60})
SECOND = score_of({"RYJ": 90, "RRV": 95, "R1K": 85, "RJ1": 60})


def test_a_trust_that_stands_still_falls_through_others() -> None:
    # RYJ keeps 90 and is passed by RRV: rank 1 of 4 (score 1) becomes rank 2 (score 2).
    moved = movement(judged(FIRST, EARLIER), judged(SECOND, LATER), "RYJ")
    assert parts(moved) == {"others_values": 1.0}
    assert moved.sentence.startswith(
        "The score worsened by 1.00 (1.00 to 2.00): other trusts' values 1.00 worse."
    )
    assert "fell from 1 to 2 because other trusts' values changed" in moved.sentence
    assert "rank went from 1 to 2 of 4: other trusts' values 1.0 worse" in moved.sentence


def test_own_and_others_are_averaged_over_both_orders() -> None:
    # R1K goes from 70 to 85 and stays third. 85 in the first quarter would have ranked second
    # (score 2); 70 in the second would have ranked third (score 3). So own values are worth
    # ((2 - 3) + (3 - 3)) / 2 and the others ((3 - 3) + (3 - 2)) / 2.
    moved = movement(judged(FIRST, EARLIER), judged(SECOND, LATER), "R1K")
    assert parts(moved) == {"own_values": -0.5, "others_values": 0.5}
    assert (
        "stayed at 3.00: own values 0.50 better, other trusts' values 0.50 worse cancel out"
    ) in moved.sentence
    (metric,) = moved.metrics
    assert (metric.value_before, metric.value_after) == (70, 85)
    assert metric.digits == (-50, 50, 0)


def test_a_missing_metric_is_a_change_of_the_set() -> None:
    # RJ1 scores 4 on both; without the second metric the average stays 4. RYJ scores 1 and 4:
    # without the second its average falls from 2.5 to 1, and nothing else moved.
    first = FIRST | {"OF0010": {"RYJ": 1, "RRV": 4, "R1K": 3, "RJ1": 2}}
    second = FIRST | {"OF0010": {"RYJ": None, "RRV": 4, "R1K": 3, "RJ1": 2}}
    before, after = judged(first, EARLIER, TWO_RANKED), judged(second, LATER, TWO_RANKED)
    moved = movement(before, after, "RYJ")
    assert parts(moved) == {"metric_set": -1.5}
    dropped = next(metric for metric in moved.metrics if metric.metric_id == "OF0010")
    assert (dropped.score_before, dropped.score_after) == (4.0, None)
    assert dropped.how == "only in the earlier period"
    # The others are ranked among three instead of four: that is no change of their own set.
    assert "metric_set" not in parts(movement(before, after, "R1K"))


def test_moved_cut_points_move_the_segment_alone() -> None:
    before, after = judged(FIRST, EARLIER), judged(FIRST, LATER, cuts=(1.5, 1.9, 3.5))
    moved = movement(before, after, "RRV")
    assert parts(moved) == {}
    assert parts(moved, "adjusted_segment") == {"cut_points": 1.0}
    assert parts(moved, "rank") == {}
    assert "because the cut points moved: without that it would have stayed at 2" in moved.sentence


def test_an_override_moves_the_adjusted_segment_and_the_rank() -> None:
    before = judged(FIRST | {"OF5004": {"RYJ": 0}}, EARLIER)
    after = judged(FIRST | {"OF5004": {"RYJ": 1}}, LATER)
    moved = movement(before, after, "RYJ")
    assert parts(moved, "unadjusted_segment") == {}
    assert parts(moved, "adjusted_segment") == {"override": 2.0}
    # In segment 3 with an average of 1 it ranks before R1K (segment 3, average 3).
    assert parts(moved, "rank") == {"override": 1.0}
    assert "because an override began or ceased to apply" in moved.sentence


def test_either_of_two_causes_may_have_been_enough() -> None:
    # The score goes from 2 to 3 and the cut point from 2.5 to 1.5: each puts RRV in segment 3.
    second = score_of({"RYJ": 90, "RRV": 65, "R1K": 70, "RJ1": 60})
    before = judged(FIRST, EARLIER, cuts=(1.5, 2.5, 3.5))
    moved = movement(before, judged(second, LATER, cuts=(1.5, 1.6, 3.5)), "RRV")
    assert parts(moved, "adjusted_segment") == {"own_values": 0.5, "cut_points": 0.5}
    assert "either of the two alone would have been enough" in moved.sentence


def test_the_chief_cause_of_several_steps_is_named() -> None:
    # From 1 to 4: alone the override would give 3, and own values 2 or (with the cuts) 4.
    second = score_of({"RYJ": 75, "RRV": 80, "R1K": 70, "RJ1": 60}) | {"OF5004": {"RYJ": 1}}
    before, after = judged(FIRST, EARLIER), judged(second, LATER, cuts=(1.5, 1.6, 1.7))
    moved = movement(before, after, "RYJ")
    assert moved.adjusted_segment is not None
    assert (moved.adjusted_segment.start, moved.adjusted_segment.end) == (1, 4)
    needed = [part.factor for part in moved.adjusted_segment.parts if part.decisive]
    assert needed == []
    assert "fell from 1 to 4 " in moved.sentence


def test_an_absolute_rule_has_no_others() -> None:
    before = judged({"OF0079": {"RYJ": 1, "RRV": 1}}, EARLIER, BANDS)
    after = judged({"OF0079": {"RYJ": -0.5, "RRV": -3}}, LATER, BANDS)
    assert parts(movement(before, after, "RYJ")) == {"own_values": 1.0}
    assert parts(movement(before, after, "RRV")) == {"own_values": 3.0}


def test_a_score_without_a_value_counts_as_own() -> None:
    figures = [{"OF1067": {"RYJ": score, "RRV": 2}} for score in (2.0, 3.0)]
    before, after = (
        judged(values, period, PUBLISHED, mode="published")
        for values, period in zip(figures, (EARLIER, LATER), strict=True)
    )
    moved = movement(before, after, "RYJ")
    assert parts(moved) == {"own_values": 1.0}
    assert any("OF0067" in note for note in moved.notes)


def test_published_scores_are_read_between_the_published_pairs() -> None:
    # The pairs of the first quarter are 90 → 1.2 and 70 → 2.2 (of a wider ranking than is at
    # hand). R1K moves from 70 to 80: half way, 1.7. In the second quarter 70 lies below all
    # values, where the line is level at the worst score, 2.6.
    first = FIRST | {"OF1023": {"RYJ": 1.2, "R1K": 2.2}}
    second = score_of({"RYJ": 90, "R1K": 80}) | {"OF1023": {"RYJ": 1.4, "R1K": 2.6}}
    first["OF0023"] = {"RYJ": 90, "R1K": 70}
    before, after = (
        judged(values, period, mode="published")
        for values, period in ((first, EARLIER), (second, LATER))
    )
    moved = movement(before, after, "R1K")
    # own: ((1.7 - 2.2) + (2.6 - 2.6)) / 2; others: ((2.6 - 2.2) + (2.6 - 1.7)) / 2.
    assert parts(moved) == {"own_values": -0.25, "others_values": 0.65}
    (metric,) = moved.metrics
    assert metric.how == "read off the other period's published scores"


def test_the_table_of_all_says_why_a_trust_is_missing() -> None:
    second = score_of({"RYJ": 90, "RRV": 95, "R1K": 85})
    table = movements(judged(FIRST, EARLIER), judged(second, LATER))
    missing = table.filter(pl.col("measure").is_null())
    assert missing["org_code"].to_list() == ["RJ1"]
    assert (
        "is scored in 2025/26 Q1 only: it is not in the figures of 2025/26 Q2"
        in (missing["reason"][0])
    )
    assert table.filter(pl.col("org_code") == "RYJ")["measure"].to_list() == [
        "average_score",
        "unadjusted_segment",
        "adjusted_segment",
        "rank",
    ]


def test_scores_without_segments_are_split_all_the_same() -> None:
    before, after = judged(FIRST, EARLIER, cuts=()), judged(SECOND, LATER, cuts=())
    moved = movement(before, after, "RYJ")
    assert parts(moved) == {"others_values": 1.0}
    assert moved.waterfalls == (moved.score,)
    assert moved.sentence.endswith("other trusts' values 1.00 worse.")


def test_a_merger_is_said() -> None:
    def sample(codes: list[str], period: str) -> Assessment:
        values = figures_from_frame(frame({"OF0061": {c: float(n) for n, c in enumerate(codes)}}))
        return assess(values, "nof-2025-26", period, mode="recomputed", replicates=None)

    before = sample(["ZC1", "ZC2", "ZC3"], "2025/26 Q2")
    after = sample(["ZC1", "ZC2"], "2025/26 Q3")
    with pytest.raises(AssessmentError, match=r"its work passed to .*ZC1.* on 1 October 2025"):
        movement(before, after, "ZC3")
    assert set(every_movement(before, after)) == {"ZC1", "ZC2"}


def test_two_frameworks_or_modes_are_not_compared() -> None:
    before = judged(FIRST, EARLIER)
    with pytest.raises(AssessmentError, match="within one framework"):
        movement(before, judged(FIRST, LATER, TWO_RANKED), "RYJ")
    published = judged(FIRST | {"OF1023": {"RYJ": 1.0}}, LATER, mode="published")
    with pytest.raises(AssessmentError, match="assess both in one mode"):
        movement(before, published, "RYJ")


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(UnknownCode, match="nearest: RYJ"):
        movement(judged(FIRST, EARLIER), judged(SECOND, LATER), "RYI")
    with pytest.raises(AssessmentError, match="is scored in 2025/26 Q1 only"):
        movement(judged(FIRST, EARLIER), judged(score_of({"RRV": 1, "R1K": 2}), LATER), "RYJ")


def test_tables_and_dictionaries_hold_the_same_parts() -> None:
    moved = movement(judged(FIRST, EARLIER), judged(SECOND, LATER), "R1K")
    row = moved.table().row(0, named=True)
    assert row["measure"] == "average_score"
    assert (row["own_values"], row["others_values"]) == pytest.approx((-0.5, 0.5))
    assert moved.metrics_table()["total"].to_list() == pytest.approx([0.0])
    assert moved.to_dict()["score"]["parts"][0]["shown"] == "−0.50"
