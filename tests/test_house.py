"""The house is drawn as it is: layers, imports and docstrings of today."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
AGAIN = "the house has changed: run `python tools/house.py` and keep what it writes"


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import house

    return house


def test_page_and_pictures_are_those_of_today(house: ModuleType) -> None:
    drawn = house.drawn()
    assert {path.name for path in (ROOT / "docs").glob("house*")} == {
        Path(name).name for name in drawn
    }, AGAIN
    for name, text in drawn.items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, AGAIN


def test_every_room_is_drawn_and_says_what_it_does(house: ModuleType) -> None:
    page = house.drawn()["docs/house.md"]
    rooms = {path.parent.name for path in (ROOT / "src" / "remit").glob("*/__init__.py")}
    lines = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    assert rooms <= set(lines)
    assert [room for room in rooms if not lines[room].split("|")[2].strip()] == []


def test_a_window_is_an_import(house: ModuleType) -> None:
    """By hand: `series` is made from what `store` keeps, and `store` knows nothing of `series`."""
    picture = house.drawn()["docs/house.svg"]
    assert "<title>series uses store</title>" in picture
    assert "<title>store uses series</title>" not in picture
