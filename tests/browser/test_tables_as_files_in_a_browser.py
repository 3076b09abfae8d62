"""A table of a page as a file: what stands in lines in a cell stays apart in the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewContext
from tests.hostile.readers import csv_rows
from tests.pages.noted_sites import NotedSite, remits_site, report_site

pytestmark = pytest.mark.browser

MADE = """<table id="made"><caption>Made</caption><thead>
<tr><th>Average score<span class="remit-small">likely range</span></th><th>Rank</th></tr>
<tr aria-hidden="true"><td><span>1.00</span><span>4.00</span></td><td></td></tr></thead><tbody>
<tr><td>2.99<span class="remit-small">2.70 to 3.26</span></td>
<td>9<span class="remit-small">3 to 20</span></td></tr>
<tr><td><b>78.8%</b> <span class="remit-small">Mar 2025 <strong>late</strong></span></td>
<td>7<br>of 9</td></tr>
<tr><td><p>at least 75%</p><ul><li>one</li><li>two</li></ul></td>
<td><svg role="img" aria-label="Segment 1 of 5."><text>1</text></svg></td></tr>
<tr><td>CO<sub>2</sub>, in <em>t</em>onnes</td>
<td>oversees<span class="nhsuk-u-visually-hidden"> (not verified)</span></td></tr>
<tr><td><span>5</span><span>6</span></td>
<td><a href="#a">file 1</a><a href="#b">file 2</a></td></tr>
</tbody></table>"""


@pytest.fixture(params=[1280, 320])
def page(new_context: NewContext, request: pytest.FixtureRequest) -> Page:
    size = {"width": request.param, "height": 900}
    return new_context(viewport=size, accept_downloads=True).new_page()


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> NotedSite:
    return report_site(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> NotedSite:
    return remits_site(tmp_path_factory.mktemp("who"))


def taken(page: Page, table: str, folder: Path) -> list[list[str]]:
    """The rows of a table as its button gives them."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    button = page.locator(f'p:has(> a[href="#{table}"])').get_by_role("button", name="Table (CSV)")
    with page.expect_download() as file:
        button.click()
    file.value.save_as(folder / "table.csv")
    return csv_rows((folder / "table.csv").read_text(encoding="utf-8-sig"))


def test_parts_of_a_cell_stay_apart_and_what_is_for_the_eye_alone_is_left_out(
    page: Page, noted: NotedSite, tmp_path: Path
) -> None:
    league = noted.folder / noted.page_of("league")
    text = league.read_text(encoding="utf-8")
    other = league.with_name("made.html")
    other.write_text(re.sub("<table.*</table>", MADE, text, flags=re.S), encoding="utf-8")
    page.goto(other.as_uri())
    assert taken(page, "made", tmp_path) == [
        ["Average score; likely range", "Rank"],
        ["2.99; 2.70 to 3.26", "9; 3 to 20"],
        ["78.8%; Mar 2025 late", "7; of 9"],
        ["at least 75%; one; two", "Segment 1 of 5."],
        ["CO2, in tonnes", "oversees (not verified)"],
        ["5 6", "file 1 file 2"],
    ]


@pytest.mark.parametrize(
    ("kind", "table"),
    [("league", "league"), ("compared", "compared"), ("trust", "every-metric")],
)
def test_no_line_of_a_cell_runs_into_the_one_before(
    page: Page, noted: NotedSite, tmp_path: Path, kind: str, table: str
) -> None:
    apart_in(page, noted.folder / noted.page_of(kind), table, tmp_path)


def test_nor_in_a_report(page: Page, reported: NotedSite, tmp_path: Path) -> None:
    apart_in(page, reported.folder / reported.page_of("report_home"), "summary", tmp_path)


def test_nor_in_a_plan(page: Page, planned: NotedSite, tmp_path: Path) -> None:
    apart_in(page, planned.folder / planned.page_of("oversight_plan"), "asks", tmp_path)


def test_what_folds_the_matrix_of_remits_is_no_word_of_its_rows(
    page: Page, planned: NotedSite, tmp_path: Path
) -> None:
    page.goto((planned.folder / "map/apr-2026.html").as_uri())
    rows = taken(page, "matrix", tmp_path)
    assert len(rows) == 1 + 48
    names = [row[0] for row in rows]
    assert not any("within it" in name for name in names)
    assert "Finance; overlap · changed" in names
    assert "Counter fraud" in names


def apart_in(page: Page, path: Path, table: str, folder: Path) -> None:
    """Every line in small print of a table is in its file, after a mark or at a beginning."""
    page.goto(path.as_uri())
    cells = [cell for row in taken(page, table, folder) for cell in row]
    assert not any("Arrow keys" in cell for cell in cells), "what is said of keys is no figure"
    small = page.locator(f"#{table} tr:not([hidden]) .remit-small").evaluate_all(
        """all => all.map(one => { one.querySelectorAll("svg").forEach(svg => svg.remove());
                                   return one.textContent; })"""
    )
    assert small, f"no cell of {table} has a line in small print"
    for line in small:
        said = " ".join(line.split())
        assert any(f"; {said}; " in f"; {cell}; " for cell in cells), said
