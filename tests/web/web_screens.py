"""Pictures of the web application for the documentation, and how one is told to be stale.

Stale is what `tests.browser.screens` says: where more than one in four headings of the page are
others, or its height by more than a tenth. Pixels are not compared, since days and letters differ;
nor digests of templates, by which each comma would ask for new pictures.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.screens import LONGEST, WIDTHS, may_write, picture_of, seen, stale
from tests.exports.rendered import has_arial

DOCUMENTS = Path(__file__).resolve().parents[2] / "docs"
KEPT = DOCUMENTS / "images" / "web"
RECORD = KEPT / "pictures.json"
PICTURED = ("home", "actions", "plan", "figure", "conversation")
"""Kinds of pages, as the browser's tests name them."""
NAMES = tuple(f"{name}-{width}" for name in PICTURED for width in WIDTHS)
MOST_BYTES = 120_000
MAKE = "make them anew with: make screens"


def recorded() -> dict[str, Any]:
    """What the kept pictures show, by ``name-width``."""
    found: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    return found


def looked_at(page: Page, name: str) -> dict[str, str]:
    """Why the pictures of a page are stale, by their names; where asked for they are taken anew."""
    why = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        here, key = seen(page), f"{name}-{width}"
        assert here.headings, f"{page.url}: it shows no page"
        if may_write():
            KEPT.mkdir(parents=True, exist_ok=True)
            (KEPT / f"{key}.webp").write_bytes(picture_of(page, width, here.height))
            told = recorded() if RECORD.exists() else {}
            told[key] = asdict(here)
            text = json.dumps({one: told[one] for one in NAMES if one in told}, indent=1,
                              ensure_ascii=False)  # fmt: skip
            RECORD.write_text(text + "\n", encoding="utf-8")
        why[key] = stale(recorded()[key], here, same_letters=has_arial())
    page.set_viewport_size({"width": 1280, "height": 900})
    return {key: told for key, told in why.items() if told}


def height_of(key: str) -> int:
    """How high a picture is, in pixels."""
    return min(int(recorded()[key]["height"]), LONGEST[int(key.rpartition("-")[2])])
