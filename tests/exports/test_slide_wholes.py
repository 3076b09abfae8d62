"""What stands on a slide is whole: sentences, and the members that tell most."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pptx
import pytest

from remit.exports import write_slides
from remit.exports.rooms import Room
from remit.exports.slide_words import SaidWords, fitted
from remit.report.members_beside import by_weight
from remit.report.view import ReportLine, ReportSection, ReportView
from tests.report.fictional import ICB, METRICS, TRUSTS, USUAL, fictional_report, line


@pytest.mark.parametrize("height", [0.4, 0.6, 0.8, 1.0, 1.2, 1.5])
def test_words_are_parted_between_sentences(height: float) -> None:
    said = "Two wards closed for repairs. The unit next door took its patients. Both reopen in May."
    _, kept, left = fitted([SaidWords(said)], Room(0, 0, 2.4, height), (12.0,), 1.0)
    assert " ".join(one.text for one in [*kept, *left]) == said
    assert all(one.text.endswith(".") for one in kept)


def test_a_sentence_without_room_anywhere_says_that_it_goes_on() -> None:
    said = " ".join(["pathway"] * 60)
    _, (kept,), (left,) = fitted([SaidWords(said)], Room(0, 0, 2.4, 1.0), (12.0,), 1.0)
    assert kept.text.endswith(" …")
    assert f"{kept.text.removesuffix(' …')} {left.text}" == said


def of_member(code: str, value: float, denominator: float) -> ReportLine:
    """A member's line that is no signal."""
    body = replace(TRUSTS[0], code=code, name=f"{code} NHS Trust")
    made = line(body, METRICS[0], "common_cause", "no_target", USUAL)
    last = replace(made.points[-1], value=value, numerator=value * denominator / 100,
                   denominator=denominator)  # fmt: skip
    return replace(made, value=value, points=(*made.points[:-1], last))


def test_members_come_by_what_they_weigh_and_not_by_alphabet() -> None:
    own = line(ICB, METRICS[0], "common_cause", "no_target", USUAL)
    assert own.value is not None
    at = own.value
    # Of those seen: 100 fewer, 300 fewer, 15 fewer (far off, but small), 400 more.
    few, most = of_member("ZA1", at - 1, 10_000), of_member("ZA2", at - 3, 10_000)
    small, better = of_member("ZA3", at - 30, 50), of_member("ZA4", at + 4, 10_000)
    found = by_weight(own, [few, most, small, better])
    assert [one.body.code for one in found] == ["ZA2", "ZA1", "ZA3", "ZA4"]
    low = replace(METRICS[0], better="lower")
    turned = [replace(one, metric=low) for one in (few, most, small, better)]
    found = by_weight(replace(own, metric=low), turned)
    assert [one.body.code for one in found] == ["ZA4", "ZA2", "ZA1", "ZA3"]


def matrix_slide(view: ReportView, path: Path) -> tuple[str, list[list[str]], str]:
    write_slides(view, path)
    for slide in pptx.Presentation(str(path)).slides:
        title = slide.shapes.title.text
        if title.startswith("Who differs"):
            table = next(shape.table for shape in slide.shapes if shape.has_table)
            rows = [[cell.text for cell in row.cells] for row in table.rows]
            key = next(s.text_frame.text for s in slide.shapes
                       if s.has_text_frame and s.text_frame.text.startswith("▲"))  # fmt: skip
            return title, rows, key
    raise AssertionError("no slide on who differs")


def test_an_organisation_without_a_figure_has_no_row_and_is_counted(tmp_path: Path) -> None:
    view = fictional_report()
    empty = ReportSection(replace(TRUSTS[0], code="ZA9", name="Empty NHS Trust"), ())
    title, rows, key = matrix_slide(
        replace(view, sections=(*view.sections, empty)), tmp_path / "report.pptx"
    )
    assert title.endswith("members, Jun 2025")
    assert [row[0] for row in rows[1:]] == [
        "NHS Larkshire and Quillborough ICB",
        "Larkshire University Hospitals",
        "Quillborough Hospitals",
    ]
    assert "1 further organisation" in key.lower()


def test_figures_of_several_periods_are_dated_at_the_head_of_their_column(tmp_path: Path) -> None:
    view = fictional_report()

    def older(one: ReportLine) -> ReportLine:
        return replace(one, period="May 2025", points=one.points[:-1])

    sections = tuple(
        replace(one, lines=(older(one.lines[0]), *one.lines[1:])) for one in view.sections
    )
    title, rows, _ = matrix_slide(replace(view, sections=sections), tmp_path / "report.pptx")
    assert title.endswith("members, newest figures")
    assert f"{METRICS[0].name} (May 2025)" in rows[0]
    assert f"{METRICS[1].name} (Jun 2025)" in rows[0]
