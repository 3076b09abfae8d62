"""The shape of the house: no import circle, short functions, files that can be read in one go."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import grimp

SOURCE = Path(__file__).resolve().parents[2] / "src" / "remit"
FILES = sorted(
    path for path in SOURCE.rglob("*.py") if "migrations" not in path.relative_to(SOURCE).parts
)
MOST_LINES, MOST_OF_A_FUNCTION = 400, 60
LET_OFF: dict[str, str] = {}
"""Files that are longer, each with its reason."""


def test_no_import_runs_in_a_circle() -> None:
    graph = grimp.build_graph("remit", cache_dir=None)
    below: dict[str, set[str]] = {
        module: graph.find_modules_directly_imported_by(module) for module in graph.modules
    }
    while leaves := [module for module, used in below.items() if not used]:
        for leaf in leaves:
            del below[leaf]
        for used in below.values():
            used.difference_update(leaves)
    assert sorted(below) == []


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
