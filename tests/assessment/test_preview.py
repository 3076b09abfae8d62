"""Before publication: own figures among published ones, worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from remit.assessment.improvement.preview import Preview, preview
from remit.assessment.improvement.preview_words import preview_words
from remit.frames.figures import Figures, figures_from_frame
from remit.model.errors import AssessmentError, PublicationError
from remit.report.unpublished_file import read_unpublished

from .figures_by_hand import frame, framework

PERIOD, CUTS = "2025/26 Q1", (1.5, 2.5, 3.5)
RULES = """
metrics:
  - {id: OF0023, domain: one, kinds: [acute], rule: {type: ranked}}
  - id: OF0081
    domain: two
    kinds: [acute]
    rule: {type: bands, bands: [{at_least: 0, score: 1}, {score: 4}]}
"""
VALUES = {
    "OF0023": {"ZA1": 90.0, "ZA2": 80.0, "ZA3": 70.0, "ZA4": 60.0},
    "OF0081": {"ZA1": 0.1, "ZA2": 0.0, "ZA3": -0.3, "ZA4": 0.2},
}


def published(**more: dict[str, float]) -> Figures:
    return figures_from_frame(frame(VALUES | more))


def asked(folder: Path, text: str, code: str = "ZA2", of: Figures | None = None) -> Preview:
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    read = read_unpublished(path, code)
    more: dict[str, Any] = {"framework": framework(RULES), "period": PERIOD, "cut_points": CUTS}
    return preview(
        of or published(), code, read.figures, file_name=path.name, replicates=200, **more
    )


def test_pounds_from_the_plan_decide_between_segments(tmp_path: Path) -> None:
    """ZA2 is 2nd of 4, which scores 2. Short of its plan it scores 4 and not 1: the mean is 3 and
    not 1.5, and it is in segment 3 and not 1, behind ZA1 (1.0) and ZA4 (2.5)."""
    found = asked(tmp_path, "metric,value,base\nOF0081,-0.02%,£450m\n")
    row = found.standing
    assert (row["average_score"], row["final_segment"], row["rank"]) == (3.0, 3, 3)
    assert found.before.record("ZA2")["final_segment"] == 1
    said = list(preview_words(found))
    assert said[0].endswith(
        "As published for 2025/26 Q1, recomputed: segment 1, score 1.50, rank 2."
    )
    assert (
        "A difference of £90,000 (0.02 percentage points of £450,000,000) decides between segment "
        "1 and 3: Variance year to date to financial plan (OF0081) is −0.02%; at 0% the segment "
        "is 1, not 3. No peers of 3 lie on the way."
    ) in said


def test_edges_lie_on_both_sides_in_the_unit_of_the_metric(tmp_path: Path) -> None:
    """At 90 it shares the first rank (a mean of 2.5, segment 2); below 60 it is last (4.0)."""
    found = asked(tmp_path, "metric,value\nOF0081,-0.02\n")
    ranked = {
        (edge.beyond, edge.at, edge.segment_there, edge.passed)
        for edge in found.edges
        if edge.metric_id == "OF0023"
    }
    assert ranked == {("", 90.0, 2, 1), ("below", 60.0, 4, 2)}
    assert found.kept == ("OF0023",)


def test_whoever_stands_at_the_edge_is_told_so(tmp_path: Path) -> None:
    """With exactly its plan ZA2 scores 1; a pound less, and it scores 4: a mean of 3."""
    found = asked(tmp_path, "metric,value,base\nOF0081,0,£450m\n")
    assert any(
        said.startswith("It stands right at the edge between segment 1 and 3")
        and "below 0% the segment is 3, not 1" in said
        for said in preview_words(found)
    )


def test_likely_ranges_hold_what_they_are_of(tmp_path: Path) -> None:
    """Drawn from its two scores, 2 and 4."""
    row = asked(tmp_path, "metric,value\nOF0081,-0.02\n").standing
    assert (row["likely_score_low"], row["likely_score_high"]) == (2.0, 4.0)
    assert 1 <= row["likely_rank_low"] <= 3 <= row["likely_rank_high"] <= 4


def test_people_are_counted_where_the_base_is_people(tmp_path: Path) -> None:
    """10 points of 1,234 patients are 123.4, so 124 must be seen in time."""
    text = 'metric,value,base\nOF0081,-0.02,\nOF0023,80,"1,234"\n'
    said = " ".join(preview_words(asked(tmp_path, text)))
    assert "124 of 1,234 (10 percentage points)" in said


def test_it_says_that_it_is_unpublished_and_against_which_quarter(tmp_path: Path) -> None:
    found = asked(tmp_path, "metric,value\nOF0081,0.3\n")
    assert found.to_dict()["published"] is False
    assert found.to_dict()["against"] == PERIOD
    assert "which nobody has published, among those of 2025/26 Q1" in list(preview_words(found))[1]


def test_a_flag_that_decides_is_told(tmp_path: Path) -> None:
    """At a mean of 1.5 a deficit would put it into segment 3."""
    found = asked(tmp_path, "metric,value\nOF0081,0.3\n")
    assert found.flags == (
        "Deficit (OF5004) is not set as published, since your file does not tell it. With it the "
        "segment is 3, not 1.",
    )
    own = asked(tmp_path, "metric,value\nOF0081,0.3\nOF5004,1\n")
    assert own.standing["final_segment"] == 3
    assert own.flags == (
        "Deficit (OF5004) is set in your file. Without it the segment is 1, not 3.",
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("OF0081x,1", "nearest: OF0081"),
        ("OF0023,n/a", "'n/a' is no number"),
        ("OF0023,", "the value is missing"),
        ("OF0023,0.82", "about a hundredth of the 80% that is published; write 82"),
        ("OF0023,182", "cannot be 182"),
        ("OF0081,0.4", "OF0081 stands in line 2 already"),
        ("OF1023,2", "is the score of OF0023"),
        (",5", "the metric is missing"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_and_the_others_are(
    tmp_path: Path, line: str, why: str
) -> None:
    path = tmp_path / "own.csv"
    found = asked(tmp_path, f"metric,value\nOF0081,0.3\n{line}\n")
    (told,) = (*read_unpublished(path, "ZA2").unused, *found.unused)
    assert told.line == 3
    assert why in told.reason
    assert [one.id for one in found.own] == ["OF0081"]


def test_names_of_metrics_and_lines_of_others(tmp_path: Path) -> None:
    name = "Variance year to date to financial plan"
    path = tmp_path / "own.csv"
    text = f"Organisation;Metric;Value\nZA2;{name};0,3\nZA3;OF0023;88\n"
    found = asked(tmp_path, text)
    assert [(one.id, one.after) for one in found.own] == [("OF0081", 0.3)]
    assert [one.reason for one in read_unpublished(path, "ZA2").unused] == [
        "it is of ZA3, not of ZA2"
    ]


def test_a_file_of_which_nothing_can_be_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssessmentError, match="no line can be used; line 2: By hand has no metric"):
        asked(tmp_path, "metric,value\nXX,1\n")
    with pytest.raises(PublicationError, match="there is no column 'value'"):
        asked(tmp_path, "metric,target\nOF0081,1\n")
