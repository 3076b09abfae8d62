"""The search box, and the reader's own organisation, on pages that were opened from disk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.test_pages_in_a_browser import faults, open_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("zm1", "Larkshire Partnership"),
        ("luh", "Larkshire University Hospitals"),
        ("depart 12", "spending over 12 hours"),
    ],
)
def test_what_is_typed_is_found_by_keyboard(
    new_context: NewContext, site: Path, typed: str, first: str
) -> None:
    page = open_page(new_context, (site / "2025-26-q4" / "method.html").as_uri())
    box = page.get_by_role("combobox", name="Find a trust or metric")
    box.fill(typed)
    option = page.get_by_role("option").first
    expect(option).to_contain_text(first)
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert faults(page) == []
    box.press("Enter")
    expect(page.locator("main")).to_contain_text(first)


def test_without_a_script_the_box_leads_to_every_page(new_context: NewContext, site: Path) -> None:
    page = open_page(new_context, (site / "index.html").as_uri(), java_script_enabled=False)
    page.get_by_label("Find a trust or metric").fill("zm1")
    page.get_by_role("button", name="Search").click()
    assert "find.html?q=zm1" in page.url
    assert page.locator('main a[href$="ZM1.html"]').count() == 1


def test_the_find_page_lists_all_that_was_found(new_context: NewContext, site: Path) -> None:
    page = open_page(new_context, (site / "find.html").as_uri() + "?q=infections")
    found = page.locator("#found li")
    expect(page.locator("#found h2")).to_contain_text("found for")
    assert found.count() >= 2
    assert all("nfection" in one.inner_text() for one in found.all())


def test_my_organisation_stays_from_page_to_page_and_nothing_is_stored(
    new_context: NewContext, site: Path
) -> None:
    page = open_page(new_context, (site / "2025-26-q4/trusts/ZA1.html").as_uri())
    page.get_by_role("link", name="my organisation").click()
    mine = page.locator("#mine")
    expect(mine).to_contain_text("My organisation: Larkshire University Hospitals")
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Find").click()
    assert "me=ZA1" in page.url
    row = page.locator('tr[data-code="ZA1"]')
    expect(row).to_have_class("mine")
    assert "◆ my organisation" in (row.text_content() or "")
    expect(mine.get_by_role("link", name="change")).to_be_visible()
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("%3Cb%3Ex", "No page of this site is about the organisation in the address"),
        ("zq9", "No page of this site is about ZQ9"),
        ("constructor", "No page of this site is about the organisation in the address"),
    ],
)
@pytest.mark.parametrize("path", ["find.html", "2025-26-q4/compare/acute.html"])
def test_nobodys_code_is_told_and_not_handed_on(
    new_context: NewContext, site: Path, path: str, given: str, said: str
) -> None:
    page = open_page(new_context, (site / path).as_uri() + f"?me={given}")
    expect(page.locator("#mine")).to_have_text(said)
    assert page.locator('a[href*="me="]').count() == 0
    assert page.locator("input[name=me]").count() == 0
    assert faults(page) == []


def test_beside_nobodys_code_the_page_that_is_open_is_offered(
    new_context: NewContext, site: Path
) -> None:
    page = open_page(new_context, (site / "2025-26-q4/trusts/ZA1.html").as_uri() + "?me=ZQ9")
    mine = page.locator("#mine")
    expect(mine).to_contain_text("No page of this site is about ZQ9 · make Larkshire University")
    mine.get_by_role("link").click()
    expect(page.locator("#mine")).to_have_text(
        re.compile("^My organisation: Larkshire University Hospitals")
    )


def test_others_are_compared_from_disk_with_the_words_of_the_page(
    new_context: NewContext, site: Path
) -> None:
    page = open_page(new_context, (site / "2025-26-q4/compare/acute.html").as_uri() + "?me=ZA1")
    expect(page.locator("[data-first]")).to_be_visible()
    page.locator("#org-A").select_option("ZA4")
    page.locator("#org-B").select_option("ZA1")
    for letter in "CD":
        page.locator(f"#org-{letter}").select_option("")
    page.locator(".compare-metrics > summary").click()
    page.get_by_label("Urgent referrals with a definitive diagnosis").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("h1")).to_have_text("2 acute trusts side by side")
    expect(page.locator("[data-first]")).to_be_hidden()
    assert "me=ZA1" in page.url
    heads = page.locator("#compared thead th")
    assert heads.count() == 4
    assert "Larkshire University Hospitals" in heads.nth(3).inner_text()
    average = page.locator('tr[data-row="average"] td').nth(2).inner_text()
    heads.nth(3).get_by_role("link").click()
    expect(page.locator("main")).to_contain_text(average.split("\n")[0])


def test_metrics_are_chosen_over_time_and_the_choice_stays_from_quarter_to_quarter(
    new_context: NewContext, site: Path
) -> None:
    asked = "?org=ZA2&org=ZA4&metric=OF0010"
    page = open_page(new_context, (site / "2025-26-q4/compare/acute.html").as_uri() + asked)
    expect(page.locator("[data-claim]")).to_contain_text("likely ranges overlap.")
    assert page.locator("#compared tbody tr[data-row^=OF]:visible").count() == 1
    table = page.locator('[data-over="OF0010"] table')
    expect(table).to_be_visible()
    expect(page.locator('[data-over="OF0013"]')).to_be_hidden()
    assert table.locator("tbody tr").nth(0).inner_text().split() == [
        "2025/26", "Q4", "75.39%", "78.65%",
    ]  # fmt: skip
    page.get_by_role("navigation", name="Period").get_by_role("link", name="2025/26 Q3").click()
    assert page.url.endswith(asked)
    heads = page.locator("#compared thead th:visible")
    expect(heads.nth(2)).to_contain_text("Quillborough")
    expect(heads.nth(3)).to_contain_text("Pennyfield")
    assert faults(page) == []


def test_what_compare_cannot_show_is_said_and_the_rest_is_shown(
    new_context: NewContext, site: Path
) -> None:
    """Seven organisations, one of them in small letters, a code of nobody, and no such metric."""
    compare = (site / "2025-26-q4/compare/acute.html").as_uri()
    many = "".join(f"&org=ZA{number}" for number in range(2, 8))
    page = open_page(new_context, f"{compare}?org=za1&org=ZQ9&metric=nonsense{many}")
    expect(page.locator("h1")).to_have_text("6 acute trusts side by side")
    claim = page.locator("[data-claim]")
    expect(claim).to_contain_text("Left out, as 6 at most stand side by side: ")
    expect(claim).to_contain_text("Left out, as this page has no such code: ZQ9.")
    expect(claim).to_contain_text("Passed over, as this page has no such metric: nonsense.")
    expect(page.locator("[data-metrics-said]")).to_have_text("all")
    assert page.locator("#compared tbody tr[data-row^=OF]:visible").count() > 1
    twice = "?org=ZA1&org=za1&org=ZA2&org=&metric=of0010&metric=OF0010&metric=x"
    page = open_page(new_context, compare + twice)
    expect(page.locator("[data-metrics-said]")).to_have_text("1 chosen")
    assert page.locator("#compared tbody tr[data-row^=OF]:visible").count() == 1
    assert page.locator("#compared thead th[data-code]").count() == 2
    expect(page.locator("[data-claim]")).not_to_contain_text("Left out")
    page = open_page(new_context, f"{compare}?org=ZA1&org=ZQ9")
    expect(page.locator("[data-claim]")).to_contain_text("One alone is not compared: Larkshire")
    assert faults(page) == []
