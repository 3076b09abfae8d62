"""The map of remits and a plan in a real browser: accessible, on a phone, on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.run import run
from remit.sample import write_correspondence
from remit.sample.correspondence import ASKED, ASKS
from tests.browser.conftest import NewContext
from tests.browser.test_pages_in_a_browser import PAPER, WIDER_THAN, faults, open_page
from tests.pages.noted_sites import NotedSite, kinds_of, remits_site

pytestmark = pytest.mark.browser

FURTHER = {"matrix-proposed": "map/health-bill.html", "picture-past": "map/jul-2022-picture.html"}
"""Pages that are unlike others of their kind."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> NotedSite:
    return remits_site(tmp_path_factory.mktemp("oversight"))


@pytest.fixture
def folder(pages: NotedSite) -> Path:
    return pages.folder


@pytest.fixture(params=[*kinds_of("remits"), *FURTHER])
def path(request: pytest.FixtureRequest, pages: NotedSite) -> str:
    """A page of each kind, and some further ones."""
    return FURTHER.get(request.param) or pages.page_of(request.param)


def test_axe_finds_no_fault(new_context: NewContext, folder: Path, path: str) -> None:
    size = {"width": 1280, "height": 900}
    page = open_page(new_context, (folder / path).as_uri(), viewport=size)
    assert faults(page) == []


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


def test_a_function_of_the_matrix_opens_its_sources(new_context: NewContext, folder: Path) -> None:
    page = open_page(new_context, (folder / "map/apr-2026.html").as_uri())
    row = page.locator("#finance--icb")
    assert not row.is_visible()
    page.locator('#matrix a[href="#finance"]').click()
    assert row.is_visible()
    assert "Healthcare Leader" in row.inner_text()


def test_the_matrix_is_filtered_by_keyboard_and_without_a_script(
    new_context: NewContext, folder: Path
) -> None:
    page = open_page(
        new_context, (folder / "map/apr-2026.html").as_uri(), java_script_enabled=False
    )
    page.locator("#show-all").focus()
    page.keyboard.press("ArrowRight")
    shown = page.locator("#matrix tbody tr:visible")
    assert shown.count() == 11
    assert all("no lead" in row.inner_text() for row in shown.all())


@pytest.mark.parametrize("script", [True, False])
def test_functions_of_their_own_are_folded_and_unfolded_by_keyboard(
    new_context: NewContext, folder: Path, script: bool
) -> None:
    address = (folder / "map/apr-2026.html").as_uri()
    page = open_page(new_context, address, java_script_enabled=script)
    shown = page.locator("#matrix tbody tr:visible")
    assert shown.count() == 18
    wide = page.locator("#matrix tr", has_text="Quality and safety")
    assert "Show 11 within it" in wide.inner_text()
    page.locator("#parts-quality-safety").focus()
    page.keyboard.press("Space")
    assert shown.count() == 29
    assert page.locator("#matrix tr:visible", has_text="Maternity").count() == 1
    page.locator("#parts-quality-safety").focus()
    page.keyboard.press("Space")
    assert shown.count() == 18
    page.emulate_media(media="print")
    assert shown.count() == 48


def test_the_plan_of_the_sample_fits_three_screens_and_is_filtered_without_a_script(
    new_context: NewContext, tmp_path: Path
) -> None:
    write_correspondence(tmp_path / "asks")
    asked = ["--asks", str(tmp_path / "asks" / ASKS), "--on", "2026-01-31"]
    board = ["--next-board", "2026-03-12", "--out", str(tmp_path / "plan")]
    assert run(["oversight", "plan", ASKED, *asked, *board]) == DONE_WITH_FINDINGS
    address = (tmp_path / "plan" / "index.html").as_uri()
    size = {"width": 1280, "height": 900}
    page = open_page(new_context, address, viewport=size, java_script_enabled=False)
    assert page.evaluate("document.documentElement.scrollHeight") <= 3000
    page.locator("#show-all").focus()
    page.keyboard.press("ArrowRight")
    shown = page.locator("#asks tbody tr:visible:not(.plan-group)")
    assert {shown.nth(n).get_attribute("class") for n in range(shown.count())} == {"ends"}
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    phone = open_page(new_context, address, viewport={"width": 375, "height": 800})
    assert faults(phone) == []
