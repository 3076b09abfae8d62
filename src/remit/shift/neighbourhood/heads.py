"""The heads of a return: which column is which group of people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from remit.files.calamine import Rows
from remit.model.neighbourhood import NeighbourhoodFile, ReturnGroup, ages_missing
from remit.shift.neighbourhood.returned import TOTAL, Category
from remit.shift.neighbourhood.values import shown_value
from remit.words.sentences import listed

_FIRST_HEAD = "metric id"
_DETAILS = "metric details"
_TOTAL = "total"
_DASH = re.compile(r"(?<=\d)\s*(?:-|–|to)\s*(?=\d)")


@dataclass(frozen=True, slots=True)
class ReturnHeads:
    """Where the table begins, and what its columns are; ``unknown`` are columns that nobody knows.

    Attributes
    ----------
    first
        The index of the first row below the heads.
    details
        The index of the column in which a row says what it counts.
    columns
        Index of a column → group of people.
    unknown
        Index of a column → its head.
    """

    first: int
    details: int
    columns: Mapping[int, Category]
    unknown: Mapping[int, str]

    @property
    def ages(self) -> tuple[str, ...]:
        """The age bands, in order."""
        return tuple(one.category for one in self.columns.values() if one.group == "age")


def plain(written: Any) -> str:
    """A label to compare by: one blank between words, small letters."""
    return " ".join(shown_value(written).split()).casefold()


def find_heads(rows: Rows, programme: NeighbourhoodFile) -> ReturnHeads | None:
    """The heads of the table, or None where there is none."""
    for index, row in enumerate(rows[:-1]):
        if {_FIRST_HEAD, _TOTAL} <= set(map(plain, row)):
            return _heads(index, row, rows[index + 1], programme)
    return None


def _heads(
    index: int, row: list[Any], below: list[Any], programme: NeighbourhoodFile
) -> ReturnHeads:
    words = [plain(cell) for cell in row]
    columns: dict[int, Category] = {}
    unknown: dict[int, str] = {}
    group: ReturnGroup | None = None
    begun = False
    for place, head in enumerate(words):
        if head == _TOTAL:
            columns[place], begun = TOTAL, True
            continue
        group = _group(head, programme) if head else group
        said = shown_value(below[place]) if place < len(below) else ""
        if not begun or not (said or head):
            continue
        category = _category(said, group, programme)
        if category is None or category in columns.values():
            unknown[place] = said or shown_value(row[place])
        else:
            columns[place] = category
    details = words.index(_DETAILS) if _DETAILS in words else words.index(_FIRST_HEAD) + 2
    return ReturnHeads(index + 2, details, columns, unknown)


def _group(head: str, programme: NeighbourhoodFile) -> ReturnGroup | None:
    for group in programme.groups:
        if head in map(plain, group.heads):
            return group
    return None


def _category(
    said: str, group: ReturnGroup | None, programme: NeighbourhoodFile
) -> Category | None:
    if group is None:
        return None
    ages = {age for template in programme.templates for age in template.ages}
    known = (*(group.categories or sorted(ages)), group.unknown)
    for one in known:
        if _band(one) == _band(said):
            return Category(group.id, one)
    return None


def _band(written: str) -> str:
    """A head to compare by: 80–89, 80 - 89 and 80 to 89 are one band."""
    return _DASH.sub("-", plain(written))


def template_notes(heads: ReturnHeads, programme: NeighbourhoodFile) -> tuple[str, Iterator[str]]:
    """The version of the template, and what is to be said of it."""
    bands = tuple(age for age in heads.ages if age[:1].isdigit())
    version = next((one.version for one in programme.templates if one.ages == bands), "unknown")
    return version, _notes(version, bands)


def _notes(version: str, bands: tuple[str, ...]) -> Iterator[str]:
    if version == "unknown":
        yield f"its age bands are those of no template that is known: {', '.join(bands)}"
    missing = ages_missing(bands)
    if missing:
        yield (
            f"template {version} has no column for people aged {listed(missing)}: they are in the "
            "total and in no age band"
        )
