"""An ICB, its system, and what each trust has to do with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import remit
from remit.assessment.judgement.records import Records, read_records
from remit.assessment.result.assessment import Assessment
from remit.assessment.systems.system import SystemView, system_view
from remit.assessment.systems.weights import read_weights, shares
from remit.catalogue import check_framework, parse
from remit.model.errors import AssessmentError, UnknownCode
from remit.register import load_register

from .figures_by_hand import column, frame
from .systems_by_hand import (
    BY_METRICS,
    BY_TRUSTS,
    FIGURES,
    PERIOD,
    TEXT,
    TRUSTS,
    TRUSTS_ONLY,
    UNKNOWN_WEIGHT,
    find,
    framework,
)

QUARTILES_OF_ICBS = "{basis: quartiles, population: [icb]}"


def assessed(more: str = "", figures: pl.DataFrame = FIGURES, **named: object) -> Assessment:
    return remit.assess(figures, framework(more), PERIOD, mode="recomputed", **named)


def by_code(view: SystemView, name: str) -> dict[str, float]:
    return {one.org_code: getattr(one, name) for one in view.contributions}


def test_cut_points_of_icbs_are_not_said_to_be_of_trusts() -> None:
    text = TEXT.replace("{basis: thresholds, thresholds: [1.5, 2.5, 3.5]}", QUARTILES_OF_ICBS)
    assert QUARTILES_OF_ICBS in text
    figures = frame({"OF0081": {"QH8": -1.0, "QHM": 0.0}})
    result = remit.assess(
        figures, check_framework(parse(text, "icbs.yaml")), PERIOD, mode="recomputed"
    )
    said = f"quartiles of the average scores of 2 of {result.cut_points.expected} integrated care"
    assert result.cut_points.origin == f"{said} boards"
    assert any("rest on 2 of " in n and "integrated care boards; those" in n for n in result.notes)


def test_the_parts_of_the_score_and_what_it_would_be_without_each() -> None:
    view = system_view(assessed(), "QH8")
    assert view.system_score == 2.5  # (4 + 1) / 2
    assert by_code(view, "points") == {"RAJ": 2.0, "R1L": 0.5}
    assert by_code(view, "without") == {"RAJ": 1.0, "R1L": 4.0}
    assert by_code(view, "effect") == {"RAJ": 1.5, "R1L": -1.5}
    assert by_code(view, "difference") == {"RAJ": 1.5, "R1L": -1.5}


def test_the_distance_from_all_trusts_is_split_too() -> None:
    view = system_view(assessed(), "QH8")
    assert view.reference == 2.0  # (4 + 1 + 2 + 1) / 4; the ICB is no trust
    assert by_code(view, "pull") == {"RAJ": 1.0, "R1L": -0.5}  # together 2.5 - 2


def test_weights_change_the_shares() -> None:
    view = system_view(assessed(), "QH8", weights={"RAJ": 1, "R1L": 3, "RYJ": 9})
    assert by_code(view, "share") == {"RAJ": 0.25, "R1L": 0.75}
    assert view.system_score == 1.75  # 0.25 × 4 + 0.75 × 1
    assert view.weights == "as given"


def test_partners_stand_apart() -> None:
    view = system_view(assessed(), "QH8")
    (partner,) = [one for one in view.partners if one.org_code == "RAT"]
    assert partner.score == 2.0
    assert "QMF" in partner.why
    assert "RAT" not in by_code(view, "share")


def test_an_icb_without_figures_is_not_scored_and_that_is_said() -> None:
    view = system_view(assessed(figures=TRUSTS_ONLY), "QH8")
    assert view.own_score is None
    assert "no ICB-level metrics" in view.own_because
    nof = remit.assess(TRUSTS_ONLY, "nof-2025-26", PERIOD, mode="recomputed", cut_points=[2, 3, 4])
    assert "does not judge ICBs" in system_view(nof, "QH8").own_because


def test_the_adjustment_is_applied_and_falls_into_the_trusts_parts() -> None:
    result = assessed(BY_TRUSTS)
    icb = result.record("QH8")
    assert (icb["own_score"], icb["system_score"], icb["system_weight"]) == (3.0, 2.5, 0.25)
    assert icb["average_score"] == 2.875  # 0.75 × 3 + 0.25 × 2.5
    assert icb["final_segment"] == 3
    view = system_view(result, "QH8")
    assert view.adjusted_score == 2.875
    # 0.25 × 0.5 × (4 - 3) and 0.25 × 0.5 × (1 - 3): together -0.125, which is 2.875 - 3.
    assert by_code(view, "adjusts") == {"RAJ": 0.125, "R1L": -0.25}
    assert any("weight 0.25, declared by the framework" in note for note in result.notes)
    assert find(result.explain("QH8"), "system").value == "2.88"


def test_system_metrics_leave_the_icbs_own_score() -> None:
    figures = pl.concat([FIGURES, frame({"OF0081": {"QH8": 1}})])
    result = assessed(BY_METRICS, figures)
    icb = result.record("QH8")
    assert (icb["own_score"], icb["system_score"]) == (3.0, 1.0)
    assert icb["average_score"] == 2.5  # 0.75 × 3 + 0.25 × 1
    view = system_view(result, "QH8")
    assert view.adjusted_score == 2.5
    assert set(by_code(view, "adjusts").values()) == {None}
    assert any("no part of that is a trust's" in note for note in view.notes)


def test_a_weight_that_is_not_known_adjusts_nothing_until_it_is_given() -> None:
    unknown = framework(UNKNOWN_WEIGHT)
    result = assessed(UNKNOWN_WEIGHT)
    assert result.record("QH8")["average_score"] == 3.0
    assert any("--system-weight" in note for note in result.notes)
    assert "not known" in find(result.explain("QH8"), "system").because
    records = read_records(unknown.framework, load_register(), system_weight=1)
    given_weight = assessed(UNKNOWN_WEIGHT, records=records)
    assert given_weight.record("QH8")["average_score"] == 2.5
    assert any("given by the user" in note for note in given_weight.notes)


@pytest.mark.parametrize(("more", "weight"), [(BY_TRUSTS, 1.5), (BY_TRUSTS, -1), ("", 0.5)])
def test_a_weight_without_sense_is_refused(more: str, weight: float) -> None:
    with pytest.raises(AssessmentError, match=r"between 0 and 1|does not adjust"):
        read_records(framework(more).framework, load_register(), system_weight=weight)


def test_an_icb_is_ranked_among_icbs_only() -> None:
    ranked = framework(
        text="""
