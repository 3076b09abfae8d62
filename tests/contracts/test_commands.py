"""Every command and every option has help, and stands in the documentation."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cli.test_common_options import ALL

ROOT = Path(__file__).resolve().parents[2]
GUIDES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if path.name != "commands.md"
)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import commands_page

    return commands_page


def test_the_page_of_commands_is_that_of_today(page: ModuleType) -> None:
    again = "a command has changed: run `python tools/commands_page.py` and keep what it writes"
    assert page.PAGE.read_text(encoding="utf-8") == page.page(), again


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_a_command_and_its_options_have_help(path: tuple[str, ...]) -> None:
    assert ALL[path].help
    assert [one.name for one in ALL[path].params if not _help(one)] == []


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_a_command_stands_in_a_guide(path: tuple[str, ...]) -> None:
    assert re.search(rf"remit {re.escape(' '.join(path))}\b", GUIDES), (
        f"no document says what `remit {' '.join(path)}` is for"
    )


def _help(parameter: Any) -> str:
    return getattr(parameter, "help", None) or ""
