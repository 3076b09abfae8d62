"""The pages in a real browser: accessible, usable by keyboard, on a phone, on paper, plain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from remit.pages import build_site
from tests.browser.conftest import NewContext
from tests.pages.noted_sites import NotedSite, kinds_of
from tests.pages.sample_pages import sample_assessments

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Q = "2025-26-q4"
LEAGUE, TRUST = f"{Q}/league/acute.html", f"{Q}/trusts/ZA1.html"
FURTHER = {
    "trust-held-back": f"{Q}/trusts/ZM2.html",
    "region": f"{Q}/areas/ZR1.html",
    "metric-two-kinds": f"{Q}/metrics/OF0005.html",
    "metric-published": f"{Q}/metrics/OF0035.html",
}
"""Pages that are unlike others of their kind; one of every kind is looked at anyway."""
PAPER = 703
"""The width of A4 less its margins of 12 mm, in CSS pixels."""

WIDER_THAN = """width => [...document.querySelectorAll('main *')]
    .filter(e => !e.closest('svg') && !e.closest('.nhsuk-u-visually-hidden'))
    .filter(e => e.getBoundingClientRect().right > width)
    .map(e => e.outerHTML.slice(0, 100))"""


@pytest.fixture(params=[*kinds_of("standings"), *FURTHER])
def path(request: pytest.FixtureRequest, noted: NotedSite) -> str:
    """A page of each kind, and some further ones."""
    return FURTHER.get(request.param) or noted.page_of(request.param)


def open_page(new_context: NewContext, url: str, **options: object) -> Page:
    page = new_context(**options).new_page()
    page.goto(url)
    return page


def faults(page: Page, tags: Sequence[str] = TAGS) -> list[str]:
    """What axe finds wrong, one line each."""
    if not AXE.is_file():
        pytest.fail("axe-core is not there; run: python tools/assets.py")
    # Not as a tag: the policy under which pages are served allows no script of others.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def test_axe_finds_no_fault(new_context: NewContext, address: str, path: str) -> None:
    page = open_page(new_context, f"{address}/{path}", viewport={"width": 1280, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert faults(page) == []


@pytest.mark.parametrize("kind", ["home", "league", "trust", "area", "metric"])
def test_axe_finds_no_fault_on_a_phone(
    new_context: NewContext, address: str, noted: NotedSite, kind: str
) -> None:
    size = {"width": 320, "height": 640}
    page = open_page(new_context, f"{address}/{noted.page_of(kind)}", viewport=size)
    assert faults(page) == []


def test_a_phone_scrolls_down_only_and_paper_cuts_nothing_off(
    new_context: NewContext, address: str, path: str
) -> None:
    page = open_page(new_context, f"{address}/{path}", viewport={"width": 320, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER
    assert page.evaluate(WIDER_THAN, PAPER) == []
    expect(page.locator(".remit-top nav")).to_be_hidden()
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf))
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {(595, 842)}


def test_an_explanation_opens_without_scripts(new_context: NewContext, address: str) -> None:
    url = f"{address}/{TRUST}"
    page = open_page(new_context, url, java_script_enabled=False)
    page.locator("#steps > summary").click()
    step = page.locator("#steps .remit-step .remit-step > summary").first
    inside = step.locator("xpath=following-sibling::div")
    expect(inside).to_be_hidden()
    step.click()
    expect(inside).to_be_visible()


def test_all_steps_open_at_once(new_context: NewContext, address: str) -> None:
    page = open_page(new_context, f"{address}/{TRUST}")
    page.locator("#steps > summary").click()
    page.get_by_role("button", name="Open all steps").click()
    assert page.locator("[data-open-all] details:not([open])").count() == 0
    page.get_by_role("button", name="Close all steps").click()
    assert page.locator("[data-open-all] details[open]").count() == 0


def test_a_link_to_a_place_in_a_folded_part_opens_it(new_context: NewContext, address: str) -> None:
    page = open_page(new_context, f"{address}/{TRUST}#files")
    expect(page.locator("#file-1")).to_be_visible()
    page.locator("a[href='#sure']").first.click()
    expect(page.locator("#sure")).to_be_visible()


def test_the_first_tab_skips_to_the_content(new_context: NewContext, address: str) -> None:
    page = open_page(new_context, f"{address}/{LEAGUE}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def scores(page: Page) -> list[float]:
    cells = page.locator("#league tbody tr:not([data-between]) > :nth-child(4)")
    return [float(text) for text in cells.all_inner_texts()]


def test_the_keyboard_sorts_a_table(new_context: NewContext, address: str) -> None:
    page = open_page(new_context, f"{address}/{LEAGUE}")
    head = page.get_by_role("columnheader", name="Average score")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert scores(page) == sorted(scores(page))
    page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "descending"
    assert scores(page) == sorted(scores(page), reverse=True)
    status = page.locator(".remit-league-part [role=status]")
    expect(status).to_have_text("Sorted by Average score, descending.")


def test_likely_ranks_and_who_is_told_apart_can_be_sorted(
    new_context: NewContext, address: str
) -> None:
    page = open_page(new_context, f"{address}/{LEAGUE}")
    page.get_by_role("columnheader", name="Likely rank").get_by_role("button").click()
    rows = "#league tbody tr:not([data-between])"
    words = page.locator(f"{rows} > :nth-child(6)").all_inner_texts()
    ends = [[int(end) for end in text.split(" to ")] for text in words]
    assert ends == sorted(ends, key=lambda found: (found[0], found[-1]))
    page.get_by_role("columnheader", name="Told apart from").get_by_role("button").click()
    cells = page.locator(f"{rows} > :nth-child(8)").all_inner_texts()
    told = [int(text.split(" of ")[0]) for text in cells]
    assert told == sorted(told)


def test_sorting_by_another_head_takes_the_mark_along(
    new_context: NewContext, address: str
) -> None:
    page = open_page(new_context, f"{address}/{LEAGUE}")
    heads = page.locator("#league thead")
    for name in ("Segment", "Trust"):
        heads.get_by_role("columnheader", name=name, exact=True).get_by_role("button").click()
    assert page.locator("th[aria-sort]").all_inner_texts() == ["Trust"]
    names = page.locator("#league tbody th a").all_inner_texts()
    assert names == sorted(names)


def test_lines_between_rows_belong_to_the_order_by_rank(
    new_context: NewContext, address: str
) -> None:
    page = open_page(new_context, f"{address}/2025-26-q3/league/acute.html")
    line = page.locator("#league tr.gap")
    before = page.locator("#league tbody tr").all_inner_texts()
    expect(line).to_be_visible()
    heads = page.locator("#league thead")
    heads.get_by_role("columnheader", name="Average score").get_by_role("button").click()
    expect(line).to_be_hidden()
    heads.get_by_role("columnheader", name="Rank", exact=True).get_by_role("button").click()
    expect(line).to_be_visible()
    assert page.locator("#league tbody tr").all_inner_texts() == before


def test_rows_are_chosen_and_marked_without_a_script(new_context: NewContext, address: str) -> None:
    url = f"{address}/2025-26-q3/league/acute.html#ZA4"
    page = open_page(new_context, url, java_script_enabled=False)
    marked = "getComputedStyle(document.querySelector('#ZA4 th')).backgroundColor"
    assert page.evaluate(marked) == "rgb(233, 238, 248)"
    page.get_by_text("Larkshire and Quillborough (5)").click()
    expect(page.locator("#league tbody tr[data-icb=ZB1]")).to_have_count(5)
    expect(page.locator("#league tbody tr:visible")).to_have_count(5)


def test_rows_without_a_figure_stay_last(new_context: NewContext, address: str) -> None:
    page = open_page(new_context, f"{address}/{Q}/metrics/OF0003.html")
    for _ in range(2):
        page.get_by_role("columnheader", name="Rank").get_by_role("button").click()
        cells = page.locator("#group-1 tbody tr > :nth-child(5)").all_inner_texts()
        dashes = [place for place, text in enumerate(cells) if text.strip() == "–"]
        assert 0 < len(dashes) < len(cells)
        assert dashes == list(range(len(cells) - len(dashes), len(cells)))


def test_the_keyboard_filters_a_long_league_table(
    new_context: NewContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sample has no long table, so that less is called long here."""
    for module in ("league_view", "league_rows"):
        monkeypatch.setattr(f"remit.pages.standings.{module}.LONG", 5)
    site = build_site(sample_assessments(tmp_path / "files")[-1:], tmp_path / "site").folder
    page = open_page(new_context, (site / LEAGUE).as_uri())
    rows = page.locator("#league tbody tr:not([data-between])")
    whole = rows.count()
    expect(page.locator("[data-filter-count]")).to_have_text(f"{whole} of {whole} trusts shown")
    expect(page.locator("#league tr.group").first).to_be_visible()
    page.get_by_label("Integrated care board").select_option(index=1)
    chosen = page.get_by_label("Integrated care board").input_value()
    seen = page.locator("#league tbody tr:not([data-between]):not([hidden])")
    assert 0 < seen.count() < whole
    assert {row.get_attribute("data-icb") for row in seen.all()} == {chosen}
    expect(page.locator("#league tr.group").first).to_be_hidden()
    page.get_by_label("Name or code").focus()
    page.keyboard.type("no such trust")
    expect(seen).to_have_count(0)
    expect(page.locator("[data-filter-count]")).to_have_text(f"0 of {whole} trusts shown")
    page.get_by_role("button", name="Show all").press("Enter")
    expect(seen).to_have_count(whole)