schema: remit/framework/1
id: ranked
version: "1"
name: Ranked
summary: For tests.
valid_from: 2025-04-01
sources: [{title: none}]
kinds: [acute, mental_health_community, icb]
coverage_minimum: 0.0001
domains: [{id: one, name: One}]
metrics:
  - id: OF0005
    domain: one
    kinds: [acute, mental_health_community, icb]
    rule: {type: ranked}
    population: [acute, mental_health_community]
segments:
  labels: {1: best}
  cut_points: {basis: thresholds, thresholds: [2, 3, 3.5]}
"""
    )
    values = {"RYJ": 1, "RAJ": 2, "R1L": 3, "QH8": 9, "QRV": 8}
    result = remit.assess(frame({"OF0005": values}), ranked, PERIOD, mode="recomputed")
    assert column(result.metric_scores, "org_code", "score") == {
        "RYJ": 1.0,
        "RAJ": 2.5,
        "R1L": 4.0,
        "QRV": 1.0,
        "QH8": 4.0,
    }
    assert column(result.standing, "org_code", "rank")["QRV"] == 1
    assert "Ranked 2 of 2 (integrated care boards;" in str(result.explain("QH8").to_dict())


def test_icbs_among_the_figures_of_a_framework_for_trusts_are_left_out_and_named() -> None:
    result = remit.assess(FIGURES, "nof-2025-26", PERIOD, mode="recomputed", cut_points=[2, 3, 4])
    assert "QH8" not in result.standing["org_code"].to_list()
    assert any("does not judge ICBs: QH8" in note for note in result.notes)


def test_the_register_dates_the_boundaries() -> None:
    result = assessed()
    with pytest.raises(UnknownCode, match="D7T5G"):
        system_view(result, "QH8", on=date(2026, 6, 30))
    essex = system_view(result, "D7T5G", on=date(2026, 6, 30))
    assert {"RAJ", "R1L"} <= set(by_code(essex, "share"))
    with pytest.raises(UnknownCode, match="opened on 1 April 2026"):
        system_view(result, "D7T5G")
    with pytest.raises(UnknownCode, match="is no ICB"):
        system_view(result, "RAJ")


def test_the_only_trust_of_a_system_cannot_be_left_out() -> None:
    view = system_view(assessed(), "QRV")
    (only,) = view.contributions
    assert (only.without, only.effect, only.difference) == (None, None, 0.0)
    assert {one.org_code for one in view.not_scored} >= {"R1K", "RRU"}


def test_a_system_without_scores_is_empty_and_not_a_fault() -> None:
    view = system_view(assessed(), "QHM")
    assert view.system_score is None
    assert view.contributions == ()
    assert view.table().is_empty()


scores = st.lists(st.sampled_from([1.0, -0.5, -1.5, -3.0]), min_size=2, max_size=2)
weights = st.lists(st.floats(0.001, 1e9), min_size=2, max_size=2)


@settings(max_examples=40, deadline=None)
@given(scores, weights, st.floats(0, 1))
def test_contributions_sum_to_the_systems_score(
    values: list[float], given_weights: list[float], system_weight: float
) -> None:
    figures = frame({"OF0079": {**TRUSTS, "RAJ": values[0], "R1L": values[1], "QH8": -1.5}})
    result = assessed(UNKNOWN_WEIGHT, figures, records=Records(system_weight=system_weight))
    view = system_view(result, "QH8", weights=dict(zip(("RAJ", "R1L"), given_weights, strict=True)))
    table = view.table()
    assert view.system_score is not None
    assert view.reference is not None
    assert view.adjusted_score is not None
    assert table["share"].sum() == pytest.approx(1)
    assert table["points"].sum() == pytest.approx(view.system_score)
    assert table["pull"].sum() == pytest.approx(view.system_score - view.reference)
    assert table["adjusts"].sum() == pytest.approx(view.adjusted_score - 3.0, abs=1e-12)
    for one in view.contributions:
        others = [other for other in view.contributions if other is not one]
        mean = sum(o.share * o.score for o in others) / sum(o.share for o in others)
        assert one.without == pytest.approx(mean)


def test_shares_need_a_weight_for_each_and_one_above_zero() -> None:
    assert shares([], None) == {}
    with pytest.raises(AssessmentError, match="no weight is given for B"):
        shares(["A", "B"], {"A": 1})
    with pytest.raises(AssessmentError, match="sum to zero"):
        shares(["A"], {"A": 0})


def test_weights_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "spend.csv"
    path.write_text('org_code,weight\nraj,"1,200"\nR1L,0\n', encoding="utf-8")
    assert read_weights(path) == {"RAJ": 1200.0, "R1L": 0.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,weight\nRAJ,1\n", "line 1: the column"),
        ("org_code,weight\nRAJ,1\nRAJ,2\n", "line 3, org_code: RAJ stands twice"),
        ("org_code,weight\n,1\n", "line 2, org_code: there is no code"),
        ("org_code,weight\nRAJ,-1\n", "line 2, weight: '-1' is no number from 0 up"),
        ("org_code,weight\nRAJ,nan\n", "no number from 0 up"),
        ("org_code,weight\nRAJ\n", "line 2, weight: '' is no number"),
    ],
)
def test_a_faulty_file_of_weights_is_told_by_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "spend.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AssessmentError, match=said):
        read_weights(path)


def test_a_missing_file_of_weights_is_told(tmp_path: Path) -> None:
    with pytest.raises(AssessmentError, match="no such file"):
        read_weights(tmp_path / "none.csv")


@pytest.mark.parametrize(
    "content",
    [
        "org_code;weight\nZA1;2000\n",
        '\ufefforg_code,weight\r\n\r\nZA1,"2,000"\r\n,\r\n',
        'org_code\tnote\tweight\nZA1\t"a\nb"\t2000\n',
    ],
)
def test_weights_are_read_by_the_one_reader_of_text(tmp_path: Path, content: str) -> None:
    path = tmp_path / "weights.csv"
    path.write_text(content, encoding="utf-8", newline="")
    assert read_weights(path) == {"ZA1": 2000.0}
