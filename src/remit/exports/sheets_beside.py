"""The sheet of what stands beside each figure: England, the region and each peer."""

from __future__ import annotations

from collections.abc import Iterator

from remit.exports.sheet_values import number, shown, words
from remit.exports.workbook import SheetTable, Value
from remit.report.view import ReportLine, ReportView
from remit.words.sentences import sentence_case


def comparison_sheet(view: ReportView) -> SheetTable:
    """A row for each figure beside one of the report, of the same period."""
    lines, left_out = shown(view, sum(len(list(_rows(line))) for line in view.lines))
    return SheetTable(
        "comparison",
        "England, region and peers beside each figure",
        "One row for each figure that one of the report is held against, of the same period."
        + left_out,
        ("Organisation code", "Organisation", "Metric", "Period", "Own value", "Beside", "Whose",
         "Value", "Unit", "What it is", "Beyond chance"),
        tuple(row for line in lines for row in _rows(line)),
    )  # fmt: skip


def _rows(line: ReportLine) -> Iterator[tuple[Value, ...]]:
    begin = (line.body.code, line.body.name, line.metric.name, line.period, number(line.value))
    unit = line.metric.unit
    for area in line.compared.areas:
        what = area.who or sentence_case(area.said)
        value = number(area.value)
        yield (*begin, sentence_case(area.level), area.name, value, unit, what, words(""))
    group = line.compared.peers
    if group is None:
        return
    own = sentence_case(group.chance) or group.no_verdict
    middle = (number(group.median), unit, group.sentence, words(own))
    yield (*begin, "Median of peers", sentence_case(group.noun), *middle)
    for peer in group.figures:
        said = sentence_case(peer.chance)
        what = "" if peer.value is not None else sentence_case(peer.said)
        yield (*begin, "Peer", peer.body.title, number(peer.value), unit, words(what), words(said))
