"""The pages of which the documentation keeps pictures, and how a picture is told to be stale.

All are pages of the fictional sample (``remit demo``). A picture is kept with what the page had
when it was taken: its first and second headings, and its height in each width. On a machine with
other letters heights are not compared.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

KEPT = Path(__file__).resolve().parents[2] / "docs" / "screens"
RECORD = KEPT / "screens.json"
WIDTHS = (1280, 375)
LONGEST = {1280: 3000, 375: 4500}
"""Where the picture of a longer page ends, in pixels."""
COLOURS = 32
_OTHER_WORDS = 4
MAKE = "make them anew with: make screens"

PAGES = {
    "home": "site/index.html",
    "league": "site/2025-26-q4/league/acute.html",
    "trust": "site/2025-26-q4/trusts/ZA1.html",
    "metric": "site/2025-26-q4/metrics/OF0003.html",
    "map": "site/2025-26-q4/areas/map.html",
    "compare": "site/2025-26-q4/compare/acute.html",
    "who": "who/apr-2026.html",
    "report": "report/index.html",
    "report-metric": "report/metrics/ae-four-hours.html",
    "plan": "plan/index.html",
}
SLIDE, SLIDE_NUMBER = "slide", 3
"""The first finding of the report's slides; the slide before it has all findings."""

_HEADINGS = """() => [...document.querySelectorAll('main h1, main h2')]
    .filter(e => e.checkVisibility() && !e.closest('.nhsuk-u-visually-hidden'))
    .map(e => e.innerText.trim().replace(/\\s+/g, ' '))"""


@dataclass(frozen=True)
class ScreenSeen:
    """What a page shows in a width: its headings, and its height in pixels."""

    headings: tuple[str, ...]
    height: int


def may_write() -> bool:
    """Whether the pictures are to be made anew."""
    return os.environ.get("REMIT_SCREENS") == "1"


def seen(page: Page) -> ScreenSeen:
    """What a browser has before it."""
    height = page.evaluate("document.documentElement.scrollHeight")
    return ScreenSeen(tuple(page.evaluate(_HEADINGS)), height)


def recorded() -> dict[str, Any]:
    """What the kept pictures show, by ``name-width``."""
    found: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    return found


def picture_of(page: Page, width: int, height: int) -> bytes:
    """A picture of a page in few colours, as WebP."""
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, LONGEST[width])}
    return few_colours(page.screenshot(full_page=True, clip=clip))  # type: ignore[arg-type]


def few_colours(picture: bytes) -> bytes:
    """A picture without loss but for the number of its colours: text stays sharp, files small."""
    from PIL import Image

    made = io.BytesIO()
    plain = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=0)
    plain.convert("RGB").save(made, "WEBP", lossless=True, quality=90, method=5)
    return made.getvalue()


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of a picture."""
    from PIL import Image

    with Image.open(path) as found:
        return found.size


def slide_picture(deck: Path, out: Path) -> bytes:
    """One slide as LibreOffice draws it."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(out / 'profile').resolve().as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(out), str(deck)],
        check=True, capture_output=True, timeout=300, env={**os.environ, "HOME": str(out)},
    )  # fmt: skip
    page = str(SLIDE_NUMBER)
    subprocess.run(
        ["pdftoppm", "-png", "-r", "96", "-f", page, "-l", page, "-singlefile",
         str(out / f"{deck.stem}.pdf"), str(out / "slide")],
        check=True, timeout=120,
    )  # fmt: skip
    return few_colours((out / "slide.png").read_bytes())


def stale(kept: dict[str, Any], now: ScreenSeen, *, same_letters: bool) -> str:
    """Why a kept picture does not show a page as it is now; empty where it does.

    A picture shows the layout, so that one heading in four may have other words. Heights are
    compared where letters are as wide as those of the picture; a tenth more or less is a line here
    and there.
    """
    before, after = kept["headings"], list(now.headings)
    gone = [one for one in before if one not in after]
    new = [one for one in after if one not in before]
    if max(len(gone), len(new)) * _OTHER_WORDS > len(before):
        return f"headings gone: {gone}; new: {new}"
    if same_letters and abs(now.height - kept["height"]) > 0.1 * kept["height"]:
        return f"{kept['height']} px high in the picture, {now.height} px now"
    return ""


def begin_anew() -> None:
    """Take the pictures of before away."""
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir(parents=True)
