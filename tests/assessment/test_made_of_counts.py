"""A framework scores metrics that are made of monthly counts, for its quarter."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import remit
from remit.assessment.improvement.changes import parse_change
from remit.assessment.improvement.what_if import what_if
from remit.assessment.result.assessment import Assessment
from remit.catalogue import LoadedFramework, load_framework
from remit.frames.figures import figures_from_frame
from remit.model.errors import DeclarationError
from remit.model.explanation import Step

from .figures_by_hand import HEADER, column

PERIOD = "2025/26 Q1"
METRICS = """
schema: remit/metrics/1
id: mine
source: None
metrics:
  - id: mine.in-time
    name: Seen in time
    unit: percent
    better: higher
    horizon: today
    aim: none
    setting: hospital
    why_it_matters: For tests.
    source: None
    numerator: [ae.booked-type-1]
    denominator: [ae.attendances-type-1]
    scale: 100
    frequency: month
  - id: mine.beds
    name: Beds in use
    unit: beds
    better: lower
    horizon: today
    aim: none
    setting: hospital
    why_it_matters: For tests.
    source: None
    numerator: [bed-availability.occupied-maternity]
    frequency: month
    over_time: mean
"""
RULES = """
metrics:
  - id: mine.in-time
    domain: one
    kinds: [acute]
    rule: {type: bands, bands: [{at_least: 80, score: 1}, {at_least: 60, score: 2}, {score: 4}]}
  - {id: mine.beds, domain: two, kinds: [acute], rule: {type: ranked}}
segments:
  labels: {1: best, 2: good, 3: fair, 4: worst}
  cut_points: {basis: thresholds, thresholds: [1.5, 2.5, 3.5]}
