"""The table beside a finding's chart: every member has a row, one of another period with that."""

from __future__ import annotations

from dataclasses import replace

from remit.exports.short_tables import beside_table
from remit.report.view import ReportView
from tests.report.fictional import fictional_report


def with_an_older_figure() -> ReportView:
    """The report with the first member's first figure being of April."""
    view = fictional_report()
    first, *others = view.members
    line, *rest = first.lines
    older = replace(line, period="Apr 2025", said="61.0%", dated="Apr 2025 (2 months old)")
    return replace(view, sections=(view.own, replace(first, lines=(older, *rest)), *others))


def test_a_member_whose_newest_figure_is_older_has_a_row_with_its_period() -> None:
    view = with_an_older_figure()
    rows = [[cell.text for cell in row] for row in beside_table(view, view.own.lines[0]).rows]
    told = {row[0]: row[1] for row in rows}
    assert told["Quillborough Hospitals"] == "68.0%"
    assert told["Larkshire University Hospitals"] == "61.0% (Apr 2025)"
    # Its own first, then who has the same period, then who has another, then areas.
    names = [row[0] for row in rows]
    assert names[1:3] == ["Quillborough Hospitals", "Larkshire University Hospitals"]


def test_members_of_the_same_period_have_no_period_beside_their_value() -> None:
    view = fictional_report()
    cells = [row[1].text for row in beside_table(view, view.own.lines[0]).rows[:3]]
    assert cells == ["68.0%"] * 3
