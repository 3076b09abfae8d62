"""The pages of the shift and of a survey in a real browser: accessible, on a phone, on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import NewContext
from tests.browser.test_pages_in_a_browser import PAPER, WIDER_THAN, faults, open_page
from tests.pages.noted_sites import NotedSite, kinds_of, shift_site, survey_site

pytestmark = pytest.mark.browser

OUTSIDE = """() => [...document.querySelectorAll('.remit-chart > svg')].flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()])
        .filter(([, b]) => b.left < frame.left - 1 || b.right > frame.right + 1
            || b.top < frame.top - 1 || b.bottom > frame.bottom + 1).map(([words]) => words);
})"""
"""Words of a chart that stand outside it."""
UNTOLD = """() => [...document.querySelectorAll('.remit-chart > svg')].filter(svg =>
    svg.getAttribute('role') !== 'img' || svg.getAttribute('aria-labelledby').split(' ')
        .some(id => !document.getElementById(id).textContent.trim())).length"""


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> NotedSite:
    return shift_site(tmp_path_factory.mktemp("move"))


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> NotedSite:
    return survey_site(tmp_path_factory.mktemp("survey"))


@pytest.fixture(params=[*kinds_of("shift"), *kinds_of("survey")])
def page_file(request: pytest.FixtureRequest, moved: NotedSite, said: NotedSite) -> Path:
    """A page of each kind."""
    site = moved if request.param in kinds_of("shift") else said
    return site.folder / site.page_of(request.param)


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_no_fault(new_context: NewContext, page_file: Path, width: int) -> None:
    page = open_page(new_context, page_file.as_uri(), viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert faults(page) == []


def test_a_phone_scrolls_down_only_and_paper_cuts_nothing_off(
    new_context: NewContext, page_file: Path
) -> None:
    page = open_page(new_context, page_file.as_uri(), viewport={"width": 320, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate(WIDER_THAN, PAPER) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_bars_of_opinion_say_what_they_show_within_their_frames(
    new_context: NewContext, said: NotedSite, width: int
) -> None:
    address = (said.folder / said.page_of("survey_item")).as_uri()
    page = open_page(new_context, address, viewport={"width": width, "height": 800})
    assert page.locator(".remit-chart > svg").count() > 0
    assert page.evaluate(UNTOLD) == 0
    assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_three_charts_say_what_they_show_within_their_frames(
    new_context: NewContext, moved: NotedSite, width: int
) -> None:
    address = (moved.folder / moved.page_of("move")).as_uri()
    page = open_page(new_context, address, viewport={"width": width, "height": 800})
    assert page.locator(".remit-chart > svg").count() == 3
    assert page.evaluate(UNTOLD) == 0
    assert page.evaluate(OUTSIDE) == []
