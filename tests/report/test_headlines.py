"""What a report begins with: what is new, with the date of what is not, and no trifles."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from remit.catalogue import load_computed_metrics
from remit.exports.tables import aims_table, in_short, line_title
from remit.model.metric import Better, Metric
from remit.pages.report.site import write_report_pages
from remit.report import ReportView, build_report
from tests.report.stores import SEEN, frame, rows, seen

STEADY: list[float | None] = [80.0, 82.0] * 8
FALLEN = [*STEADY, 60.0]


def other(number: int, **more: object) -> Metric:
    """A metric as ``SEEN`` without a standard, of its own counts."""
    told = {"id": f"made-up.other-{number}", "name": f"Other {number}", "standards": ()}
    counts = {
        "numerator": (f"made-up.seen-{number}",),
        "denominator": (f"made-up.all-{number}",),
    }
    return SEEN.model_copy(update=told | counts | more)


def of_other(number: int, percents: list[float | None], **more: object) -> list[dict[str, object]]:
    tops = [None if p is None else 10 * p for p in percents]
    return rows("ZA1", f"made-up.seen-{number}", tops, **more) + rows(  # type: ignore[arg-type]
        "ZA1", f"made-up.all-{number}", [1000.0] * len(tops), **more  # type: ignore[arg-type]
    )  # fmt: skip


def view_of(*parts: list[dict[str, object]], metrics: list[Metric]) -> ReportView:
    return build_report(frame(*parts), "ZA1", "Jun 2025", metrics=metrics).view


def test_what_is_months_old_ranks_below_what_is_new_and_begins_with_its_date() -> None:
    rising: list[float | None] = [*STEADY, 99.0]
    view = view_of(
        of_other(1, FALLEN, last=(2024, 9)), of_other(2, rising), metrics=[other(1), other(2)]
    )
    first, second = view.own.exceptions
    assert (first.metric.name, first.dated) == ("Other 2", "")
    assert first.improves
    assert (second.metric.name, second.dated) == ("Other 1", "Sep 2024 (9 months old)")
    assert second.is_concern
    assert line_title(second).startswith("Sep 2024 (9 months old): Other 1")
    named = " ".join(cell.text for row in aims_table(view.aims).rows for cell in row)
    assert "Other 1 (Sep 2024 (9 months old): concern (low))" in named


def test_a_month_that_is_late_is_dated_too() -> None:
    view = view_of(of_other(1, FALLEN, last=(2025, 5)), metrics=[other(1)])
    assert view.own.lines[0].dated == "May 2025 (1 month old)"


def test_the_first_page_dates_its_headlines(tmp_path: Path) -> None:
    view = view_of(of_other(1, FALLEN, last=(2024, 9)), metrics=[other(1)])
    write_report_pages(view, tmp_path)
    assert "Sep 2024 (9 months old) Other 1: 60.0% in Sep 2024, below the usual" in _words(tmp_path)


def _words(folder: Path) -> str:
    """What the first page says, on one line."""
    text = (folder / "index.html").read_text(encoding="utf-8")
    return " ".join(unescape(re.sub("<[^>]+>", "", text)).split())


@pytest.mark.parametrize(
    ("latest", "trifling"),
    [
        # The mean of 16 × 81 and 7 × 82.5 is 81.46: a run above it, by 1.04 points.
        (82.5, True),
        # That of 7 × 90 is 83.7: 6.3 points.
        (90.0, False),
    ],
)
def test_a_trifle_of_what_is_neither_better_nor_worse_is_no_headline(
    latest: float, trifling: bool
) -> None:
    beds = other(1, better=Better.NEUTRAL)
    view = view_of(of_other(1, [*STEADY, *[latest] * 7]), metrics=[beds])
    (line,) = view.own.lines
    assert line.variation.code == "neutral_high"
    assert line.is_exception
    assert line.is_trifling is trifling
    assert (line in view.own.headlines) is not trifling


def test_a_small_signal_of_what_is_better_or_worse_is_a_headline() -> None:
    view = view_of(of_other(1, [*STEADY, *[82.5] * 7]), metrics=[other(1)])
    assert not view.own.lines[0].is_trifling


def test_a_missed_target_with_too_few_points_is_counted_and_listed(tmp_path: Path) -> None:
    view = view_of(seen("ZA1", [80.0] * 8), metrics=[SEEN])
    assert in_short(view) == (
        "1 metric with figures, 1 exception: 1 with a target missed (too few figures for a "
        "usual range in 1 with a target not reached); change cannot be told."
    )
    write_report_pages(view, tmp_path)
    assert "1 with a target missed" in _words(tmp_path)
    assert (
        "Standard missed Seen in time: 80.0% in Jun 2025; it does not meet the target of at least "
        "95%" in _words(tmp_path)
    )


def test_a_signal_of_the_past_is_not_drawn_as_one() -> None:
    line = view_of(of_other(1, [*STEADY[:8], 20.0, *STEADY]), metrics=[other(1)]).own.lines[0]
    point = line.points[8]
    assert (point.kind, point.drawn) == ("special_cause_concern", "ended")
    assert point.words == "an earlier signal, ended (below the lower limit)"


@pytest.mark.parametrize(
    "care", ["paediatric-general-acute", "paediatric-intensive-care", "neonatal-intensive-care"]
)
def test_fewer_occupied_cots_are_neither_better_nor_worse(care: str) -> None:
    assert load_computed_metrics()[f"beds.occupancy-{care}"].better is Better.NEUTRAL
