"""Every kind of page of every site: reached by keyboard, whole on paper, read without scripts.

What axe finds, and a screen of 320 pixels, is tried where each site is (``test_…_in_a_browser``).
The kinds are those of the templates, so that a new one is looked at unasked.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.test_pages_in_a_browser import PAPER, open_page
from tests.pages.noted_sites import (
    ROOMS,
    NotedSite,
    annual_site,
    kinds,
    kinds_of,
    practice_site,
    remits_site,
    report_site,
    shift_site,
    survey_site,
)

pytestmark = pytest.mark.browser

OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
UNMARKED = """() => {
    const named = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const seen = e => e.checkVisibility({visibilityProperty: true}) && !e.disabled;
    const marks = e => {
        const label = e.labels && e.labels.length ? getComputedStyle(e.labels[0]) : {};
        const s = getComputedStyle(e);
        return [s.outlineStyle === 'none' ? '' : s.outlineWidth + s.outlineColor, s.boxShadow,
            s.backgroundColor, label.outlineStyle, label.backgroundColor, label.boxShadow].join();
    };
    document.activeElement.blur();
    return [...document.querySelectorAll(named)].filter(seen).filter(e => {
        if (e.tabIndex < 0) return !['main', 'section', 'div', 'svg'].includes(
            e.tagName.toLowerCase()) && !e.closest('svg') && e.type !== 'radio';
        const before = marks(e);
        e.focus({preventScroll: true});
        const marked = document.activeElement === e && marks(e) !== before;
        e.blur();
        return !marked;
    }).map(e => e.outerHTML.slice(0, 160));
}"""
"""Controls that no key reaches, or that do not show that they have the focus."""
TORN = """() => [...document.querySelectorAll('main table')]
    .filter(t => t.checkVisibility())
    .flatMap(t => [...t.tHead ? t.tHead.rows : [], ...[...t.tBodies].flatMap(b => [...b.rows])]
        .filter(r => r.checkVisibility() && getComputedStyle(r).breakInside !== 'avoid')
        .concat(t.tHead
            && getComputedStyle(t.tHead).position !== 'absolute'  // for ears alone
            && !['table-header-group', 'none'].includes(getComputedStyle(t.tHead).display)
            ? [t.tHead] : [])
        .map(e => (t.id || t.className) + ': ' + e.outerHTML.slice(0, 120)))"""
"""Rows that paper would cut, and heads that would stand on the first sheet alone."""


@pytest.fixture(scope="module")
def sites(noted: NotedSite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, NotedSite]:
    return {
        "standings": noted,
        "report": report_site(tmp_path_factory.mktemp("report of all kinds")),
        "remits": remits_site(tmp_path_factory.mktemp("map of all kinds")),
        "shift": shift_site(tmp_path_factory.mktemp("move of all kinds")),
        "survey": survey_site(tmp_path_factory.mktemp("survey of all kinds")),
        "annual": annual_site(tmp_path_factory.mktemp("assessments of all kinds")),
        "practice": practice_site(tmp_path_factory.mktemp("peers of all kinds")),
    }


@pytest.fixture(params=kinds())
def url(request: pytest.FixtureRequest, sites: dict[str, NotedSite]) -> str:
    """A page of each kind there is, from disk."""
    name = next(name for name in ROOMS if request.param in kinds_of(name))
    return Path(sites[name].folder / sites[name].page_of(request.param)).as_uri()


def skip_first(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()


def test_keys_reach_all_and_paper_cuts_no_row(new_context: NewContext, url: str) -> None:
    page = open_page(new_context, url, viewport={"width": 1280, "height": 900})
    skip_first(page)  # from here on the browser takes the focus for that of a key
    page.evaluate(OPEN_ALL)
    assert page.evaluate(UNMARKED) == []
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate(TORN) == []


def test_all_is_read_without_scripts(new_context: NewContext, url: str) -> None:
    page = open_page(new_context, url, java_script_enabled=False)
    expect(page.locator("h1")).to_be_visible()
    for fold in page.locator("details:has(table)").all():  # outer folds come first
        if fold.get_attribute("open") is None:
            fold.locator("> summary").click()
    for table in page.locator("table").all():
        expect(table).to_be_visible()
    for form in page.locator("form:not(.remit-search):not(.who-pick)").all():
        expect(form).to_be_hidden()
    assert page.locator("th button").count() == 0