def test_a_wide_table_scrolls_by_keyboard_on_a_phone(new_context: NewContext, address: str) -> None:
    size = {"width": 320, "height": 640}
    page = open_page(new_context, f"{address}/{LEAGUE}", viewport=size)
    page.locator("#more > summary").click()
    region = page.get_by_role("region", name="Every trust in full")
    region.focus()
    page.keyboard.press("ArrowRight")
    # Not `wait_for_function`: it evaluates anew in the page, which the page's own policy refuses
    # whenever the first look comes before the scrolling.
    expect(region).not_to_have_js_property("scrollLeft", 0)


def test_a_site_opens_from_a_folder_without_a_server(new_context: NewContext, site: Path) -> None:
    context = new_context()
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("requestfailed", lambda request: told.append(request.url))
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Acute trusts", exact=True).click()
    page.get_by_role("columnheader", name="Average score").get_by_role("button").click()
    page.locator("#league tbody th a").first.click()
    expect(page.locator(".remit-lede")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Arial")
    assert told == []


BROKEN = """() => [...document.querySelectorAll("#map-average th[scope=row] *")].flatMap(name => {
    const text = document.createTreeWalker(name, NodeFilter.SHOW_TEXT), found = [];
    while (text.nextNode()) {
        for (const word of text.currentNode.data.matchAll(/[^ -]+/g)) {
            const range = document.createRange();
            range.setStart(text.currentNode, word.index);
            range.setEnd(text.currentNode, word.index + word[0].length);
            const tops = [...range.getClientRects()].map(one => Math.round(one.top));
            if (new Set(tops).size > 1) { found.push(word[0]); }
        }
    }
    return found;
})"""


@pytest.mark.parametrize("width", [1280, 1081, 900, 881, 880, 375, 320])
def test_no_word_of_an_area_is_broken_in_its_tile(
    new_context: NewContext, address: str, noted: NotedSite, width: int
) -> None:
    size = {"width": width, "height": 900}
    page = open_page(new_context, f"{address}/{noted.page_of('map')}", viewport=size)
    names = page.locator("#map-average th[scope=row] a")
    assert names.count() > 1
    # The sample has no outlines: a picture beside the tiles takes the room that a map takes.
    page.locator("#map-average").evaluate(
        """tiles => tiles.insertAdjacentHTML("beforebegin", '<figure class="remit-map-figure">' +
            '<svg class="mark remit-map" viewBox="0 0 300 360"></svg></figure>')"""
    )
    names.evaluate_all(
        """all => all.forEach((one, at) => { one.textContent =
            ["Nottingham and Nottinghamshire", "Buckinghamshire, Oxfordshire", "Northamptonshire"]
            [at % 3]; })"""
    )
    assert page.evaluate(BROKEN) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


SQUEEZED = """() => [...document.querySelectorAll('.remit-scores tbody th, .remit-scores .value')]
    .filter(e => e.innerText.trim().length > 12 && e.getBoundingClientRect().width < 100)
    .map(e => e.innerText.slice(0, 40))"""


@pytest.mark.parametrize("width", [320, 375, 414, 600])
def test_no_name_of_a_metric_stands_one_letter_to_a_line(
    new_context: NewContext, address: str, width: int
) -> None:
    """A rank that is a sentence beside it took all the width, and nothing scrolled sideways."""
    size = {"width": width, "height": 900}
    page = open_page(new_context, f"{address}/{Q}/trusts/ZA1.html", viewport=size)
    assert page.locator(".remit-scores tbody th").count() > 10
    assert page.evaluate(SQUEEZED) == []
    first = page.goto(f"{address}/2025-26-q1/trusts/ZA1.html")
    assert first
    assert first.ok
    assert page.evaluate(SQUEEZED) == []
