"""A report's pages in a real browser: accessible, on a phone, on paper, without scripts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from remit.pages.report.site import write_report_pages
from remit.report.view import ReportBody, ReportView
from tests.browser.conftest import NewContext
from tests.browser.test_pages_in_a_browser import PAPER, WIDER_THAN, faults, open_page
from tests.pages.noted_sites import NotedSite, kinds_of, report_site
from tests.report.fictional import BESIDE, fictional_report

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> NotedSite:
    return report_site(tmp_path_factory.mktemp("report"))


@pytest.fixture
def report(pages: NotedSite) -> Path:
    return pages.folder


@pytest.fixture(params=kinds_of("report"))
def path(request: pytest.FixtureRequest, pages: NotedSite) -> str:
    """A page of each kind."""
    return pages.page_of(request.param)


def test_axe_finds_no_fault(new_context: NewContext, report: Path, path: str) -> None:
    page = open_page(new_context, (report / path).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert faults(page) == []


def test_a_phone_scrolls_down_only_and_paper_cuts_nothing_off(
    new_context: NewContext, report: Path, path: str
) -> None:
    page = open_page(new_context, (report / path).as_uri(), viewport={"width": 320, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER
    assert page.evaluate(WIDER_THAN, PAPER) == []


LATE = "not held for Sep 2025; newest 1,703,242 minutes in 2023/24 Q4"


def wide_report() -> ReportView:
    """Fourteen members with long names, and figures beside them that are words."""
    view = fictional_report()
    own, member = view.sections[:2]
    figures = tuple(replace(one, said=LATE) for one in BESIDE.areas)
    lines = tuple(replace(line, compared=replace(BESIDE, areas=figures)) for line in own.lines)
    name = "Larkshire, Quillborough-under-Hillingfold and Gullhaven Partnership {} NHS Trust"
    members = tuple(
        replace(
            member,
            body=ReportBody(f"ZA{at}", name.format(at), "Acute trust"),
            lines=tuple(replace(one, id=f"{one.id}-{at}") for one in member.lines),
        )
        for at in range(20, 34)
    )
    return replace(view, sections=(replace(own, lines=lines), *members))


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_words_for_a_figure_and_long_names_of_many_members_widen_no_page(
    new_context: NewContext, tmp_path: Path, width: int
) -> None:
    write_report_pages(wide_report(), tmp_path)
    page = open_page(
        new_context,
        (tmp_path / "index.html").as_uri(),
        viewport={"width": width, "height": 800},
    )
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert LATE in page.locator("#summary").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_table_of_icons_is_copied_as_words(new_context: NewContext, report: Path) -> None:
    page = open_page(new_context, (report / "index.html").as_uri())
    copied = page.evaluate(
        """() => {
            getSelection().selectAllChildren(document.querySelector('#summary'));
            return getSelection().toString();
        }"""
    )
    assert "concern" in copied
    assert "will not meet" in copied


def test_a_chart_names_its_dots_by_key_and_is_taken_as_a_picture_and_a_table_as_a_file(
    new_context: NewContext, pages: NotedSite, tmp_path: Path
) -> None:
    """From disk, as a reader opens it; without script the files beside the page are there."""
    path = pages.folder / pages.page_of("report_metric")
    page = open_page(new_context, path.as_uri(), viewport={"width": 1280, "height": 900})
    chart = page.locator(".spc-wide svg.mark--control").first
    chart.focus()
    page.keyboard.press("End")
    assert page.locator(".remit-dot-name").inner_text() == (
        "Jun 2025: 68.0%, worse than chance explains (run below the mean)"
    )
    page.keyboard.press("Home")
    assert page.locator(".remit-dot-name").inner_text() == "Jul 2023: 74.0%, usual"
    page.keyboard.press("Escape")
    assert page.locator(".remit-dot-name").inner_text() == ""
    with page.expect_download() as picture:
        page.get_by_role("button", name="Chart (PNG)").first.click()
    picture.value.save_as(tmp_path / "chart.png")
    size = (tmp_path / "chart.png").read_bytes()[16:24]
    # Twice the 750 pixels of the drawing and its margins of 16 on either side.
    assert int.from_bytes(size[:4], "big") == 2 * (750 + 32)
    with page.expect_download() as table:
        page.get_by_role("button", name=re.compile("Table.*Each in its own usual range")).click()
    table.value.save_as(tmp_path / "table.csv")
    lines = (tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == '"Organisation","Latest","Own usual range"'
    assert lines[1] == '"NHS Larkshire and Quillborough ICB","68.0%","▲ concern"'


@pytest.mark.parametrize("width", [375, 320])
def test_a_chart_on_a_phone_is_drawn_for_it_and_not_scaled(
    new_context: NewContext, pages: NotedSite, width: int
) -> None:
    path = pages.folder / pages.page_of("report_metric")
    page = open_page(new_context, path.as_uri(), viewport={"width": width, "height": 800})
    seen = page.locator("#maincontent .remit-spc").first.locator("svg[role]:visible")
    assert seen.count() == 1
    box = seen.bounding_box()
    assert box is not None
    assert box["width"] == int(seen.get_attribute("width") or 0) == {375: 343, 320: 288}[width]
