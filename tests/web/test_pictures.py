"""The documentation names the pictures that are there, and those alone; they are small."""

from __future__ import annotations

import re

import pytest

from tests.browser.screens import size_of
from tests.web.web_screens import DOCUMENTS, KEPT, MAKE, MOST_BYTES, NAMES, height_of, recorded

pytestmark = pytest.mark.usefixtures("no_database")


def test_the_documentation_names_each_picture_that_is_there() -> None:
    texts = [path.read_text(encoding="utf-8") for path in DOCUMENTS.glob("web*.md")]
    named = {one for text in texts for one in re.findall(r'src="images/web/([^"]+)\.webp"', text)}
    kept = {path.stem for path in KEPT.glob("*.webp")}
    assert named == kept == set(recorded()) == set(NAMES), MAKE
    assert all("fictional" in text for text in texts if "images/web/" in text)


def test_each_picture_is_small_and_of_the_page_that_the_record_tells_of() -> None:
    assert len(NAMES) <= 10
    for key in NAMES:
        path = KEPT / f"{key}.webp"
        assert path.stat().st_size < MOST_BYTES, key
        assert size_of(path) == (int(key.rpartition("-")[2]), height_of(key)), f"{key}: {MAKE}"
