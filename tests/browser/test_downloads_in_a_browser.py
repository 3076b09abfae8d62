"""Every chart of the pages can be taken as SVG and PNG, from disk."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page

from remit.files.delimited import unmarked
from remit.model.plain_text import for_xml
from tests.browser.conftest import NewContext
from tests.hostile.nasty import TEXTS
from tests.hostile.readers import csv_rows
from tests.pages.noted_sites import NotedSite

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = {
    "home": "Trusts in each segment",
    "trust": "How sure",
    "league": "Average scores",
    "metric": "",
}
"""Kinds of page with a chart, and the words with which the title of one begins."""


@pytest.fixture
def page(new_context: NewContext) -> Page:
    return new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True).new_page()


def taken(page: Page, figure: str, form: str, folder: Path) -> Path:
    """A chart as a file, by the button that names it."""
    fold = page.locator(f"details:has(#{figure})")
    for one in range(fold.count()):
        fold.nth(one).evaluate("one => { one.open = true; }")
    place = page.locator(f"#{figure}").locator("xpath=self::*|following-sibling::*[1]")
    with page.expect_download() as file:
        place.get_by_role("button", name=f"Chart ({form})").first.click()
    path = folder / file.value.suggested_filename
    file.value.save_as(path)
    return path


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_of_each_kind_of_page_is_a_picture_of_its_own(
    page: Page, noted: NotedSite, tmp_path: Path, kind: str
) -> None:
    page.goto((noted.folder / noted.page_of(kind)).as_uri())
    figures = page.locator("main figure[data-title]")
    starts = CHARTS[kind]
    ids = figures.evaluate_all(
        "(all, begins) => all.filter(one => one.dataset.title.startsWith(begins)"
        " && one.querySelector('svg[role]')).map(one => one.id)",
        starts,
    )
    assert ids, f"no chart of {kind} is titled {starts}"
    drawing = etree.parse(taken(page, ids[0], "SVG", tmp_path)).getroot()
    title = page.locator(f"#{ids[0]}").get_attribute("data-title") or ""
    words = "".join(drawing.itertext())
    assert all(word in words for word in title.split())
    width, height = (round(float(drawing.get(side))) for side in ("width", "height"))
    assert width > 200
    assert height > 60
    assert not list(drawing.iter(f"{SVG}use")), "a shape of another drawing is left behind"
    picture = taken(page, ids[0], "PNG", tmp_path).read_bytes()
    assert struct.unpack(">II", picture[16:24]) == pytest.approx((2 * width, 2 * height), abs=3)
    assert len(picture) > 4000, "the picture is blank"


def test_names_in_a_table_that_is_taken_as_a_file_are_no_formulas(
    page: Page, noted: NotedSite, tmp_path: Path
) -> None:
    names = list(dict.fromkeys(" ".join(for_xml(text).split()) for text in TEXTS))
    page.goto((noted.folder / noted.page_of("league")).as_uri())
    page.evaluate(
        """names => document.querySelector("#league tbody").replaceChildren(...names.map(name => {
             const row = document.createElement("tr");
             row.insertCell().textContent = name;
             return row; }))""",
        names,
    )
    with page.expect_download() as file:
        page.locator("#league + p").get_by_role("button").click()
    file.value.save_as(tmp_path / "league.csv")
    rows = csv_rows((tmp_path / "league.csv").read_text(encoding="utf-8-sig"))
    assert len(rows) >= len(names)
    assert [unmarked(row[0]) for row in rows[-20:]] == names[-20:]


def rows_taken(page: Page, table: str, folder: Path) -> list[list[str]]:
    """The rows of a table as the file that the button below it makes."""
    place = page.locator(f"p.remit-table-downloads:has(a[href='#{table}'])")
    with page.expect_download() as file:
        place.get_by_role("button").first.evaluate("one => one.click()")
    file.value.save_as(folder / "table.csv")
    return csv_rows((folder / "table.csv").read_text(encoding="utf-8-sig"))


def test_a_negative_figure_is_a_number_in_the_file(
    page: Page, noted: NotedSite, tmp_path: Path
) -> None:
    """The typographic minus of a page is none that a spreadsheet adds up."""
    page.goto((noted.folder / noted.page_of("league")).as_uri())
    page.evaluate(
        """words => document.querySelector("#league tbody").replaceChildren(...words.map(word => {
             const row = document.createElement("tr");
             row.insertCell().textContent = word;
             return row; }))""",
        ["−0.04", "+0.04", "−1,234.5%", "−.5", "0.1 (−0.2 to 0.3)", "−2 to −1", "−A1"],
    )
    found = [row[0] for row in rows_taken(page, "league", tmp_path)[-7:]]
    assert found == [
        "-0.04", "+0.04", "-1,234.5%", "-.5", "0.1 (-0.2 to 0.3)", "'-2 to -1", "'-A1"
    ]  # fmt: skip


def test_the_readers_organisation_keeps_its_name_in_the_file(
    page: Page, noted: NotedSite, tmp_path: Path
) -> None:
    address = (noted.folder / noted.page_of("league")).as_uri()
    page.goto(address)
    plain = rows_taken(page, "league", tmp_path)
    page.goto(f"{address}?me=ZA1")
    assert page.locator("#league tr.mine").count() == 1
    assert rows_taken(page, "league", tmp_path) == plain
