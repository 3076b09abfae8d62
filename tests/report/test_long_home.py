"""The first page of a report with many metrics: what stands out is shown, the rest is folded."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from remit.catalogue.releases import Release
from remit.pages.report.overview import overview, releases_shown
from remit.pages.report.site import write_report_pages
from remit.report.view import ReportView
from tests.report.fictional import fictional_report


def long_report(more: int) -> ReportView:
    """The fictional report with so many further lines of its own; two of them are of concern."""
    view = fictional_report()
    concern, usual, _ = view.own.lines
    lines = list(view.own.lines)
    for number in range(more):
        like = concern if number < 2 else usual
        metric = replace(like.metric, id=f"made-up.{number}", name=f"Made up, number {number}")
        lines.append(replace(like, id=f"made-up-{number}", metric=metric))
    own = replace(view.own, lines=tuple(lines))
    return replace(view, sections=(own, *view.members))


def release(period: str, *, out: bool, name: str = "Invented A&E") -> Release:
    return Release(name, period, date(2025, 8, 10), False, "guessed", ("A&E",), out)


def test_a_short_table_is_shown_as_it_is(tmp_path: Path) -> None:
    view = long_report(13)
    assert (overview(view).is_long, overview(view).standing_out) == (False, ())
    write_report_pages(view, tmp_path)
    assert 'id="all-metrics"' not in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_of_a_long_table_what_stands_out_is_shown_and_all_is_folded(tmp_path: Path) -> None:
    view = long_report(14)
    made = overview(view)
    told = {one.found.line.id for one in made.findings}
    shown = [row.line.id for _, _, rows in made.standing_out for row in rows]
    assert set(shown) | told >= {one.id for one in view.own.lines if one.is_exception}
    assert not set(shown) & told
    write_report_pages(view, tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    fold = page.index('id="all-metrics"')
    assert fold < page.index('id="summary"')
    assert "All 17 metrics" in page[fold : fold + 300]
    # Every metric stands in the folded table, those shown above it too.
    inside = page[page.index('id="summary"') :]
    for line in view.own.lines:
        assert f"#{line.id}" in inside


def test_a_cell_with_many_metrics_folds_all_but_three_and_loses_none(tmp_path: Path) -> None:
    view = long_report(14)
    write_report_pages(view, tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    cells = page[page.index('id="cells"') : page.index('id="new-and-late"')]
    # 13 lines of its own as usual, met and missed by chance; a line of its members in each metric.
    assert re.search(r"<summary>\d+ more</summary>", cells)
    for line in view.own.lines:
        assert f"#{line.id}" in cells


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        (["Jul 2025"], "Jul 2025"),
        (["Jul 2025", "Aug 2025"], "Jul 2025 and Aug 2025"),
        (["Apr 2025", "May 2025", "Jun 2025", "Jul 2025", "Aug 2025"],
         "Apr 2025 to Aug 2025, 5 periods"),
    ],
)  # fmt: skip
def test_what_is_out_of_a_publication_is_one_item(periods: list[str], said: str) -> None:
    made = releases_shown(
        [*(release(one, out=True) for one in periods), release("Sep 2025", out=False),
         release("Oct 2025", out=False), release("Jul 2025", out=True, name="Invented beds")]
    )  # fmt: skip
    assert [(one.publication, one.period) for one in made] == [
        ("Invented A&E", said),
        ("Invented beds", "Jul 2025"),
        ("Invented A&E", "Sep 2025"),
        ("Invented A&E", "Oct 2025"),
    ]
    assert [one.said for one in made[:2]] == ["out, and not held"] * 2
