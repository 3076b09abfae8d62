"""What stands beneath the chart of a slide is whole, and what it leaves out is in the notes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pptx

from remit.exports import write_slides
from remit.exports.finding_slides import chart_key
from tests.report.fictional import fictional_report

PLACE = "the-plan-that-the-board-of-the-system-agreed-in-public-in-april-2025.csv, lines 2 to 14"


def test_whose_a_plan_is_is_never_cut_in_two(tmp_path: Path) -> None:
    view = fictional_report()
    (own, *others) = view.sections
    (first, *lines) = own.lines
    points = tuple(replace(point, trajectory=75.0) for point in first.points)
    first = replace(first, points=points, plan_place=PLACE)
    view = replace(view, sections=(replace(own, lines=(first, *lines)), *others))
    write_slides(view, tmp_path / "report.pptx")
    keys = []
    for slide in pptx.Presentation(str(tmp_path / "report.pptx")).slides:
        said = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
        for key in (words for words in said if "own plan" in words and "usual range" in words):
            keys.append(key)
            assert key.endswith("."), key
            notes = slide.notes_slide.notes_text_frame
            assert notes is not None
            assert f"own plan of {first.body.short} ({PLACE})" in notes.text
    assert keys


def test_a_line_that_ended_is_told_with_when_and_not_as_one_in_force() -> None:
    line = fictional_report().own.lines[0]
    assert "dotted: the usual range, dashed: the target." in chart_key(line)
    last = line.points[-1]
    ended = replace(last, target=None)
    key = chart_key(replace(line, points=(*line.points[:-1], ended)))
    assert key.endswith("dotted: the usual range, dashed: the target until May 2025.")
    ended = replace(last, mean=None, lower=None, upper=None)
    key = chart_key(replace(line, points=(*line.points[:-1], ended)), brief=True)
    assert key.endswith("dotted: usual range until May 2025, dashed: target.")
    # A month without a figure is no end: the line is drawn no further, and neither is the series.
    silent = replace(last, value=None, target=None)
    assert "until" not in chart_key(replace(line, points=(*line.points[:-1], silent)))
