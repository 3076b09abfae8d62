"""The pictures of the documentation show the pages as they are; ``make screens`` takes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pptx
import pytest
from playwright.sync_api import Browser, Page

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.run import run
from tests.browser import screens
from tests.browser.screens import ScreenSeen
from tests.exports.rendered import has_arial, need_office

pytestmark = pytest.mark.browser

MOST_BYTES = 2_000_000
DOCUMENT = screens.KEPT.parent / "screens.md"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo")
    assert run(["demo", "--out", str(out)]) in {0, DONE_WITH_FINDINGS}
    return out


@pytest.fixture(scope="module")
def views(browser: Browser) -> Iterator[dict[int, Page]]:
    opened = {
        width: browser.new_page(viewport={"width": width, "height": 900})
        for width in screens.WIDTHS
    }
    yield opened
    for page in opened.values():
        page.close()


@pytest.fixture(scope="module")
def now(demo: Path, views: dict[int, Page]) -> dict[str, ScreenSeen]:
    """Each page in each width as it is; where asked for, the pictures are written too."""
    if screens.may_write():
        need_office()
        screens.begin_anew()
    found: dict[str, ScreenSeen] = {}
    for name, path in screens.PAGES.items():
        for width, page in views.items():
            page.goto((demo / path).as_uri())
            found[f"{name}-{width}"] = here = screens.seen(page)
            if screens.may_write():
                picture = screens.picture_of(page, width, here.height)
                (screens.KEPT / f"{name}-{width}.webp").write_bytes(picture)
    found[screens.SLIDE] = ScreenSeen(titles(demo / "report" / "report.pptx"), 0)
    if screens.may_write():
        picture = screens.slide_picture(demo / "report" / "report.pptx", demo)
        (screens.KEPT / f"{screens.SLIDE}.webp").write_bytes(picture)
        told = {name: asdict(here) for name, here in found.items()}
        text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
        screens.RECORD.write_text(text, encoding="utf-8")
    return found


def titles(deck: Path) -> tuple[str, ...]:
    """The title of the slide that is kept."""
    slide = pptx.Presentation(str(deck)).slides[screens.SLIDE_NUMBER - 1]
    assert slide.shapes.title is not None
    return (slide.shapes.title.text,)


def test_every_picture_shows_its_page_as_it_is(now: dict[str, ScreenSeen]) -> None:
    kept, same = screens.recorded(), has_arial()
    assert kept.keys() == now.keys(), screens.MAKE
    told = {name: screens.stale(kept[name], here, same_letters=same) for name, here in now.items()}
    assert {name: why for name, why in told.items() if why} == {}, screens.MAKE


def test_pictures_are_those_that_the_record_tells_and_small() -> None:
    kept = screens.recorded()
    files = sorted(screens.KEPT.glob("*.webp"))
    assert [path.stem for path in files] == sorted(kept)
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
    for path in files:
        if path.stem != screens.SLIDE:
            width = int(path.stem.rpartition("-")[2])
            height = min(kept[path.stem]["height"], screens.LONGEST[width])
            assert screens.size_of(path) == (width, height), f"{path.name}: {screens.MAKE}"


def test_the_document_shows_every_picture() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [path.name for path in screens.KEPT.glob("*.webp") if path.name not in text] == []
    assert "fictional" in text


@pytest.mark.parametrize(
    ("headings", "height", "same", "is_stale"),
    [
        (("One", "Two", "Three", "Four"), 1000, True, False),
        (("One", "Two", "Three", "4"), 1100, True, False),
        (("One", "Two", "Three", "Four"), 1101, True, True),
        (("One", "Two", "Three", "Four"), 1400, False, False),
        (("One", "Two", "3", "4"), 1000, False, True),
        (("One", "Two", "Three", "Four", "Five", "Six"), 1000, False, True),
        (("One", "Two"), 1000, False, True),
    ],
)
def test_a_stale_picture_is_told(
    headings: tuple[str, ...], height: int, same: bool, is_stale: bool
) -> None:
    kept = {"headings": ["One", "Two", "Three", "Four"], "height": 1000}
    why = screens.stale(kept, ScreenSeen(headings, height), same_letters=same)
    assert bool(why) == is_stale
