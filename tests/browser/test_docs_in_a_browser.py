"""The documentation in a real browser: nothing from elsewhere, nothing too wide, axe content."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import NewContext
from tests.browser.test_pages_in_a_browser import TAGS, faults
from tests.test_docs_site import build

pytestmark = pytest.mark.browser
WCAG = [tag for tag in TAGS if tag != "best-practice"]
"""The theme's menu is not in all points as axe would have it."""
PAGES = ("index", "CONTRIBUTING", "docs/quick-start", "docs/spc", "docs/house", "docs/api/remit")


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("docs")
    done = build(out)
    assert done.returncode == 0, done.stderr
    return out / "docs"


@pytest.mark.parametrize("width", [1280, 375])
def test_pages_open_from_the_folder_and_ask_for_nothing_else(
    new_context: NewContext, docs: Path, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 900}).new_page()
    for name in PAGES:
        page.goto((docs / f"{name}.html").as_uri())
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") == width, name
        assert faults(page, WCAG) == [], name
