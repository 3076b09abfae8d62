"""The map of remits and a plan in a real browser: accessible, on a phone, on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.cli.run import run
from tests.browser.conftest import NewContext
from tests.browser.test_pages_in_a_browser import PAPER, WIDER_THAN, faults, open_page
from tests.oversight.test_plan_command import ASKS

pytestmark = pytest.mark.browser

PAGES = {
    "map": "map/index.html",
    "matrix": "map/apr-2025.html",
    "matrix-proposed": "map/health-bill.html",
    "picture": "map/jul-2022-picture.html",
    "changes": "map/changes.html",
    "method": "map/method.html",
    "sources": "map/sources.html",
    "accessibility": "map/accessibility.html",
    "plan": "plan/index.html",
}
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("oversight")
    (made / "asks.csv").write_text(ASKS, encoding="utf-8")
    assert run(["who", "pages", "--to", "ZA1", "--to", "icb", "--out", str(made / "map")]) == 0
    plan = ["oversight", "plan", "XQ1", "--asks", str(made / "asks.csv"), "--on", "2026-06-01"]
    assert run([*plan, "--fictional", "--out", str(made / "plan")]) == 0
    return made


@every_page
def test_axe_finds_no_fault(new_context: NewContext, folder: Path, path: str) -> None:
    size = {"width": 1280, "height": 900}
    page = open_page(new_context, (folder / path).as_uri(), viewport=size)
    assert faults(page) == []


@every_page
def test_a_phone_scrolls_down_only_and_paper_cuts_nothing_off(
    new_context: NewContext, folder: Path, path: str
) -> None:
    size = {"width": 320, "height": 640}
    page = open_page(new_context, (folder / path).as_uri(), viewport=size)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER
    assert page.evaluate(WIDER_THAN, PAPER) == []


def test_a_letter_of_the_matrix_leads_to_its_source(new_context: NewContext, folder: Path) -> None:
    page = open_page(new_context, (folder / "map/apr-2025.html").as_uri())
    page.locator('#matrix a[href="#finance--icb"]').click()
    row = page.locator("#finance--icb")
    assert row.is_visible()
    assert "Healthcare Leader" in row.inner_text()