"""
# (seen, all, beds) of April, May and June. The quarter of RYJ: 60 of 100 in time, 20 beds.
COUNTS = {
    "RYJ": [(10, 20, 10), (20, 40, 20), (30, 40, 30)],
    "RRV": [(9, 10, 5), (9, 10, 5), (9, 10, 5)],
    "R1K": [(1, 10, 40), (1, 10, 40)],
}
MONTHS = ("Apr 2025", "May 2025", "Jun 2025")
MEASURES = ("ae.booked-type-1", "ae.attendances-type-1", "bed-availability.occupied-maternity")


def counts() -> pl.DataFrame:
    rows = [
        {"org_code": code, "metric_id": measure, "value": float(value), "period_label": month}
        for code, months in COUNTS.items()
        for month, values in zip(MONTHS, months, strict=False)
        for measure, value in zip(MEASURES, values, strict=True)
    ]
    return pl.DataFrame(rows)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> LoadedFramework:
    folder = tmp_path_factory.mktemp("mine")
    metrics, framework = folder / "metrics.yaml", folder / "mine.yaml"
    metrics.write_text(METRICS, encoding="utf-8")
    framework.write_text(HEADER + RULES, encoding="utf-8")
    return load_framework(str(framework), (metrics,))


@pytest.fixture(scope="module")
def result(loaded: LoadedFramework) -> Assessment:
    return remit.assess(counts(), loaded, PERIOD, replicates=None)


def scores_of(result: Assessment, metric_id: str, what: str = "score") -> dict[object, object]:
    mine = result.metric_scores.filter(pl.col("metric_id") == metric_id)
    return column(mine, "org_code", what)


def test_months_are_added_up_and_moments_averaged(result: Assessment) -> None:
    assert scores_of(result, "mine.in-time", "value") == {"RYJ": 60.0, "RRV": 90.0, "R1K": None}
    assert scores_of(result, "mine.beds", "value") == {"RYJ": 20.0, "RRV": 5.0, "R1K": None}
    assert scores_of(result, "mine.in-time") == {"RYJ": 2.0, "RRV": 1.0, "R1K": None}
    # Two are ranked: the fewest beds score 1, the most 4.
    assert scores_of(result, "mine.beds") == {"RYJ": 4.0, "RRV": 1.0, "R1K": None}
    averages = column(result.standing, "org_code", "average_score")
    assert averages == {"RYJ": 3.0, "RRV": 1.0, "R1K": None}


def test_a_quarter_that_lacks_a_month_is_said_and_not_used(result: Assessment) -> None:
    said = "mine.in-time: 2025/26 Q1 lacks a part of the counts of R1K, so there is no value"
    assert any(note.startswith(said) for note in result.notes)
    missing = [step for step in flat(result.explain("R1K")) if step.key == "missing"]
    assert len(missing) == 2
    assert "the counts of a part of 2025/26 Q1 are not there" in missing[0].because


def flat(step: Step) -> list[Step]:
    return [step, *(below for child in step.steps for below in flat(child))]


def test_a_value_leads_down_to_its_counts(result: Assessment) -> None:
    steps = flat(result.explain("RYJ"))
    sides = [(step.key, step.number) for step in steps if step.key in {"numerator", "denominator"}]
    assert sides == [("numerator", 60.0), ("denominator", 100.0), ("numerator", 20.0)]
    seen = [step for step in steps if step.label.startswith("ae.booked-type-1")]
    assert [(step.label, step.number) for step in seen] == [
        ("ae.booked-type-1, Apr 2025", 10.0),
        ("ae.booked-type-1, May 2025", 20.0),
        ("ae.booked-type-1, Jun 2025", 30.0),
    ]


def test_a_value_that_is_given_stands_and_has_no_counts(loaded: LoadedFramework) -> None:
    figures = figures_from_frame(counts())
    answer = what_if(
        figures, "RYJ", [parse_change("mine.in-time=85")], framework=loaded, period=PERIOD
    )
    assert answer.standing_after["average_score"] == 2.5
    assert "numerator" not in {
        step.key
        for step in flat(answer.after.explain("RYJ"))
        if step.label.startswith("Numerator") and step.number == 60.0
    }


def test_counts_of_nobody_are_said(loaded: LoadedFramework) -> None:
    without = counts().filter(pl.col("metric_id") != "bed-availability.occupied-maternity")
    notes = remit.assess(without, loaded, PERIOD, replicates=None).notes
    assert any("mine.beds: there is no figure of 2025/26 Q1; it is made from" in n for n in notes)


def test_a_metric_that_nothing_declares_is_refused_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(HEADER + RULES.replace("mine.beds", "ae.four-hour"), encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"nearest: ae\.four-hours"):
        load_framework(str(path))


@pytest.mark.parametrize(
    ("lasting", "said"),
    [
        ("valid_from: 2025-05-01", "published from 1 May 2025, inside 2025/26 Q1"),
        ("valid_to: 2025-05-31", "published until 31 May 2025, inside 2025/26 Q1"),
        ("valid_from: 2025-04-01", ""),
        ("valid_from: 2020-04-01", ""),
        ("valid_to: 2025-06-30", ""),
    ],
)
def test_a_metric_that_begins_or_ends_inside_the_quarter_has_no_figure_of_it(
    tmp_path: Path, lasting: str, said: str
) -> None:
    """April's counts are none of a metric that begins in May; 50 of 80 is no quarter's figure."""
    metrics = tmp_path / "mine.yaml"
    once = METRICS.replace("    frequency: month\n", f"    frequency: month\n    {lasting}\n", 1)
    metrics.write_text(once, encoding="utf-8")
    rules = tmp_path / "rules.yaml"
    rules.write_text(HEADER + RULES, encoding="utf-8")
    found = remit.assess(
        counts(), load_framework(str(rules), (metrics,)), PERIOD, mode="recomputed", replicates=None
    )
    cells = found.metric_scores.filter(pl.col("metric_id") == "mine.in-time")
    assert cells.filter(pl.col("value").is_not_null()).is_empty() == bool(said)
    assert any(said in note for note in found.notes)
    assert any("mine.in-time: it is published" in note for note in found.notes) == bool(said)
