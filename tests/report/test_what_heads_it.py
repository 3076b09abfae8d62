"""What heads a report: its boards, how new its files are, and where its lines begin anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pptx
import pytest

from remit.exports import write_document, write_slides
from remit.report.published import (
    NewestFigures,
    boards_said,
    files_said,
    membership_changes,
    newest_figures,
)
from remit.signals.changes import Rebase
from tests.exports.reading import parts
from tests.report.fictional import fictional_report

THIS, NEXT = date(2025, 8, 8), date(2025, 9, 5)


@pytest.mark.parametrize(
    ("this", "following", "said"),
    [
        (THIS, NEXT, ("board of 8 August 2025", "next board on 5 September 2025")),
        (None, NEXT, ("next board on 5 September 2025",)),
        (THIS, None, ("board of 8 August 2025",)),
        (None, None, ()),
    ],
)
def test_this_board_and_the_next_are_told_apart(
    this: date | None, following: date | None, said: tuple[str, ...]
) -> None:
    assert boards_said(replace(fictional_report(), board=this, next_board=following)) == said


def test_slides_and_document_name_both_boards(tmp_path: Path) -> None:
    view = replace(fictional_report(0), board=THIS)
    write_slides(view, tmp_path / "report.pptx")
    write_document(view, tmp_path / "report.docx")
    first = pptx.Presentation(str(tmp_path / "report.pptx")).slides[0]
    slide = "\n".join(shape.text_frame.text for shape in first.shapes if shape.has_text_frame)
    (body,) = parts(tmp_path / "report.docx", "word/document")
    for text in (slide, "".join(body.itertext())):
        assert "Board of 8 August 2025" in text
        assert "Next board on 5 September 2025" in text


def test_files_whose_day_is_not_known_are_counted_beside_the_newest_day() -> None:
    view = fictional_report()
    (known,) = view.sources
    unknown = replace(known, number=2, published_on=None)
    assert files_said(view) == "files published up to 10 July 2025"
    said = files_said(replace(view, sources=(known, unknown, replace(unknown, number=3))))
    assert said == "files published up to 10 July 2025; of 2 of 3 files the day is not known"
    assert files_said(replace(view, sources=(unknown,))) == "days of publication not known"


def test_a_new_beginning_names_its_metrics() -> None:
    view = fictional_report(0)
    first, second, third = view.own.lines
    began = Rebase(date(2024, 4, 1), "A trust joined.", "Larkshire", of_members=True)
    lines = (replace(first, changes=(began,)), replace(second, changes=(began,)), third)
    view = replace(view, sections=(replace(view.own, lines=lines),))
    (found,) = membership_changes(view)
    assert (found.on, found.reason) == (date(2024, 4, 1), "A trust joined.")
    assert found.metrics == (first.metric.name, second.metric.name)


@pytest.mark.parametrize(
    ("closed", "is_said"),
    [(date(2025, 7, 31), True), (date(2025, 8, 1), False), (date(2025, 12, 1), False)],
)
def test_an_organisation_that_has_closed_is_said_to_have(closed: date, is_said: bool) -> None:
    """The report is made on 1 August 2025: whoever's last day that is has not closed yet."""
    view = fictional_report()
    view = replace(view, body=replace(view.body, closed=closed))
    said = "NHS Larkshire and Quillborough ICB closed on 31 July 2025"
    assert (said in boards_said(view)) == is_said
    assert any("closed" in words for words in boards_said(view)) == is_said


def test_a_publication_whose_sheets_differ_in_age_is_told_once() -> None:
    view = fictional_report(0)
    first, second, third = view.own.lines
    may = [replace(trace, period="May 2025") for trace in second.traces]
    older = replace(
        second, period="May 2025", traces=tuple(may), points=second.points[:-1], dated="May 2025"
    )
    lines = (older, first, replace(third, metric=replace(third.metric, name="Third")))
    (found,) = newest_figures(replace(view, sections=(replace(view.own, lines=lines),)))
    assert (found.publication, found.period) == ("Invented A&E", "Jun 2025")
    assert found.metrics == (first.metric.name, "Third")
    assert [(one.period, one.of_what) for one in found.older] == [("May 2025", second.metric.name)]


def test_of_many_metrics_that_are_older_two_are_named() -> None:
    made = NewestFigures("Invented", "May 2025", None, ("One", "Two", "Three", "Four"))
    assert made.of_what == "One, Two and 2 more"
    assert replace(made, metrics=("One", "Two")).of_what == "One and Two"


def test_the_slide_says_why_a_figure_that_is_expected_is_not_there(tmp_path: Path) -> None:
    view = fictional_report(0)
    write_slides(view, tmp_path / "report.pptx")
    said = [
        paragraph.text
        for slide in pptx.Presentation(str(tmp_path / "report.pptx")).slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        if "expected" in paragraph.text
    ]
    assert said == [
        "Virtual ward beds for 100,000 people (NHS Larkshire and Quillborough ICB): Jun 2025 "
        "expected; newest held: None. No file in the store gives it for this ICB."
    ]
