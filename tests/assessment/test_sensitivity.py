"""Sensitivity: scenarios worked out by hand, and what must hold for any scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.assessment.result.assessment import Assessment
from remit.assessment.run import assess
from remit.assessment.sensitivity.sensitivity import Sensitivity, sensitivity
from remit.catalogue import LoadedFramework, check_framework, parse
from remit.frames.figures import figures_from_frame
from remit.model.errors import AssessmentError

from .figures_by_hand import HEADER, SEGMENTS, frame
from .leagues_by_hand import CODES, METRICS, PERIOD, RULES, league

RANKED = """
metrics:
  - {id: OF0023, domain: one, kinds: [acute], rule: {type: ranked}}
  - {id: OF0003, domain: one, kinds: [acute], rule: {type: ranked}}
  - {id: OF0082, domain: two, kinds: [acute], rule: {type: ranked}}
"""
ALL_RANKED = check_framework(parse(HEADER + RANKED + SEGMENTS, "ranked.yaml"))


def scenario(found: Sensitivity, name: str, *columns: str) -> dict[str, Any]:
    """A column, or several, of one scenario by organisation."""
    rows = found.results.filter(pl.col("scenario") == name).select("org_code", *columns).rows()
    return {row[0]: row[1] if len(row) == 2 else row[1:] for row in rows}


def analysed(assessment: Assessment, **options: Any) -> Sensitivity:
    return sensitivity(assessment, **({"cuts": "held", "sample": 64} | options))


def recomputed(
    values: dict[str, dict[str, float | None]],
    framework: LoadedFramework = ALL_RANKED,
    **options: Any,
) -> Assessment:
    figures = figures_from_frame(frame(values))
    options = {"cut_points": (2.0, 2.5, 3.0), "replicates": None} | options
    return assess(figures, framework, PERIOD, mode="recomputed", **options)


def test_dropping_a_metric_takes_the_mean_of_the_others() -> None:
    # RYJ: (1 + 2 + 3) / 3 = 2.00, in segment 1; without the first metric 2.50, in segment 2.
    found = analysed(league({"RYJ": [1.0, 2.0, 3.0], "RRV": [2.2, 2.2, 2.2]}))
    dropped = scenario(found, "dropped:OF0003", "score", "unadjusted_segment", "rank")
    assert dropped == {"RYJ": (2.5, 2, 2), "RRV": (pytest.approx(2.2), 2, 1)}
    changes = scenario(
        found, "dropped:OF0003", "score_change", "unadjusted_segment_change", "rank_change"
    )
    assert changes["RYJ"] == (pytest.approx(0.5), 1, 1)
    assert changes["RRV"] == (0.0, 0, -1)
    row = found.scenarios.row(by_predicate=pl.col("scenario") == "dropped:OF0003", named=True)
    assert (row["n_unadjusted_segment_changes"], row["n_rank_changes"]) == (1, 2)
    assert (row["mean_rank_move"], row["largest_rank_move"]) == (1.0, 1)


def test_domains_that_weigh_the_same() -> None:
    # Eight scores of 1 in domain one and one of 4 in domain two: 12 / 9, or (1 + 4) / 2.
    found = analysed(league({"RYJ": [1.0] * 8 + [4.0], "RRV": [1.0] * 9}))
    assert scenario(found, "weights:domains", "score")["RYJ"] == 2.5
    assert scenario(found, "weights:domains", "score_change")["RYJ"] == pytest.approx(2.5 - 12 / 9)


def test_metrics_that_weigh_the_same_where_the_framework_averages_domains() -> None:
    text = HEADER + RULES + SEGMENTS + "aggregation: {average: mean_of_domains}\n"
    loaded = check_framework(parse(text, "domains.yaml"))
    found = analysed(league({"RYJ": [1.0] * 8 + [4.0]}, framework=loaded))
    assert scenario(found, "weights:scores", "score")["RYJ"] == pytest.approx(12 / 9)


def test_dropping_a_member_leaves_the_rest_of_its_group_as_one_score() -> None:
    grouped = """
groups:
  - {id: pair, name: A pair, domain: one, members: [OF0003, OF0010]}
