"""The tables of the rules as a page: ``python -m tests.spec.printing`` writes docs/rules.md anew.

Every file in ``tables`` is a chapter. It holds ``chapter``, ``place`` (where in the page),
``intro`` and ``sections``: headings, and tables with ``given`` and ``result`` columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

TABLES = Path(__file__).parent / "tables"
PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
COMMAND = "python -m tests.spec.printing"
_HEAD = f"""# Rules, case by case

This page is printed by the tests from the cases that they run (`tests/spec/tables`), so that it
says what Remit does. To write it anew: `{COMMAND}`. The rules of control
charts have [a page of their own](rules-spc.md).
"""
_SHOWN_AS_DECLARED = ("metric", "metrics", "league")


def chapters() -> list[dict[str, Any]]:
    """Every chapter in its place."""
    read = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in TABLES.glob("*.yaml")]
    return sorted(read, key=lambda chapter: (chapter["place"], chapter["chapter"]))


def tables(chapter: str) -> list[dict[str, Any]]:
    """The tables of one chapter."""
    found = next(one for one in chapters() if one["chapter"] == chapter)
    return [section for section in found["sections"] if "table" in section]


def page() -> str:
    """All chapters as one page."""
    return "\n".join([_HEAD, *(line for chapter in chapters() for line in _chapter(chapter))])


def _chapter(chapter: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {chapter['chapter']}\n\n{chapter['intro']}\n"
    for section in chapter["sections"]:
        if "table" not in section:
            yield f"### {section['title']}\n"
        else:
            yield f"#### {section['title']}\n\n{section['says']}\n"
            for key in _SHOWN_AS_DECLARED:
                if key in section:
                    yield f"```yaml\n{section[key].strip()}\n```\n"
            yield from _table(section)
            yield ""


def _table(section: Mapping[str, Any]) -> Iterator[str]:
    given, result = section["given"], section["result"]
    yield _row([*given, "", *result])
    yield _row(["---"] * (len(given) + 1 + len(result)))
    for row in section["rows"]:
        yield _row([*map(_cell, row[: len(given)]), "→", *map(_cell, row[len(given) :])])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return repr(value) if isinstance(value, float) else str(value)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
