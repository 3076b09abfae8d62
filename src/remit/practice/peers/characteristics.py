"""What organisations are like: one row for each, its figures, and what was not taken in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from remit.model.errors import PracticeError
from remit.model.observation import Rejection
from remit.model.peers import PeerCharacteristic, PeerMethod
from remit.practice.tables import (
    OwnRows,
    figure_in,
    is_not_given,
    organisation_code,
    read_table,
)
from remit.practice.whose import are_fictional
from remit.words.sentences import count_words, listed

Numbers = NDArray[np.float64]
LEAST = 3
"""Fewer organisations have no peers to tell of."""


@dataclass(frozen=True, slots=True)
class Characteristics:
    """Organisations in the order of their codes; ``figures`` has NaN where one is not given."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    columns: tuple[PeerCharacteristic, ...]
    figures: Numbers
    rejections: tuple[Rejection, ...] = ()
    notes: tuple[str, ...] = ()
    source: str = ""
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class _Organisation:
    line: int
    code: str
    name: str
    figures: tuple[float, ...]


def read_characteristics(path: Path, method: PeerMethod) -> Characteristics:
    """Read a file of organisations, a row each.

    A cell without a figure is not given; one that is no figure is rejected and not given either.
    A code that stands twice is taken once where both rows agree; where they differ, neither is.

    Parameters
    ----------
    path
        CSV or a workbook, columns in any order.
    method
        Which columns it names.

    Raises
    ------
    PracticeError
        If a column that the method names is not there, or fewer than three organisations are.

    Examples
    --------
    >>> read_characteristics(Path("trusts.csv"), method).codes  # doctest: +SKIP
    ('ZA1', 'ZA2', 'ZA3')
    """
    named = [one.column for one in method.characteristics]
    table = read_table(path, [*method.code, *named])
    code = table.needed(method.code, "codes")
    name = table.place(method.names)
    places = [table.needed((one.column, *one.aliases), one.said) for one in method.characteristics]
    rejected: list[Rejection] = []
    found = list(_rows(table, (code, name), list(zip(method.characteristics, places, strict=True)),
                       rejected))  # fmt: skip
    kept = _each_once(table.file, found, rejected)
    if len(kept) < LEAST:
        raise PracticeError(
            f"{path}: peers are told among three organisations or more; here "
            f"{count_words(len(kept), 'organisation is', 'organisations are', none='none')}"
        )
    kept.sort(key=lambda one: one.code)
    return Characteristics(
        tuple(one.code for one in kept),
        tuple(one.name for one in kept),
        method.characteristics,
        np.array([one.figures for one in kept], dtype=np.float64),
        tuple(rejected),
        (*table.notes, *_unused(table, [code, name, *places])),
        path.name,
        are_fictional(one.code for one in kept),
    )


def _rows(
    table: OwnRows,
    who: tuple[int, int | None],
    places: Sequence[tuple[PeerCharacteristic, int]],
    rejected: list[Rejection],
) -> Iterator[_Organisation]:
    code_at, name_at = who
    for line, cells in table.rows:
        if isinstance(cells, str):
            rejected.append(Rejection(table.file, line, "", "", cells))
            continue
        code = organisation_code(_at(cells, code_at))
        if not code:
            shown = " ".join(one for one in cells if one)[:60]
            rejected.append(Rejection(table.file, line, "", shown, "the row has no code"))
            continue
        figures = []
        for one, place in places:
            value, reason = _figure(_at(cells, place), one)
            if reason:
                rejected.append(Rejection(table.file, line, one.column, _at(cells, place), reason))
            figures.append(value)
        name = _at(cells, name_at).strip() if name_at is not None else ""
        yield _Organisation(line, code, name, tuple(figures))


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _figure(text: str, one: PeerCharacteristic) -> tuple[float, str]:
    """A figure, NaN where none is given; and why it is rejected, if it is."""
    if is_not_given(text):
        return float("nan"), ""
    value = figure_in(text)
    if value is None:
        return float("nan"), "this is no figure; it counts as not given"
    return (float("nan") if value in one.not_given else value), ""


def _each_once(
    file: str, found: list[_Organisation], rejected: list[Rejection]
) -> list[_Organisation]:
    by_code: dict[str, list[_Organisation]] = {}
    for one in found:
        by_code.setdefault(one.code, []).append(one)
    kept = []
    for code, rows in by_code.items():
        first, *others = rows
        same = all(np.array_equal(first.figures, one.figures, equal_nan=True) for one in others)
        if same:
            kept.append(first)
        for one in others if same else rows:
            beside = [str(other.line) for other in rows if other is not one]
            why = (
                f"the same row stands on line {first.line}"
                if same
                else f"the figures differ from those of line {listed(beside)}; which are right?"
            )
            rejected.append(Rejection(file, one.line, "", code, why))
    return kept


def _unused(table: OwnRows, places: Sequence[int | None]) -> Iterator[str]:
    left = [one for at, one in enumerate(table.header) if at not in places and one]
    if left:
        yield f"columns that the method does not use: {', '.join(left)}"
