"""The shape of the house: no import circle, short functions, files that can be read in one go."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import grimp
import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "remit"
FILES = sorted(
    path for path in SOURCE.rglob("*.py") if "migrations" not in path.relative_to(SOURCE).parts
)
MOST_LINES, MOST_OF_A_FUNCTION = 400, 60
LET_OFF: dict[str, str] = {}
"""Files that are longer, each with its reason."""


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    """What each module imports."""
    graph = grimp.build_graph("remit", cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def test_no_import_runs_in_a_circle(imports: dict[str, set[str]]) -> None:
    assert _circling(imports) == []


def test_no_room_runs_in_a_circle_with_another_at_any_depth(imports: dict[str, set[str]]) -> None:
    """Rooms, their sub-rooms and modules: of any two in one folder at most one uses the other."""
    beside: dict[str, set[str]] = {}
    for module, used in imports.items():
        for other in used:
            shared = _shared(module, other)
            if shared not in {module, other}:  # a room's front may use its parts
                above, below = (_within(shared, name) for name in (module, other))
                beside.setdefault(above, set()).add(below)
                beside.setdefault(below, set())
    assert _circling(beside) == []


def test_a_circle_is_found() -> None:
    assert _circling({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


def _circling(imports: dict[str, set[str]]) -> list[str]:
    """What is left when all that imports nothing is taken away, again and again."""
    below = {module: set(used) for module, used in imports.items()}
    while leaves := [module for module, used in below.items() if not used]:
        for leaf in leaves:
            del below[leaf]
        for used in below.values():
            used.difference_update(leaves)
    return sorted(below)


def _shared(one: str, other: str) -> str:
    """The innermost room in which both lie."""
    parts = zip(one.split("."), other.split("."), strict=False)
    return ".".join(part for part, _ in takewhile(lambda pair: pair[0] == pair[1], parts))


def _within(room: str, module: str) -> str:
    """The part of a room in which a module lies."""
    return f"{room}.{module.removeprefix(f'{room}.').partition('.')[0]}"


def test_functions_are_short() -> None:
    found = {
        f"{_name(path)}: {name}": lines
        for path in FILES
        for name, lines in _functions(path.read_text(encoding="utf-8"))
    }
    assert {name: lines for name, lines in found.items() if lines > MOST_OF_A_FUNCTION} == {}


def test_files_are_short() -> None:
    lengths = {_name(path): path.read_text(encoding="utf-8").count("\n") for path in FILES}
    long = {name: lines for name, lines in lengths.items() if lines > MOST_LINES}
    assert {name: lines for name, lines in long.items() if name not in LET_OFF} == {}
    assert set(LET_OFF) <= set(long), "a file that is short again is let off no longer"


def _name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def _functions(text: str) -> Iterator[tuple[str, int]]:
    """Each function with its number of lines; its docstring is no code."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = ast.get_docstring(node, clean=False)
            said = docstring.count("\n") + 1 if docstring else 0
            yield node.name, (node.end_lineno or 0) - node.lineno + 1 - said
