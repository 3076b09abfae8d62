"""Scores, means, segments and ranks worked out by hand."""

import polars as pl
import pytest

import remit
from remit.catalogue import check_framework, parse
from remit.model.errors import AssessmentError

from .figures_by_hand import HEADER, SEGMENTS, column, frame, framework

PERIOD = "2025/26 Q1"


def recomputed(figures: pl.DataFrame, **more: object) -> "remit.api.Assessment":
    return remit.assess(
        figures, more.pop("framework", framework()), PERIOD, mode="recomputed", **more
    )


def test_ranked_scores_run_from_1_for_the_best_to_4_for_the_worst() -> None:
    # Higher is better: 90 ranks 1, 80 and 80 share rank 2, 70 ranks 4 of 4.
    result = recomputed(frame({"OF0023": {"RYJ": 90, "RRV": 80, "R1K": 80, "RJ1": 70}}))
    assert column(result.metric_scores, "org_code", "score") == {
        "RYJ": 1.0,
        "RRV": 2.0,
        "R1K": 2.0,
        "RJ1": 4.0,
    }
    assert column(result.metric_scores, "org_code", "rank") == {
        "RYJ": 1,
        "RRV": 2,
        "R1K": 2,
        "RJ1": 4,
    }
    assert result.metric_scores["population_size"].to_list() == [4, 4, 4, 4]


def test_a_trust_ranked_alone_gets_the_best_score() -> None:
    result = recomputed(frame({"OF0023": {"RYJ": 50}}))
    assert column(result.metric_scores, "org_code", "score") == {"RYJ": 1.0}


def test_those_that_meet_the_standard_score_1_and_the_rest_are_ranked_from_2_to_4() -> None:
    # OF0003 is better low; the standard is at most 1. Of the three that fail, 2 ranks first.
    rule = """
metrics:
  - id: OF0003
    domain: one
    kinds: [acute]
    rule: {type: standard_then_ranked, standard: {at_most: 1}}
"""
    values = {"OF0003": {"RYJ": 0, "RRV": 1, "R1K": 2, "RJ1": 5, "RJ7": 3}}
    result = recomputed(frame(values), framework=framework(rule))
    assert column(result.metric_scores, "org_code", "score") == {
        "RYJ": 1.0,
        "RRV": 1.0,
        "R1K": 2.0,
        "RJ7": 3.0,
        "RJ1": 4.0,
    }


@pytest.mark.parametrize(
    ("value", "score"), [(0.0, 1), (-0.99, 2), (-1.0, 3), (-2.0, 3), (-2.01, 4), (5.0, 1)]
)
def test_bands_take_the_first_bound_that_holds(value: float, score: float) -> None:
    rule = """
metrics:
  - id: OF0079
    domain: one
    kinds: [acute]
    rule:
      type: bands
      bands: [{at_least: 0, score: 1}, {above: -1, score: 2}, {at_least: -2, score: 3}, {score: 4}]
"""
    result = recomputed(frame({"OF0079": {"RYJ": value}}), framework=framework(rule))
    assert result.metric_scores["score"].to_list() == [score]


def test_a_floor_scores_4_and_those_above_it_are_ranked_from_1_to_3() -> None:
    rule = """
metrics:
  - id: OF0057
    domain: one
    kinds: [acute]
    rule: {type: tiers, in_order: [{below: 70, score: 4}, {ranked: {best: 1, worst: 3}}]}
"""
    values = {"OF0057": {"RYJ": 69.9, "RRV": 70, "R1K": 80, "RJ1": 95}}
    result = recomputed(frame(values), framework=framework(rule))
    assert column(result.metric_scores, "org_code", "score") == {
        "RYJ": 4.0,
        "RRV": 3.0,
        "R1K": 2.0,
        "RJ1": 1.0,
    }


FINANCE = """
metrics:
  - {id: OF0023, domain: two, kinds: [acute], rule: {type: ranked}}
  - id: OF0079
    domain: one
    kinds: [acute]
    rule: {type: bands, bands: [{at_least: 0, score: 1}, {score: 2}]}
    counts: false
  - id: OF0081
    domain: one
    kinds: [acute]
    rule: {type: bands, bands: [{at_least: 0, score: 1}, {score: 4}]}
    counts: false
  - id: OF0080
    domain: one
    kinds: [acute]
    rule: {type: lookup, rows: OF0079, columns: OF0081, table: {1: {1: 1, 4: 3}, 2: {1: 2, 4: 4}}}
"""


def test_a_look_up_takes_the_place_of_the_two_scores_that_it_joins() -> None:
    figures = frame(
        {
            "OF0023": {"RYJ": 90, "RRV": 80},
            "OF0079": {"RYJ": 1, "RRV": -1},
            "OF0081": {"RYJ": -1, "RRV": -1},
        }
    )
    result = recomputed(figures, framework=framework(FINANCE))
    scores = {(r["org_code"], r["metric_id"]): r["score"] for r in result.metric_scores.to_dicts()}
    assert scores["RYJ", "OF0080"] == 3
    assert scores["RRV", "OF0080"] == 4
    # (1 + 3) / 2 and (4 + 4) / 2: the plan and the variance count only through the look-up.
    assert column(result.standing, "org_code", "average_score") == {"RYJ": 2.0, "RRV": 4.0}
    assert column(result.standing, "org_code", "n_metrics") == {"RYJ": 2, "RRV": 2}


