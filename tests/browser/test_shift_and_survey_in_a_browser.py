"""The pages of the shift, a survey and an assessment in a real browser: accessible, on a phone,
on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import NewContext
from tests.browser.test_pages_in_a_browser import PAPER, WIDER_THAN, faults, open_page
from tests.pages.noted_sites import NotedSite, annual_site, kinds_of, shift_site, survey_site

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


@pytest.fixture(scope="module")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> NotedSite:
    return annual_site(tmp_path_factory.mktemp("assessed"))


SITES = {"shift": "moved", "survey": "said", "annual": "assessed"}
"""The room of a kind of page → the fixture with its site."""


@pytest.fixture(params=[kind for room in SITES for kind in kinds_of(room)])
def page_file(request: pytest.FixtureRequest) -> Path:
    """A page of each kind; of letters one that is a draft."""
    name = next(name for room, name in SITES.items() if request.param in kinds_of(room))
    site: NotedSite = request.getfixturevalue(name)
    return site.folder / site.page_of(request.param)


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_a_clean_letter_beside_a_draft_has_no_fault_either(
    new_context: NewContext, assessed: NotedSite, width: int
) -> None:
    draft, clean = assessed.made["annual_letter"][:2]
    assert "Draft: " in (assessed.folder / draft).read_text(encoding="utf-8")
    assert "Draft: " not in (assessed.folder / clean).read_text(encoding="utf-8")
    address = (assessed.folder / clean).as_uri()
    page = open_page(new_context, address, viewport={"width": width, "height": 800})
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


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
