"""One file of the programme is read: a workbook with a return, or the reason why it is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from remit.files.calamine import Rows
from remit.files.no_values import cell_fault
from remit.files.reading import read_bytes
from remit.files.workbooks import CheckedWorkbook, open_workbook
from remit.model.errors import ActivityError
from remit.model.excel_day import excel_day
from remit.model.neighbourhood import NeighbourhoodFile
from remit.model.period import Period, month, parse_period
from remit.shift.neighbourhood.heads import ReturnHeads, find_heads, plain, template_notes
from remit.shift.neighbourhood.returned import (
    CellKind,
    PlaceReturn,
    ReturnCell,
    ReturnRejection,
)
from remit.shift.neighbourhood.values import is_nothing, judged, shown_value
from remit.words.nearest import did_you_mean

_TYPE = ".xlsx"
_PLACE = "project name"
_PERIOD = "submission period"
_LOOKED = 12


class NoReturn(ValueError):
    """A file is no return that can be taken in."""


@dataclass(slots=True)
class _Taken:
    """The table of a file, and what it gave on the way."""

    file: str
    sheet: str
    rows: Rows
    heads: ReturnHeads
    programme: NeighbourhoodFile
    cells: list[ReturnCell] = field(default_factory=list)
    rejections: list[ReturnRejection] = field(default_factory=list)

    def cell(self, index: int, place: int) -> Any:
        """What stands in a cell, by the indices of its row and column."""
        row = self.rows[index]
        return row[place] if place < len(row) else ""

    def label(self, index: int) -> str:
        """What a row says that it counts."""
        return shown_value(self.cell(index, self.heads.details))

    def reject(self, reason: str, row: int | None, column: str, value: str) -> None:
        """Note what was not taken in."""
        self.rejections.append(ReturnRejection(self.file, reason, self.sheet, row, column, value))


def read_return(
    path: Path, programme: NeighbourhoodFile, expected: Period | None = None
) -> tuple[PlaceReturn | None, list[ReturnRejection]]:
    """Read one file: its return, and all that was rejected in it.

    Parameters
    ----------
    path
        The file.
    programme
        Its places, months, measures and marks.
    expected
        The month that returns are to be of; of another they are refused.

    Examples
    --------
    >>> read_return(Path("return.xlsx"), load_programme())  # doctest: +SKIP
    """
    try:
        _refuse_type(path)
        book = open_workbook(path, read_bytes(path, error=NoReadableFile), error=NoReadableFile)
        (name, rows, heads), others = _sheets(book, programme)
        place = _place(book, rows, programme)
        period = _month(book, rows, programme)
        if expected is not None and period != expected:
            raise NoReturn(f"the period is {period}, not {expected}")
    except NoReturn as fault:
        return None, [ReturnRejection(path.name, str(fault))]
    except NoReadableFile as fault:
        return None, [ReturnRejection(path.name, str(fault).removeprefix(f"{path}: "))]
    taken = _Taken(path.name, name, rows, heads, programme)
    taken.rejections += [
        ReturnRejection(path.name, "a file holds one return: this sheet has another table", one)
        for one in others
    ]
    _take_rows(taken)
    version, notes = template_notes(heads, programme)
    cells = tuple(_without_telling_rates(taken.cells))
    found = PlaceReturn(path, place, period.label, version, cells, tuple(notes))
    return found, taken.rejections


class NoReadableFile(ActivityError):
    """A file of the programme cannot be opened; the others are read."""


def _refuse_type(path: Path) -> None:
    if not path.exists():
        raise NoReturn("there is no such file")
    kind = path.suffix.lower()
    if kind != _TYPE:
        raise NoReturn(
            f"the return is an Excel workbook ({_TYPE}), this is "
            f"{kind or 'a file without an ending'}: save the template as {_TYPE} and fill it in"
        )


# The sheet, the place and the month ---------------------------------------------------------------


def _sheets(
    book: CheckedWorkbook, programme: NeighbourhoodFile
) -> tuple[tuple[str, Rows, ReturnHeads], list[str]]:
    """The sheet of the return, and the names of others that have such a table."""
    found: list[tuple[str, Rows, ReturnHeads]] = []
    for name in sorted(book.names, key=lambda name: plain(name) != plain(programme.sheet)):
        rows = book.rows(name)
        heads = find_heads(rows, programme)
        if heads is not None:
            found.append((name, rows, heads))
    if not found:
        raise NoReturn(f"no sheet has the table of the template ({programme.sheet})")
    return found[0], [name for name, _, _ in found[1:]]


def _place(book: CheckedWorkbook, rows: Rows, programme: NeighbourhoodFile) -> str:
    said = shown_value(_beside(book, rows, _PLACE))
    if said in {"", "0"}:
        raise NoReturn("the name of the place is missing (Project Name)")
    for place in programme.places:
        if plain(place) == plain(said):
            return place
    raise NoReturn(f"{said!r} is no place of the programme.{did_you_mean(said, programme.places)}")


def _month(book: CheckedWorkbook, rows: Rows, programme: NeighbourhoodFile) -> Period:
    written = _beside(book, rows, _PERIOD)
    if is_nothing(written):
        raise NoReturn("the month is missing (Submission Period)")
    period = as_month(written)
    if period is None:
        raise NoReturn(f"the period {shown_value(written)!r} is no month")
    first, last = programme.months.first, programme.months.last
    if not first <= period.start <= last:
        raise NoReturn(
            f"the period {period} is not one of the programme's, which go from "
            f"{month(first.year, first.month)} to {month(last.year, last.month)}"
        )
    return period


def as_month(written: Any) -> Period | None:
    """The month of a cell: a day of it, a day's number, or words such as Jan-26.

    >>> as_month("Jan-26").label, as_month(46023.0).label, as_month("2025/26 Q4")
    ('Jan 2026', 'Jan 2026', None)
    """
    said = shown_value(written)
    day = written.date() if isinstance(written, datetime) else written
    # The template's cell has no format of a date: what is chosen there may be a day's number.
    day = day if isinstance(day, date) else excel_day(said)
    if day is not None:
        return month(day.year, day.month)
    found = parse_period(said)
    return found if found and found == month(found.start.year, found.start.month) else None


def _beside(book: CheckedWorkbook, rows: Rows, label: str) -> Any:
    """What stands beside a label; where the template only points there, what it points at."""
    written = _right_of(rows, label)
    if not is_nothing(written) and not cell_fault(shown_value(written)):
        return written
    for name in book.names:
        if plain(name) == "instructions":
            return _right_of(book.rows(name), label)
    return ""


def _right_of(rows: Rows, label: str) -> Any:
    for row in rows[:_LOOKED]:
        words = list(map(plain, row))
        if label in words[:-1]:
            return row[words.index(label) + 1]
    return ""


# The cells ----------------------------------------------------------------------------------------


def _take_rows(taken: _Taken) -> None:
    for place, head in taken.heads.unknown.items():
        reason = "no group of people of the template has this head"
        taken.reject(reason, taken.heads.first, column_letters(place), head)
    seen: set[tuple[str, CellKind]] = set()
    for index, measure, kind in _labelled(taken):
        if (measure, kind) in seen:
            taken.reject("the row is there twice", index + 1, "", taken.label(index))
        else:
            seen.add((measure, kind))
            _take_cells(taken, index, measure, kind)
    for one in (*taken.programme.measures, *taken.programme.process):
        if (one.id, "count") not in seen:
            taken.reject(f"the row {one.labels[0]!r} is missing", None, "", "")


def _labelled(taken: _Taken) -> Iterator[tuple[int, str, CellKind]]:
    """Each row with its measure: a count, then the cohort, then the rate.

    A row of rates may bear the name of the row of counts (bed days in v1.2): the order tells them.
    """
    known = _known(taken.programme)
    measure, cohort_seen = "", False
    for index in range(taken.heads.first, len(taken.rows)):
        label = plain(taken.label(index))
        if label == plain(taken.programme.cohort) and measure:
            cohort_seen = True
            yield index, measure, "cohort"
        elif cohort_seen and "per 1,000" in label:
            cohort_seen = False
            yield index, measure, "rate"
        elif label in known:
            measure, cohort_seen = known[label], False
            yield index, measure, "count"
        elif label:
            reason = "no measure of the template has this name"
            taken.reject(reason, index + 1, "", taken.label(index))
        elif any(shown_value(taken.cell(index, place)) for place in taken.heads.columns):
            taken.reject("the row does not say what it counts", index + 1, "", "")


def _known(programme: NeighbourhoodFile) -> Mapping[str, str]:
    both = (*programme.measures, *programme.process)
    return {plain(label): one.id for one in both for label in one.labels}


def _take_cells(taken: _Taken, index: int, measure: str, kind: CellKind) -> None:
    for place, of in taken.heads.columns.items():
        written = taken.cell(index, place)
        found = judged(written, kind, taken.programme)
        letters, said = column_letters(place), found.shown or shown_value(written)
        taken.cells.append(
            ReturnCell(taken.file, taken.sheet, index + 1, letters, measure, kind, of, said,
                       found.status, found.value, found.note)
        )  # fmt: skip
        if found.status == "rejected":
            taken.reject(found.note, index + 1, letters, said)


def _without_telling_rates(cells: list[ReturnCell]) -> Iterator[ReturnCell]:
    """A rate beside a suppressed number would give it away, or is the template's 0."""
    hidden = {
        (cell.measure, cell.of)
        for cell in cells
        if cell.status == "suppressed" and cell.kind != "rate"
    }
    for cell in cells:
        telling = cell.kind == "rate" and cell.value is not None
        if telling and (cell.measure, cell.of) in hidden:
            yield replace(cell, status="suppressed", value=None, written="", note="")
        else:
            yield cell


def column_letters(place: int) -> str:
    """The letters of a column by its index.

    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
