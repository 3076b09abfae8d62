"""Who is missing: commissioners whose two quarters cannot be held against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from remit.shift.decomposition.cells import HOSPITAL, CellCounts, Place, QuarterCells, added
from remit.words.sentences import listed

if TYPE_CHECKING:
    import polars as pl

MANY: Final = 30
"""A month without a record is a gap where each month that has some has at least as many."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What of a commissioner is missing."""

    commissioner: str
    reason: str

    def __str__(self) -> str:
        return f"{self.commissioner}: {self.reason}"


@dataclass(frozen=True, slots=True)
class UnplacedCell:
    """Activity in a cell of which the populations know no people with any need."""

    quarter: str
    place: Place
    counts: CellCounts

    def __str__(self) -> str:
        commissioner, age_band, fifth = self.place
        return f"{commissioner}, {age_band}, fifth {fifth or 'not known'} in {self.quarter}"


def gaps(first: QuarterCells, last: QuarterCells, names: tuple[str, str]) -> Iterator[Gap]:
    """Commissioners without people, or without hospital records, in one of two quarters.

    Parameters
    ----------
    first, last
        The cells of the two quarters.
    names
        The quarters.

    Examples
    --------
    >>> cells = {("ZR1", "65-74", 1): CellCounts(10, 10_000, 4, 4, 9)}
    >>> [str(gap) for gap in gaps(cells, {}, ("2023/24 Q1", "2024/25 Q1"))]
    ['ZR1: no people and no records in 2024/25 Q1']
    """
    sums = [_by_commissioner(cells) for cells in (first, last)]
    for commissioner in sorted({*sums[0], *sums[1]}):
        for held, quarter in zip(sums, names, strict=True):
            lacking = list(_lacking(held.get(commissioner, CellCounts())))
            if lacking:
                yield Gap(commissioner, f"{listed(lacking)} in {quarter}")


def _lacking(counts: CellCounts) -> Iterator[str]:
    if not counts.people:
        yield "no people"
    if not counts.records:
        yield "no records"
    elif not counts.hospital_records:
        yield f"no records of {HOSPITAL}"


def _by_commissioner(cells: QuarterCells) -> dict[str, CellCounts]:
    parted: dict[str, list[CellCounts]] = defaultdict(list)
    for place, counts in cells.items():
        parted[place[0]].append(counts)
    return {commissioner: added(each) for commissioner, each in parted.items()}


def empty_months(months: pl.DataFrame, names: tuple[str, str]) -> Iterator[Gap]:
    """Months without a record that others have, in quarters whose other months have many.

    Of records that are all dated in one month of each quarter nothing is missing.

    Parameters
    ----------
    months
        ``commissioner, setting, quarter, month`` (1 to 3 within the quarter) and ``records``.
    names
        The quarters that count.
    """
    held: dict[tuple[str, str, str], dict[int, int]] = defaultdict(dict)
    usual: dict[str, set[int]] = defaultdict(set)
    columns = ("commissioner", "setting", "quarter", "month", "records")
    for commissioner, setting, quarter, month, records in months.select(columns).iter_rows():
        if quarter in names:
            held[commissioner, setting, quarter][month] = records
            usual[setting].add(month)
    for (commissioner, setting, quarter), counts in sorted(held.items()):
        empty = [str(month) for month in sorted(usual[setting] - set(counts))]
        if empty and min(counts.values()) >= MANY:
            which = f"month {listed(empty)}" if len(empty) == 1 else f"months {listed(empty)}"
            yield Gap(commissioner, f"no records of {setting} in {which} of {quarter}")


def unplaced(cells: QuarterCells, quarter: str) -> Iterator[UnplacedCell]:
    """Cells with activity and without people behind it."""
    for place, counts in sorted(cells.items()):
        if not counts.is_placed:
            yield UnplacedCell(quarter, place, counts)
