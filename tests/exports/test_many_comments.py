"""A report with thousands of comments: slides take no longer than in proportion, and lose none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pptx
import pytest

from remit.exports import write_slides
from remit.exports.pack import FULL
from remit.exports.slide_tables import rows_that_fit, table_height
from remit.exports.tables import PrintedCell, Table
from remit.report.view import ReportView
from tests.hostile.growth import assert_linear
from tests.report.fictional import fictional_report


def with_comments(count: int) -> ReportView:
    """The fictional report in which the system's first metric has so many comments."""
    view = fictional_report()
    (own, *others) = view.sections
    (first, *lines) = own.lines
    (shown, *_) = first.said_of.comments
    comments = tuple(
        replace(shown, comment=replace(shown.comment, what_happened=f"Ward {n} is closed"))
        for n in range(count)
    )
    first = replace(first, said_of=replace(first.said_of, comments=comments))
    return replace(view, sections=(replace(own, lines=(first, *lines)), *others))


def rows_of(path: Path, heads: int) -> list[tuple[Any, ...]]:
    """The rows of all tables with so many columns, without their heads."""
    return [
        tuple(row.cells)
        for slide in pptx.Presentation(str(path)).slides
        for shape in slide.shapes
        if shape.has_table and len(shape.table.columns) == heads
        for row in list(shape.table.rows)[1:]
    ]


@pytest.mark.timed
def test_a_short_pack_measures_no_comment_that_it_does_not_show(tmp_path: Path) -> None:
    views = {count: with_comments(count) for count in (400, 800)}
    assert_linear(lambda count: write_slides(views[count], tmp_path / f"{count}.pptx"), 400)


def test_the_full_pack_has_every_comment_in_its_order_and_alike(tmp_path: Path) -> None:
    write_slides(with_comments(60), tmp_path / "full.pptx", FULL)
    said = [row for row in rows_of(tmp_path / "full.pptx", 6) if "Ward" in row[3].text]
    assert [row[3].text for row in said] == [f"Ward {n} is closed" for n in range(60)]
    looks = {
        (cell.margin_left, run.font.size, run.font.bold, str(run.font.color.rgb))
        for row in said
        for cell in row
        for run in cell.text_frame.paragraphs[0].runs
    }
    assert len(looks) == 1


def test_words_of_two_paragraphs_stay_two_in_a_table(tmp_path: Path) -> None:
    view = with_comments(4)
    (own, *others) = view.sections
    (first, *lines) = own.lines
    parted = tuple(
        replace(one, comment=replace(one.comment, what_happened=words))
        for one, words in zip(first.said_of.comments, ("One", "One\ntwo", "Two", "<b> & co"),
                              strict=True)
    )  # fmt: skip
    first = replace(first, said_of=replace(first.said_of, comments=parted))
    view = replace(view, sections=(replace(own, lines=(first, *lines)), *others))
    write_slides(view, tmp_path / "full.pptx", FULL)
    told = [row[3].text for row in rows_of(tmp_path / "full.pptx", 6)]
    for words in ("One", "One\ntwo", "Two", "<b> & co"):
        assert words in told


@pytest.mark.parametrize("height", [0.1, 0.5, 1.0, 1.37, 2.0, 9.0])
def test_as_many_rows_fit_as_their_heights_say(height: float) -> None:
    rows = tuple((PrintedCell("word " * n),) for n in (1, 30, 3, 60, 1, 1))
    table = Table("Words", ("Word",), (1.0,), rows, "Words.")
    fit = rows_that_fit(table, 4, 12, height)
    assert not fit or table_height(table, rows[:fit], 4, 12) <= height
    assert fit == len(rows) or table_height(table, rows[: fit + 1], 4, 12) > height
