"""The sheet of what is published before the next board."""

from __future__ import annotations

from remit.exports.workbook import SheetTable
from remit.report.view import ReportView
from remit.words.sentences import sentence_case


def releases_sheet(view: ReportView) -> SheetTable:
    """A row for each part of a publication that is to come; none where no next board is told."""
    until = view.next_board.isoformat() if view.next_board else ""
    return SheetTable(
        "before-the-next-board",
        f"Published before the next board {until}".strip(),
        "One row for each part of a publication that brings figures of this report.",
        ("Day", "Publication", "Period", "Metrics", "Checked", "How the day is known"),
        tuple(
            (
                one.on.isoformat(), one.publication, one.period, "; ".join(one.metrics),
                "Verified" if one.verified else "Not verified", sentence_case(one.source),
            )
            for one in view.releases
        ),
    )  # fmt: skip
