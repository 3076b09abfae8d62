"""Likely ranges: worked examples, and what must hold for any scores."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.assessment.likely.ranges import likely_ranges
from remit.assessment.result.assessment import Assessment
from remit.assessment.result.outputs import run_record
from remit.assessment.run import assess
from remit.catalogue import check_framework, parse
from remit.frames.figures import figures_from_frame
from remit.model.errors import AssessmentError

from .figures_by_hand import HEADER, SEGMENTS, frame
from .leagues_by_hand import CODES, CUTS, RULES, league

ENDS = ["likely_score_low", "likely_score_high", "likely_rank_low", "likely_rank_high"]
CHANCES = [f"p_segment_{segment}" for segment in range(1, 5)]
scores = st.lists(st.integers(100, 400).map(lambda x: x / 100), min_size=1, max_size=12)
leagues = st.lists(scores, min_size=1, max_size=12)


def row(assessment: Assessment, code: str, **options: object) -> dict[str, object]:
    table = likely_ranges(assessment, **options).table  # type: ignore[arg-type]
    return table.row(by_predicate=pl.col("org_code") == code, named=True)


def test_the_published_example_of_dorset_healthcare() -> None:
    # 2025/26 Q4: the scores, their mean 2.21 and the likely score 1.72 to 2.73 are published.
    ids = "1005 1041 1016 1061 1057 1063 1035 1080 1082 1084 1086".split()  # noqa: SIM905
    given = [1.00, 3.09, 2.00, 1.87, 2.66, 1.80, 4.00, 1.00, 2.10, 1.95, 2.84]
    figures = frame({f"OF{i}": {"RDY": score} for i, score in zip(ids, given, strict=True)})
    result = assess(figures_from_frame(figures), "nof-2025-26", "2025/26 Q4", cut_points=CUTS)
    standing = result.record("RDY")
    assert standing["n_metrics"] == 11
    assert standing["average_score"] == pytest.approx(2.21, abs=0.005)
    assert standing["likely_score_low"] == pytest.approx(1.72, abs=0.03)
    assert standing["likely_score_high"] == pytest.approx(2.73, abs=0.03)


def test_two_trusts_with_two_scores_each_against_all_sixteen_draws() -> None:
    one, other = [1.0, 2.0], [1.5, 3.5]
    result = league({"RYJ": one, "RRV": other})
    drawn = 20_000
    table = likely_ranges(result, replicates=drawn).table.sort("org_code", descending=True)
    draws = [
        (sum(a) / 2, sum(b) / 2) for a in product(one, repeat=2) for b in product(other, repeat=2)
    ]
    for place, chances in enumerate(table.select(CHANCES).rows()):
        means = [draw[place] for draw in draws]
        counted = [sum(1 + sum(m > cut for cut in CUTS) == s for m in means) for s in (1, 2, 3, 4)]
        for chance, count in zip(chances, counted, strict=True):
            share = count / len(draws)
            assert chance == pytest.approx(share, abs=4 * (share * (1 - share) / drawn) ** 0.5)
    # RYJ draws 1, 1.5 or 2 and RRV 1.5, 2.5 or 3.5; each can be first, alone or shared.
    assert table.select(ENDS).rows() == [(1.0, 2.0, 1, 2), (1.5, 3.5, 1, 2)]


def test_one_score_gives_a_range_of_that_score_and_is_marked() -> None:
    result = row(league({"RYJ": [2.25], "RRV": [1.0, 4.0]}), "RYJ")
    assert (result["likely_score_low"], result["likely_score_high"]) == (2.25, 2.25)
    assert (result["n_entries"], result["estimable"]) == (1, False)
    assert result["p_segment_2"] == 1.0
    assert result["n_told_apart"] == 0


def test_a_trust_in_deficit_is_never_drawn_better_than_segment_3() -> None:
    result = league({"RYJ": [1.0, 1.0, 3.9, 4.0], "RRV": [2.0, 3.0, 2.0]}, flags=["RYJ"])
    mine, other = row(result, "RYJ"), row(result, "RRV")
    assert (mine["p_segment_1"], mine["p_segment_2"]) == (0.0, 0.0)
    assert mine["p_segment_3"] + mine["p_segment_4"] == pytest.approx(1)  # type: ignore[operator]
    assert other["p_segment_2"] > 0  # type: ignore[operator]


def test_a_group_of_metrics_is_drawn_as_one_score() -> None:
    grouped = """
