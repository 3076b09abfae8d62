"""A place's monthly return: its cells, each accepted, suppressed, blank or rejected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from remit.catalogue import declared
from remit.model.neighbourhood import NeighbourhoodFile

CellStatus = Literal["accepted", "suppressed", "not_submitted", "rejected"]
CellKind = Literal["count", "cohort", "rate"]


@dataclass(frozen=True, slots=True)
class Category:
    """A column of the return: all people, or one group of them."""

    group: str
    category: str


TOTAL = Category("total", "all")


@dataclass(frozen=True, slots=True)
class ReturnCell:
    """A cell of a return; ``value`` exists only where it is accepted."""

    file: str
    sheet: str
    row: int
    column: str
    measure: str
    kind: CellKind
    of: Category
    written: str
    status: CellStatus
    value: float | None = None
    note: str = ""

    @property
    def place(self) -> str:
        """Where it stands, as a spreadsheet says it."""
        return f"{self.sheet}!{self.column}{self.row}"


@dataclass(frozen=True)
class PlaceReturn:
    """What one place returned for one month."""

    path: Path
    place: str
    month: str
    template: str
    cells: tuple[ReturnCell, ...]
    notes: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The file's name."""
        return self.path.name

    @cached_property
    def by_key(self) -> Mapping[tuple[str, CellKind, Category], ReturnCell]:
        """The cells by what they count."""
        return {(cell.measure, cell.kind, cell.of): cell for cell in self.cells}

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        """The columns, in the order of the file."""
        return tuple(dict.fromkeys(cell.of for cell in self.cells))


@dataclass(frozen=True, slots=True)
class ReturnRejection:
    """A file, row, column or cell that was not taken in; row and column are blank of a file."""

    file: str
    reason: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        where = f", {self.sheet}!{self.column}{self.row or ''}" if self.sheet else ""
        value = f", {self.value!r}" if self.value else ""
        return f"{self.file}{where}{value}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ReturnsRead:
    """All returns of some files, and what was not taken in."""

    returns: tuple[PlaceReturn, ...]
    rejections: tuple[ReturnRejection, ...]
    files: tuple[Path, ...] = field(default=())

    @property
    def cells(self) -> tuple[ReturnCell, ...]:
        """The cells of all returns that were read."""
        return tuple(cell for one in self.returns for cell in one.cells)


def load_programme() -> NeighbourhoodFile:
    """The programme whose returns are read, as it is declared."""
    (file,) = declared.packaged("neighbourhood")
    return file.validate(NeighbourhoodFile)