"""
    loaded = check_framework(parse(HEADER + RULES + SEGMENTS + grouped, "grouped.yaml"))
    found = analysed(league({"RYJ": [1.0, 3.0, 4.0]}, framework=loaded))
    # (2 + 4) / 2 with both, (3 + 4) / 2 without the first.
    assert scenario(found, "dropped:OF0003", "score", "score_change")["RYJ"] == (3.5, 0.5)


TIED: dict[str, dict[str, float | None]] = {
    "OF0023": {"RYJ": 90, "RRV": 80, "R1K": 80, "RJ1": 70},
    "OF0003": {"RYJ": 1, "RRV": 1, "R1K": 1, "RJ1": 1},
    "OF0082": {"RYJ": 5, "RRV": 4, "R1K": 3, "RJ1": 2},
}


def test_other_tie_rules() -> None:
    # OF0023: ranks 1 2 2 4 of 4; mean ranks 1 2.5 2.5 4; last ranks 1 3 3 4; dense 1 2 2 3 of 3.
    # OF0003: all alike: rank 1, 2.5 or 4 of 4; dense 1 of 1. OF0082 has no ties: RRV ranks 3.
    found = analysed(recomputed(TIED))
    expected = {"average": (2.5, 2.5), "max": (3.0, 4.0), "dense": (2.5, 1.0)}
    for ties, (first, second) in expected.items():
        score = scenario(found, f"ties:{ties}", "score")["RRV"]
        assert score == pytest.approx((first + second + 3.0) / 3), ties
    assert "ties:min" not in found.scenarios["scenario"].to_list()


def test_ranking_within_the_kind() -> None:
    together = """
metrics:
  - id: OF0082
    domain: one
    kinds: [acute, mental_health_community]
    rule: {type: ranked}
    population: [acute, mental_health_community]
  - {id: OF0061, domain: two, kinds: [acute, mental_health_community], rule: {type: ranked}}
