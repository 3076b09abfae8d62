"""The reader's own organisation, kept in the address, is marked wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.test_pages_in_a_browser import faults, open_page
from tests.pages.noted_sites import report_site

pytestmark = pytest.mark.browser

WORD = "my organisation"


@pytest.mark.parametrize(
    ("path", "mine", "where"),
    [
        ("league/acute.html", "ZA1", "#league tr.mine"),
        ("metrics/OF0010.html", "ZA1", "#group-1 tr.mine"),
        ("areas/ZB1.html", "ZA1", "tr.mine"),
        ("areas/map.html", "ZB1", "#map-average tr.mine"),
    ],
)
def test_its_row_is_marked_with_a_word(
    new_context: NewContext, site: Path, path: str, mine: str, where: str
) -> None:
    page = open_page(new_context, (site / "2025-26-q4" / path).as_uri() + f"?me={mine}")
    row = page.locator(where).first
    expect(row).to_contain_text(WORD)
    expect(page.locator(f'{where}:not([data-code="{mine}"])')).to_have_count(0)
    assert faults(page) == []


def test_its_dot_is_a_diamond_that_says_so(new_context: NewContext, site: Path) -> None:
    """On the page of another trust the diamond is that trust's, and the reader's is hollow."""
    folder = site / "2025-26-q4"
    page = open_page(new_context, (folder / "metrics/OF0010.html").as_uri() + "?me=ZA1")
    drawn = page.locator(".mark-wide .mark--dots")
    expect(drawn.locator(".mine .filled")).to_have_count(1)
    expect(page.locator(".remit-mine-said")).to_have_text(
        "◆ Larkshire University Hospitals NHS Foundation Trust: 78.52% (my organisation)"
    )
    page = open_page(new_context, (folder / "trusts/ZA4.html").as_uri() + "?me=ZA1")
    strip = page.locator(".mark--strip:has(.mine)").first
    expect(strip.locator(".mine .hollow")).to_have_count(1)
    said = strip.locator(".mine").get_attribute("data-name")
    assert said is not None
    assert said.startswith("Larkshire University Hospitals: ")
    assert said.endswith(" (my organisation)")


def test_a_report_marks_it_in_the_matrix_and_beside_a_metric(
    new_context: NewContext, tmp_path: Path
) -> None:
    noted = report_site(tmp_path)
    page = open_page(new_context, (noted.folder / "index.html").as_uri() + "?me=ZA2")
    expect(page.locator("#matrix tr.mine[data-code=ZA2]")).to_contain_text(WORD)
    metric = noted.folder / noted.page_of("report_metric")
    page = open_page(new_context, metric.as_uri() + "?me=ZA2")
    expect(page.locator("#beside-table tr.mine[data-code=ZA2]")).to_contain_text(WORD)