groups:
  - {id: pair, name: A pair, domain: one, members: [OF0003, OF0010]}
"""
    loaded = check_framework(parse(HEADER + RULES + SEGMENTS + grouped, "grouped.yaml"))
    result = league({"RYJ": [1.0, 4.0, 2.5]}, framework=loaded)
    # The pair's mean is 2.5, as is the third score: no draw gives anything else.
    mine = row(result, "RYJ")
    assert (mine["n_entries"], mine["likely_score_low"], mine["likely_score_high"]) == (2, 2.5, 2.5)


def test_where_domains_are_averaged_the_domain_scores_are_drawn() -> None:
    by_domain = RULES + SEGMENTS + "aggregation: {average: mean_of_domains}\n"
    loaded = check_framework(parse(HEADER + by_domain, "domains.yaml"))
    # Domain one has eight scores and the mean 1.5, domain two one score.
    mine = row(league({"RYJ": [1.0, 2.0] * 4 + [3.5]}, framework=loaded), "RYJ")
    assert mine["average_score"] == 2.5
    assert mine["n_entries"] == 2
    assert (mine["likely_score_low"], mine["likely_score_high"]) == (1.5, 3.5)


@settings(max_examples=40, deadline=None)
@given(leagues)
def test_what_holds_for_any_scores(of_trusts: list[list[float]]) -> None:
    result = league(dict(zip(CODES, of_trusts, strict=False)), replicates=500)
    for standing in result.standing.to_dicts():
        low, high = standing["likely_score_low"], standing["likely_score_high"]
        assert 1 <= low <= high <= 4
        assert low - 0.005 <= standing["average_score"] <= high + 0.005
        assert 1 <= standing["likely_rank_low"] <= standing["likely_rank_high"] <= len(of_trusts)
        assert sum(standing[name] for name in CHANCES) == pytest.approx(1)


@settings(max_examples=20, deadline=None)
@given(leagues, st.randoms())
def test_a_score_range_depends_on_nobody_else_and_no_order(
    of_trusts: list[list[float]], random: object
) -> None:
    every = dict(zip(CODES, of_trusts, strict=False))
    first = CODES[0]
    columns = ["likely_score_low", "likely_score_high", *CHANCES]
    whole = league(every, replicates=500).record(first)
    alone = league({first: every[first]}, replicates=500).record(first)
    shuffled = list(every.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    mixed = league(dict(shuffled), replicates=500)
    assert [whole[name] for name in columns] == [alone[name] for name in columns]
    assert mixed.standing.equals(league(every, replicates=500).standing)


def test_the_same_seed_gives_the_same_and_another_seed_another_result() -> None:
    result = league({"RYJ": [1.0, 2.2, 3.1, 4.0, 1.7], "RRV": [1.3, 2.9, 2.0, 3.3]})
    one, same, other = (likely_ranges(result, seed=seed) for seed in (1, 1, 2))
    assert one.table.equals(same.table)
    assert one.pairs.equals(same.pairs)
    assert not one.table.equals(other.table)


def test_a_result_narrowed_to_a_kind_has_the_ranges_of_the_whole() -> None:
    whole = {code: [1.0 + place / 40, 2.0, 3.9] for place, code in enumerate(CODES[:20])}
    every, some = league(whole, replicates=500), league(whole, replicates=500, kind="acute")
    assert every.standing.equals(some.standing)
    assert league(whole, kind="ambulance", replicates=500).standing.is_empty()


def test_without_cut_points_there_is_a_score_range_only() -> None:
    result = league({"RYJ": [1.0, 4.0], "RRV": [2.0, 3.0]}, cut_points=(), replicates=500)
    standing = result.record("RYJ")
    assert (standing["likely_score_low"], standing["likely_score_high"]) == (1.0, 4.0)
    assert all(standing[name] is None for name in (*ENDS[2:], *CHANCES))


def test_ranges_can_be_left_out_and_the_record_of_the_run_says_so() -> None:
    every = {"RYJ": [1.0, 4.0]}
    left_out, drawn = league(every), league(every, replicates=200, seed=7)
    assert left_out.standing.columns == drawn.standing.columns
    assert left_out.standing.columns[-8:] == [*ENDS, *CHANCES]
    assert left_out.standing.schema == drawn.standing.schema
    assert all(left_out.record("RYJ")[name] is None for name in (*ENDS, *CHANCES))
    assert run_record(left_out)["likely"] is None
    assert run_record(drawn)["likely"] == {
        "replicates": 200,
        "seed": 7,
        "confidence": 0.95,
        "method": "percentile",
    }


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"replicates": 10}, "100 to 10,000,000"),
        ({"confidence": 1.0}, "between 0 and 1"),
        ({"method": "normal"}, "percentile or expanded"),
    ],
)
def test_what_cannot_be_drawn_is_refused(options: dict[str, object], said: str) -> None:
    with pytest.raises(AssessmentError, match=said):
        likely_ranges(league({"RYJ": [1.0, 2.0]}), **options)  # type: ignore[arg-type]


def test_a_range_of_less_confidence_lies_within_one_of_more() -> None:
    result = league({"RYJ": [1.0, 1.4, 2.2, 3.1, 3.6, 4.0]})
    wide, narrow = row(result, "RYJ"), row(result, "RYJ", confidence=0.5)
    assert wide["likely_score_low"] < narrow["likely_score_low"]  # type: ignore[operator]
    assert narrow["likely_score_high"] < wide["likely_score_high"]  # type: ignore[operator]


def test_expanded_ranges_are_wider_and_stay_on_the_scale() -> None:
    result = league({"RYJ": [1.0, 1.2, 1.1, 3.9], "RRV": [2.0, 2.4, 2.2, 3.0]})
    plain, expanded = (
        likely_ranges(result, method=method).table for method in ("percentile", "expanded")
    )
    assert (expanded["likely_score_low"] <= plain["likely_score_low"]).all()
    assert (expanded["likely_score_high"] >= plain["likely_score_high"]).all()
    assert expanded["likely_score_low"].min() >= 1
    assert expanded["likely_score_high"].max() <= 4


def test_who_is_told_apart_is_counted_named_and_grouped() -> None:
    rng = np.random.default_rng(3)
    good = {code: rng.uniform(1.0, 1.3, 12).tolist() for code in CODES[:3]}
    poor = {code: rng.uniform(3.7, 4.0, 12).tolist() for code in CODES[3:5]}
    found = likely_ranges(league(good | poor))
    assert found.correction == "Benjamini-Hochberg"
    assert found.pairs.height == 10
    told = found.pairs.filter("told_apart")
    assert {tuple(pair) for pair in told.select("org_code", "other_code").rows()} == {
        (one, other) for one in good for other in poor
    }
    mine = found.table.row(by_predicate=pl.col("org_code") == CODES[0], named=True)
    assert (mine["n_rivals"], mine["n_told_apart"], mine["n_not_told_apart"]) == (4, 2, 2)
    assert mine["not_told_apart_from"] == CODES[1:3]
    assert [sorted(run) for run in found.groups["org_codes"]] == [sorted(good), sorted(poor)]


def test_trusts_with_the_same_scores_are_not_told_apart() -> None:
    found = likely_ranges(league({code: [1.0, 2.0, 3.0, 4.0] for code in CODES[:6]}))
    assert not found.pairs["told_apart"].any()
    assert found.groups["n"].to_list() == [6]
