"""The cases of the scoring rules as a page: ``docs/rules.md``.

``python -m tests.spec.printing`` writes it anew. ``scoring_rules.yaml`` holds an ``intro`` and
``sections``: headings, and tables with ``given`` and ``result`` columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parent / "scoring_rules.yaml"
PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
COMMAND = "python -m tests.spec.printing"
_HEAD = f"""# Scoring rules, case by case

This page is printed by the tests from the cases that they run (`tests/spec/scoring_rules.yaml`), so
that it says what Remit does. To write it anew: `{COMMAND}`. The rules of control charts
have [a page of their own](rules-spc.md).
"""
_SHOWN_AS_DECLARED = ("metric", "metrics", "league")


def cases() -> dict[str, Any]:
    """The introduction, and the sections."""
    read: dict[str, Any] = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return read


def tables(kind: str) -> list[dict[str, Any]]:
    """The tables of one kind."""
    return [section for section in cases()["sections"] if section.get("kind") == kind]


def page() -> str:
    """The page: headings and tables in their order."""
    read = cases()
    lines = (line for section in read["sections"] for line in _section(section))
    return "\n".join([_HEAD, f"{read['intro']}\n", *lines])


def _section(section: Mapping[str, Any]) -> Iterator[str]:
    if "table" not in section:
        yield f"## {section['title']}\n"
        return
    yield f"### {section['title']}\n\n{section['says']}\n"
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