"""
    both = HEADER.replace("kinds: [acute]", "kinds: [acute, mental_health_community]")
    loaded = check_framework(parse(both + together + SEGMENTS, "together.yaml"))
    values: dict[str, dict[str, float | None]] = {
        "OF0082": {"RYJ": 1, "RRV": 3, "RDY": 2, "RHA": 4},
        "OF0061": {"RYJ": 9, "RRV": 8, "RDY": 9, "RHA": 8},
    }
    found = analysed(recomputed(values, loaded))
    # Together RYJ RDY RRV RHA score 1 2 3 4; by kind RYJ and RDY 1, RRV and RHA 4.
    assert scenario(found, "population:own_kind", "score") == {
        "RYJ": 1.0,
        "RRV": 4.0,
        "RDY": 1.0,
        "RHA": 4.0,
    }


def test_missing_scores_as_worst_and_as_the_median_of_the_kind() -> None:
    lacking: dict[str, Sequence[float | None]] = {"RYJ": [1.0, 1.0, None]}
    others = {"RRV": [1.0, 1.0, 2.0], "R1K": [1.0, 1.0, 3.0], "RJ1": [1.0, 1.0, 3.5]}
    found = analysed(league(lacking | others))
    # The worst is 4 and the median of 2, 3 and 3.5 is 3.
    assert scenario(found, "missing:worst", "score")["RYJ"] == 2.0
    assert scenario(found, "missing:median", "score")["RYJ"] == pytest.approx(5 / 3)
    assert scenario(found, "missing:worst", "score_change")["RRV"] == 0.0


def test_a_score_that_few_of_the_kind_have_is_not_missed() -> None:
    rare: dict[str, Sequence[float | None]] = {code: [1.0, 2.0] for code in CODES[:3]}
    found = analysed(league(rare | {CODES[3]: [1.0, 2.0, 3.0]}))
    assert not any(name.startswith("missing") for name in found.scenarios["scenario"])
    assert any("none is missing" in note for note in found.notes)


def test_rounding_early_and_not_at_all() -> None:
    # 2.004 and 2.003 are both 2.00 when shown: rank 1 is shared, unless nothing is rounded.
    found = analysed(league({"RYJ": [2.004, 2.004], "RRV": [2.003, 2.003]}))
    assert scenario(found, "rounding:none", "rank") == {"RYJ": 2, "RRV": 1}
    assert scenario(found, "rounding:none", "rank_change") == {"RYJ": 1, "RRV": 0}
    assert scenario(found, "rounding:early", "score") == {"RYJ": 2.0, "RRV": 2.0}


def test_the_override_holds_in_every_scenario() -> None:
    found = analysed(league({"RYJ": [1.0, 1.0, 4.0], "RRV": [2.2, 2.4, 2.2]}, flags=["RYJ"]))
    mine = found.results.filter(pl.col("org_code") == "RYJ")
    assert mine["adjusted_segment"].min() == 3
    segments = scenario(found, "dropped:OF0011", "unadjusted_segment", "adjusted_segment")
    assert segments["RYJ"] == (1, 3)


EIGHT = [99, 90, 80, 70, 60, 50, 40, 30]


def test_quartiles_by_other_definitions_move_the_cut_points() -> None:
    # Better high for OF0023, better low for the others: the same order three times over.
    values: dict[str, dict[str, float | None]] = {
        metric: dict(zip(CODES, EIGHT if metric == "OF0023" else EIGHT[::-1], strict=False))
        for metric in ("OF0023", "OF0003", "OF0082")
    }
    found = analysed(recomputed(values, cut_points=None), cuts="refit")
    # The 3rd, 5th and 7th average of eight are the higher quartiles, the 2nd, 4th and 6th the
    # lower ones: three trusts leave their segment for the next.
    lower = scenario(found, "quartiles:lower", "unadjusted_segment_change")
    assert [lower[code] for code in CODES[:8]] == [0, 0, 1, 0, 1, 0, 1, 0]
    assert found.refit
    assert found.baseline_differs == ()


def test_cut_points_that_are_given_are_held() -> None:
    found = analysed(league({"RYJ": [1.0, 2.0], "RRV": [2.0, 3.0]}), cuts="auto")
    assert not found.refit
    assert any("Other quartile methods" in note for note in found.notes)


def test_metrics_whose_population_is_not_at_hand_keep_their_scores_and_are_named() -> None:
    text = (HEADER + RANKED + SEGMENTS).replace("coverage_minimum: 0.0001\n", "")
    strict = check_framework(parse(text, "ranked.yaml"))
    published: dict[str, dict[str, float | None]] = {
        metric.replace("OF0", "OF1"): dict.fromkeys(of_trusts, 2.0)
        for metric, of_trusts in TIED.items()
    }
    figures = figures_from_frame(frame(TIED | published))
    found = analysed(assess(figures, strict, PERIOD, cut_points=(2.0, 2.5, 3.0), replicates=None))
    assert not any(name.startswith("ties") for name in found.scenarios["scenario"])
    assert any("OF0023, OF0003, OF0082" in note for note in found.notes)


def test_a_sentence_for_each_organisation() -> None:
    found = analysed(league({"RYJ": [1.0, 2.0, 3.0], "RRV": [3.5, 3.5, 3.5]}))
    told = dict(found.organisations.select("org_code", "sentence").iter_rows())
    total = found.scenarios.height
    assert told["RRV"] == f"The segment is the same in all {total} scenarios."
    # Without the first metric 2.5; without the second still 2; without the third 1.5.
    begin = f"The segment changes in 1 of {total} scenarios, most when OF0003 is dropped"
    assert told["RYJ"].startswith(begin)


def test_a_scenario_that_changes_nothing_gives_no_change() -> None:
    found = analysed(league({code: [2.0, 2.0, 2.0] for code in CODES[:5]}))
    for change in ("score_change", "segment_change", "unadjusted_segment_change", "rank_change"):
        assert (found.results[change] == 0).all()
    assert found.influence["total"].is_null().all()
    assert found.failed == 0


def test_too_many_failures_are_refused_and_counted() -> None:
    with pytest.raises(AssessmentError, match="could not be made again"):
        analysed(league({"RYJ": [1.0], "RRV": [2.0]}))


def test_few_failures_are_counted_and_reported() -> None:
    every: dict[str, Sequence[float | None]] = {
        code: [1.0 + place / 50] * 6 for place, code in enumerate(CODES[:120])
    }
    lone = CODES[120]
    every[lone] = [2.0]
    # Where a missing score counts as something, the lone score is not the only one.
    found = analysed(league(every))
    failed = found.scenarios.filter(pl.col("n_failed") > 0)
    assert failed.select("scenario", "n_failed").rows() == [(f"dropped:{METRICS[0]}", 1)]
    assert found.failed >= 1
    assert scenario(found, f"dropped:{METRICS[0]}", "score", "rank")[lone] == (None, None)
    mine = found.influence.filter(pl.col("org_code") == lone)
    assert mine["total"].is_null().all()


def test_judged_frameworks_and_bad_arguments_are_refused() -> None:
    every = {"RYJ": [1.0, 2.0], "RRV": [2.0, 3.0]}
    with pytest.raises(AssessmentError, match="no cut points"):
        analysed(league(every, cut_points=()))
    with pytest.raises(AssessmentError, match="64 to 65,536"):
        analysed(league(every), sample=3)


def test_a_result_narrowed_to_a_kind_is_that_of_the_whole() -> None:
    every = {code: [1.0 + place / 9, 2.0, 3.0] for place, code in enumerate(CODES[:9])}
    whole, narrowed = (analysed(league(every, kind=kind)) for kind in (None, "acute"))
    assert whole.results.equals(narrowed.results)
    assert whole.influence.equals(narrowed.influence)


scores = st.lists(st.integers(100, 400).map(lambda x: x / 100), min_size=3, max_size=8)


@settings(max_examples=15, deadline=None)
@given(st.lists(scores, min_size=2, max_size=8), st.randoms())
def test_order_does_not_matter_and_ranks_and_segments_are_in_range(
    of_trusts: list[list[float]], random: Any
) -> None:
    every = list(zip(CODES, of_trusts, strict=False))
    found = analysed(league(dict(every)))
    random.shuffle(every)
    again = analysed(league(dict(every)), seed=5)
    assert found.results.sort("scenario", "org_code").equals(
        again.results.sort("scenario", "org_code")
    )
    assert found.results["rank"].is_between(1, len(every)).all()
    assert found.results["adjusted_segment"].is_between(1, 4).all()
