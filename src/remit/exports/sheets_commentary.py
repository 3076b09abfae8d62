"""The sheet of comments and actions: all that were read, also those without a place."""

from __future__ import annotations

from collections.abc import Iterator

from remit.exports.sheet_values import words
from remit.exports.workbook import SheetTable, Value
from remit.report.commented import Comment
from remit.report.view import ReportView


def commentary_sheet(view: ReportView) -> SheetTable:
    """A row for each comment, those of a metric together and the newest first."""
    return SheetTable(
        "commentary",
        "Comments and actions",
        "One row for each comment, also of earlier months.",
        ("Month", "Metric", "Organisation code", "What happened", "Action", "Owner", "Due",
         "Status", "Still true?", "Note on the chart", "Why it has no place"),
        (*_placed(view), *_strays(view)),
    )  # fmt: skip


def _placed(view: ReportView) -> Iterator[tuple[Value, ...]]:
    for line in view.commented:
        for one in line.said_of.comments:
            note: Value = words("") if one.note is None else one.note
            yield (*_of(one.comment), words(one.question), note, words(""))


def _strays(view: ReportView) -> Iterator[tuple[Value, ...]]:
    for stray in view.strays:
        yield (*_of(stray.comment), words(""), words(""), stray.why)


def _of(one: Comment) -> tuple[Value, ...]:
    due = one.due.isoformat() if one.due else ""
    said = (one.what_happened, one.action, one.owner, due, one.status)
    return (one.label, one.metric_name, one.org_code, *map(words, said))
