"""What the page on security says is held, and the tests that it names for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("no_database")

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "web-security.md"
NOT_BY_TESTS = {"V15 architecture"}
"""Held by the linter and the audit of dependencies."""


def rows() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")]
            for line in lines if line.startswith("| V")]  # fmt: skip


def test_each_point_that_is_met_names_tests_that_there_are() -> None:
    texts = [path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py")]
    there = {name for text in texts for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}
    assert len(rows()) == 17
    for chapter, state, _, tests in rows():
        named = re.findall(r"`(test_\w+)`", tests)
        assert set(named) <= there, (chapter, set(named) - there)
        assert named or state != "met" or chapter in NOT_BY_TESTS, chapter