GROUPED = """
metrics:
  - {id: OF0023, domain: one, kinds: [acute], rule: {type: ranked}}
  - {id: OF0048, domain: two, kinds: [acute], rule: {type: ranked}}
  - {id: OF0088, domain: two, kinds: [acute], rule: {type: ranked}}
groups:
  - {id: infections, name: Infections, domain: two, members: [OF0048, OF0088]}
"""


def test_a_group_counts_as_one_score_in_domain_and_average() -> None:
    figures = frame(
        {
            "OF0023": {"RYJ": 90, "RRV": 80},  # 1 and 4
            "OF0048": {"RYJ": 2, "RRV": 1},  # lower is better: 4 and 1
            "OF0088": {"RYJ": 1, "RRV": 2},  # 1 and 4
        }
    )
    result = recomputed(figures, framework=framework(GROUPED))
    # RYJ: group (4 + 1) / 2 = 2.5; average (1 + 2.5) / 2 = 1.75. RRV: (4 + 2.5) / 2 = 3.25.
    assert column(result.standing, "org_code", "average_score") == {"RYJ": 1.75, "RRV": 3.25}
    two = result.domain_scores.filter(pl.col("domain") == "Two")
    assert two["score"].to_list() == [2.5, 2.5]


def test_a_missing_metric_is_dropped_from_the_mean() -> None:
    figures = frame(
        {"OF0023": {"RYJ": 90, "RRV": 80}, "OF0048": {"RYJ": None, "RRV": 1}, "OF0088": {"RRV": 2}}
    )
    result = recomputed(figures, framework=framework(GROUPED))
    assert column(result.standing, "org_code", "n_metrics") == {"RYJ": 1, "RRV": 2}
    assert column(result.standing, "org_code", "average_score") == {"RYJ": 1.0, "RRV": 2.5}
    missing = [step for step in _all(result.explain("RYJ")) if step.key == "missing"]
    assert any("not submitted" in step.because for step in missing)
    assert any("no row" in step.because for step in missing)


STANDARD_78 = "{type: standard_then_ranked, standard: {at_least: 78}}"
STANDARD_0 = "{type: standard_then_ranked, standard: {at_least: 0}}"
BANDS_1 = "{type: bands, bands: [{below: 1, score: 3}, {at_least: 1, score: 2}]}"


def _all(step: "remit.model.explanation.Step") -> list["remit.model.explanation.Step"]:
    return [step, *(below for child in step.steps for below in _all(child))]


@pytest.mark.parametrize(
    ("value", "rule", "said"),
    [
        (77.9999, STANDARD_78, "77.9999% does not meet the standard (at least 78)."),
        (-0.004, STANDARD_0, "−0.004% does not meet the standard (at least 0)."),
        (77.99, STANDARD_78, "77.99% does not meet the standard (at least 78)."),
        (78.001, STANDARD_78, "78% meets the standard (at least 78), which scores 1.00."),
        (0.999, BANDS_1, "0.999% is below 1, which scores 3.00."),
        (1.001, BANDS_1, "1% is at least 1, which scores 2.00."),
    ],
)
def test_a_rounded_value_does_not_belie_the_verdict(value: float, rule: str, said: str) -> None:
    metrics = f"metrics: [{{id: OF0079, domain: one, kinds: [acute], rule: {rule}}}]"
    figures = frame({"OF0079": {"RYJ": value, "RRV": 50, "R1K": 90}})
    steps = _all(recomputed(figures, framework=framework(metrics)).explain("RYJ"))
    (because,) = (step.because for step in steps if step.key == "metric")
    assert because.startswith(said)
    (shown,) = (step.value for step in steps if step.key == "value")
    assert said.startswith(f"{shown} ")


EIGHT = {"RYJ": 99, "RRV": 90, "R1K": 80, "RJ1": 70, "RJ7": 60, "RJZ": 50, "RAL": 40, "RAS": 30}


def test_a_rounded_average_does_not_belie_its_segment() -> None:
    # The third of eight has 1 + 3 x 2 / 7 = 1.85714.
    result = recomputed(frame({"OF0023": EIGHT}), cut_points=(1.8573, 2.5, 3.5))
    said = "The average score 1.857 is at or below the first cut point 1.8573."
    assert any(step.because.startswith(said) for step in _all(result.explain("R1K")))


def test_the_mean_of_one_score_is_told_as_one() -> None:
    steps = _all(recomputed(frame({"OF0023": EIGHT})).explain("R1K"))
    (because,) = (step.because for step in steps if step.key == "domain" and step.number)
    assert because.startswith("The mean of 1 score. ")


