"""A report's pages in a real browser: accessible, on a phone, on paper, without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import NewContext
from tests.browser.test_pages_in_a_browser import PAPER, WIDER_THAN, faults, open_page
from tests.pages.noted_sites import NotedSite, kinds, report_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> NotedSite:
    return report_site(tmp_path_factory.mktemp("report"))


@pytest.fixture
def report(pages: NotedSite) -> Path:
    return pages.folder


@pytest.fixture(params=kinds("report"))
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
