"""Cells of people and of what they used, quarter by quarter: what the decomposition stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from remit.shift.decomposition.shapley import Ratio

if TYPE_CHECKING:
    import polars as pl

FACTORS: Final = ("population", "age_mix", "need", "rate", "hospital_share", "length_of_stay")
"""What hospital bed days of a cell are the product of, in this order."""

HOSPITAL: Final = "hospital"
Place = tuple[str, str, int]
"""Commissioner, age band and deprivation fifth, which is 0 where it is not known."""

NOT_KNOWN: Final = "age not known"

_KEYS = ("commissioner", "age_band", "deprivation_fifth")


@dataclass(frozen=True, slots=True)
class CellCounts:
    """The counts of one cell in one quarter; ``need`` is people times need in thousandths."""

    people: int = 0
    need: int = 0
    records: int = 0
    hospital_records: int = 0
    bed_days: int = 0

    def __add__(self, other: CellCounts) -> CellCounts:
        return CellCounts(
            self.people + other.people,
            self.need + other.need,
            self.records + other.records,
            self.hospital_records + other.hospital_records,
            self.bed_days + other.bed_days,
        )

    @property
    def is_placed(self) -> bool:
        """Whether what was used has people, with some need, behind it."""
        return not self.records or self.need > 0


NO_COUNTS: Final = CellCounts()
QuarterCells = Mapping[Place, CellCounts]


def cells_of(cube: pl.DataFrame, populations: pl.DataFrame, quarter: str) -> QuarterCells:
    """The cells of one quarter.

    Parameters
    ----------
    cube
        Records and bed days by quarter, commissioner, setting, age band and deprivation fifth.
    populations
        People and need in thousandths by the same, but for the setting.
    quarter
        As both write it.

    Examples
    --------
    >>> cells_of(cube, populations, "2024/25 Q1")[("ZR1", "65-74", 1)].people  # doctest: +SKIP
    """
    cells: dict[Place, CellCounts] = {}
    for row in _rows(populations, quarter, "people", "need_thousandths"):
        place, (people, need) = _parted(row)
        cells[place] = cells.get(place, NO_COUNTS) + CellCounts(people, people * need)
    for row in _rows(cube, quarter, "setting", "records", "bed_days"):
        place, (setting, records, bed_days) = _parted(row)
        used = CellCounts(records=records)
        if setting == HOSPITAL:
            used = replace(used, hospital_records=records, bed_days=bed_days)
        cells[place] = cells.get(place, NO_COUNTS) + used
    return cells


def _rows(frame: pl.DataFrame, quarter: str, *columns: str) -> Iterable[tuple[Any, ...]]:
    import polars as pl

    return frame.filter(pl.col("quarter") == quarter).select(*_KEYS, *columns).iter_rows()


def _parted(row: tuple[Any, ...]) -> tuple[Place, tuple[Any, ...]]:
    commissioner, age_band, fifth = row[:3]
    return (commissioner, age_band or NOT_KNOWN, fifth or 0), row[3:]


def added(cells: Iterable[CellCounts]) -> CellCounts:
    """The sum of cells."""
    return sum(cells, NO_COUNTS)


def ratios(cell: CellCounts, people: int, mean_need: Fraction) -> list[Ratio]:
    """The six ratios whose product is the cell's hospital bed days.

    Parameters
    ----------
    cell
        The counts of the cell.
    people
        All people of its commissioner.
    mean_need
        The need of one head that counts as 1, in thousandths.

    Examples
    --------
    >>> ratios(CellCounts(40, 60_000, 30, 15, 45), 100, Fraction(1000))
    [(100, 1), (40, 100), (60000, 40000), (30000, 60000), (15, 30), (45, 15)]
    """
    above, below = mean_need.as_integer_ratio()
    return [
        (people, 1),
        (cell.people, people),
        (cell.need * below, cell.people * above),
        (cell.records * above, cell.need * below),
        (cell.hospital_records, cell.records),
        (cell.bed_days, cell.hospital_records),
    ]
