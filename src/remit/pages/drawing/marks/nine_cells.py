"""The nine cells of Making Data Count, and a row for what has no goal, as data for a template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from remit.words.sentences import count_words

Variation = Literal["improvement", "usual", "concern"]
Assurance = Literal["passes", "by chance", "fails", "no goal"]

VARIATIONS: dict[Variation, str] = {
    "improvement": "Better than chance explains",
    "usual": "As usual",
    "concern": "Worse than chance explains",
}
ASSURANCES: dict[Assurance, str] = {
    "passes": "Meets its goal again and again",
    "by chance": "Meets and misses it by chance",
    "fails": "Falls short: something has to change",
    "no goal": "No goal set",
}


@dataclass(frozen=True, slots=True)
class CellEntry:
    """A metric in the grid; ``own`` is true of the body that a report is about."""

    name: str
    variation: Variation
    assurance: Assurance
    own: bool = True
    place: str = ""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell with its entries; ``attention`` says that it needs some."""

    variation: Variation
    entries: tuple[CellEntry, ...]
    attention: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the grid: one answer of assurance, three of variation."""

    assurance: Assurance
    words: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class CellGrid:
    """The grid and its sentence."""

    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    sentence: str


def nine_cells(entries: Iterable[CellEntry]) -> CellGrid:
    """The grid of entries, each in the cell of its variation and assurance.

    >>> nine_cells([CellEntry("A&E", "usual", "by chance")]).sentence
    '1 metric: none is worse than chance explains or falls short of its goal.'
    """
    every = list(entries)
    rows = tuple(
        GridRow(assurance, words, tuple(_cell(every, one, assurance) for one in VARIATIONS))
        for assurance, words in ASSURANCES.items()
    )
    return CellGrid(tuple(VARIATIONS.values()), rows, _sentence(rows, len(every)))


def _cell(every: list[CellEntry], variation: Variation, assurance: Assurance) -> GridCell:
    found = tuple(one for one in every if (one.variation, one.assurance) == (variation, assurance))
    attention = bool(found) and (variation == "concern" or assurance == "fails")
    return GridCell(variation, found, attention)


def _sentence(rows: tuple[GridRow, ...], total: int) -> str:
    hot = sum(len(cell.entries) for row in rows for cell in row.cells if cell.attention)
    said = count_words(total, "metric")
    if not hot:
        return f"{said}: none is worse than chance explains or falls short of its goal."
    verb, since = ("needs", "it is") if hot == 1 else ("need", "they are")
    short = "falls short of its goal" if hot == 1 else "fall short of their goals"
    return f"{said}: {hot} {verb} attention, since {since} worse than chance explains or {short}."