def test_quartiles_cut_eight_trusts_in_pairs_and_the_result_says_of_how_many() -> None:
    result = recomputed(frame({"OF0023": EIGHT}))
    # Averages are 1 + 3 k / 7. The "higher" quartiles of 8 values are the 3rd, 5th and 7th.
    assert result.cut_points.values == pytest.approx((1 + 6 / 7, 1 + 12 / 7, 1 + 18 / 7))
    assert result.standing.sort("average_score")["unadjusted_segment"].to_list() == [
        1,
        1,
        1,
        2,
        2,
        3,
        3,
        4,
    ]
    assert "8 of 134 trusts" in result.cut_points.origin


def test_given_cut_points_are_taken_and_a_score_at_a_cut_point_is_in_the_better_segment() -> None:
    result = recomputed(frame({"OF0023": EIGHT}), cut_points=[1.0, 2.0, 3.0])
    ordered = result.standing.sort("average_score")
    assert ordered["unadjusted_segment"].to_list() == [1, 2, 2, 3, 3, 4, 4, 4]
    assert result.cut_points.basis == "given"


@pytest.mark.parametrize("points", [[2.0, 1.0, 3.0], [1.0, 2.0], [1.0, 1.0, 2.0]])
def test_cut_points_that_do_not_ascend_are_refused(points: list[float]) -> None:
    with pytest.raises(AssessmentError, match="ascending"):
        recomputed(frame({"OF0023": EIGHT}), cut_points=points)


def test_a_flag_keeps_a_trust_at_3_and_another_makes_it_5() -> None:
    flags = {"OF5004": {"RYJ": 1, "RRV": 1, "RAS": 1, "R1K": 0}, "OF5007": {"RRV": 1}}
    result = recomputed(frame({"OF0023": EIGHT, **flags}))
    adjusted = column(result.standing, "org_code", "adjusted_segment")
    final = column(result.standing, "org_code", "final_segment")
    applied = column(result.standing, "org_code", "overrides_applied")
    assert (adjusted["RYJ"], adjusted["RAS"], adjusted["R1K"]) == (3, 4, 1)
    assert (final["RYJ"], final["RRV"]) == (3, 5)
    assert (applied["RYJ"], applied["RAS"], applied["RRV"]) == ("deficit", "", "deficit, support")


def test_a_domain_that_nobody_of_the_cut_population_is_scored_in_has_no_segments() -> None:
    both = HEADER.replace("kinds: [acute]", "kinds: [acute, mental_health_community]")
    rules = """
metrics:
  - {id: OF0023, domain: one, kinds: [acute], rule: {type: published}}
  - {id: OF0061, domain: two, kinds: [mental_health_community], rule: {type: published}}
"""
    loaded = check_framework(parse(both + rules + SEGMENTS, "two-kinds.yaml"))
    figures = frame({"OF1023": {"ZA1": 1.0, "ZA2": 2.0}, "OF1061": {"ZC1": 3.0}})
    result = remit.assess(figures, loaded, PERIOD, replicates=None)
    assert column(result.domain_scores, "org_code", "segment") == {"ZA1": 1, "ZA2": 1, "ZC1": None}


def test_league_rank_is_by_segment_and_then_by_average() -> None:
    flags = {"OF5004": {"RYJ": 1}}
    result = recomputed(frame({"OF0023": EIGHT, **flags}))
    rank = column(result.standing, "org_code", "rank")
    # RYJ has the best average but is held at 3: behind segments 1 (2 left) and 2 (2), first of 3.
    assert rank["RYJ"] == 5
    assert rank["RRV"] == 1


def test_an_incomplete_population_is_said_and_its_scores_are_marked() -> None:
    strict = framework(segments=SEGMENTS + "\n")
    whole = strict.framework.model_copy(update={"coverage_minimum": 0.95})
    loaded = type(strict)(whole, strict.metrics, strict.hashes, strict.path)
    result = recomputed(frame({"OF0023": EIGHT}), framework=loaded)
    assert set(result.metric_scores["basis"]) == {"recomputed_incomplete"}
    assert any("8 of the 134 acute trusts" in note for note in result.notes)


def test_published_mode_needs_published_scores() -> None:
    with pytest.raises(AssessmentError, match="--mode recomputed"):
        remit.assess(frame({"OF0023": EIGHT}), framework(), PERIOD, mode="published")


def test_published_scores_are_taken_and_the_difference_is_shown() -> None:
    published = {"OF1023": {"RYJ": 1.0, "RRV": 3.5}}
    figures = frame({"OF0023": {"RYJ": 90, "RRV": 80}, **published})
    result = remit.assess(figures, framework(), PERIOD, mode="published")
    assert column(result.metric_scores, "org_code", "score") == {"RYJ": 1.0, "RRV": 3.5}
    differing = result.differences()
    assert differing.select("org_code", "difference").rows() == [("RRV", 0.5)]


def test_thresholds_that_are_not_public_must_be_given() -> None:
    cut = "segments:\n  labels: {1: best}\n  cut_points: {basis: thresholds}\n"
    judged = framework(segments=cut)
    with pytest.raises(AssessmentError, match="--cut-points"):
        recomputed(frame({"OF0023": EIGHT}), framework=judged)
    result = recomputed(frame({"OF0023": EIGHT}), framework=judged, cut_points=[2, 3, 3.5])
    assert result.standing["unadjusted_segment"].is_not_null().all()
