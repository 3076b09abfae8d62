"""Two classes of one name are two things that somebody will take for each other."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import remit

SOURCE = Path(remit.__file__).parent

SAME_THING = {
    "records/": "the tables of the database are named as what their rows are",
}
"""Folders whose classes may bear the names of others, and why."""

TOLD_APART = (
    "asks/",
    "exports/",
    "files/",
    "frames/",
    "pages/",
    "publications/",
    "report/",
    "series/",
    "signals/",
    "words/",
)
"""The rooms that are held to it."""


def test_a_class_has_a_name_of_its_own() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for path in SOURCE.rglob("*.py"):
        name = path.relative_to(SOURCE).as_posix()
        if name.startswith(tuple(SAME_THING)):
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].add(name)
    doubled = {
        name: sorted(files)
        for name, files in homes.items()
        if len(files) > 1 and any(file.startswith(TOLD_APART) for file in files)
    }
    assert len(homes) > 300
    assert doubled == {}
