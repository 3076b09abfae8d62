"""Tables that a user has, as text or as a workbook: a header, and rows with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from remit.files.limits import FILE_BYTES
from remit.files.numbers import number_in
from remit.files.reading import read_bytes
from remit.files.records import decoded, named_records
from remit.files.workbooks import open_workbook
from remit.model.errors import PracticeError
from remit.words.nearest import nearest
from remit.words.sentences import listed

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_HEADER_WITHIN = 40
NOT_GIVEN = frozenset(
    {"", "-", "–", "*", "na", "n/a", "#n/a", "nan", "null", "none", "c", "x", ".", ".."}
)
"""What stands in a cell in place of a figure."""

Row = tuple[int, tuple[str, ...] | str]
"""The line of a row, and its cells or what is wrong with it."""


@dataclass(frozen=True, slots=True)
class OwnRows:
    """A table of a user's own: its header, and its rows as text with their lines."""

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def place(self, names: Sequence[str]) -> int | None:
        """Where the first of some names stands in the header; None if none does.

        Raises
        ------
        PracticeError
            If it stands there twice.
        """
        folded = [plain(one) for one in self.header]
        for name in map(plain, names):
            if folded.count(name) > 1:
                raise PracticeError(f"{self.file}: the column {name!r} stands twice in the header")
            if name in folded:
                return folded.index(name)
        return None

    def needed(self, names: Sequence[str], what: str) -> int:
        """Where a column stands that must be there.

        Raises
        ------
        PracticeError
            If it does not, with the nearest that does.
        """
        found = self.place(names)
        if found is not None:
            return found
        near = nearest(names[0], self.header)
        raise PracticeError(
            f"{self.file}: there is no column {listed(list(names), 'or')} for {what}; it has "
            f"{', '.join(one for one in self.header if one)}"
            + (f"; nearest: {near}" if near else "")
        )


def plain(name: str) -> str:
    """The name of a column without what people change: capitals, spaces, underscores.

    >>> plain("Age   0-15"), plain("Org_code ")
    ('age 0-15', 'org code')
    """
    return re.sub(r"[\s_]+", " ", name.strip()).casefold()


def read_table(path: Path, columns: Sequence[str]) -> OwnRows:
    """Read a table; of a workbook the sheet that has the columns.

    Parameters
    ----------
    path
        CSV, or another text with one separator, or a workbook.
    columns
        Names that its header should have; they say where it stands.

    Raises
    ------
    PracticeError
        If it cannot be read, or has no row.

    Examples
    --------
    >>> read_table(Path("trusts.csv"), ["code"]).header  # doctest: +SKIP
    ('code', 'beds')
    """
    content = read_bytes(path, limit=FILE_BYTES, error=PracticeError)
    found = _workbook(path, content, columns) if content.startswith(_WORKBOOKS) else None
    found = found or _text(path, content)
    if not found.rows:
        raise PracticeError(f"{path}: there is no row below a header")
    return found


def figure_in(text: str) -> float | None:
    """The figure of a cell: thousands by commas, a per cent as it is printed; None if none.

    >>> figure_in("1,234"), figure_in("12.5%"), figure_in("many")
    (1234.0, 12.5, None)
    """
    return number_in(text.strip().removesuffix("%"))


def organisation_code(text: str) -> str:
    """A code without the spaces around and within it.

    >>> organisation_code(" 00 l ")
    '00L'
    """
    return "".join(text.split()).upper()


def is_not_given(text: str) -> bool:
    """Whether a cell says that there is no figure.

    >>> is_not_given(" * "), is_not_given("0")
    (True, False)
    """
    return text.strip().casefold() in NOT_GIVEN


def _text(path: Path, content: bytes) -> OwnRows:
    text = decoded(content)
    read = named_records(text.text)
    line, first = next(read, (1, {}))
    if isinstance(first, str):
        raise PracticeError(f"{path}, line {line}: {first}")
    header = tuple(first)
    _refuse_repeats(path, text.text, header)
    rows = tuple(
        (number, cells if isinstance(cells, str) else tuple(cells.get(one, "") for one in header))
        for number, cells in read
    )
    return OwnRows(path.name, header, rows, (text.note,) if text.note else ())


def _refuse_repeats(path: Path, text: str, header: tuple[str, ...]) -> None:
    """Two columns of one name are one in records by name, and so must not be."""
    first = next((line for line in text.splitlines() if line.strip(" ,;\t|")), "")
    for name in header:
        cells = re.split(r"[,;\t|]", first)
        if name and sum(cell.strip().strip('"').strip() == name for cell in cells) > 1:
            raise PracticeError(f"{path}: the column {name!r} stands twice in the header")


def _workbook(path: Path, content: bytes, columns: Sequence[str]) -> OwnRows:
    book = open_workbook(path, content, error=PracticeError)
    wanted = {plain(one) for one in columns}
    best: tuple[int, str, int, list[list[str]]] | None = None
    for name in book.names:
        cells = [[_cell(one) for one in row] for row in book.rows(name)]
        for at, row in enumerate(cells[:_HEADER_WITHIN]):
            score = len(wanted & {plain(one) for one in row})
            if score and (best is None or score > best[0]):
                best = score, name, at, cells
    if best is None:
        raise PracticeError(f"{path}: no sheet has a header with {listed(list(columns)[:3], 'or')}")
    _, name, at, cells = best
    header = tuple(one.strip() for one in cells[at])
    rows = tuple(_below(cells, at))
    others = [one for one in book.names if one != name]
    said = (f"read the sheet {name!r}, not {listed([repr(one) for one in others])}",)
    return OwnRows(path.name, header, rows, said if others else ())


def _below(cells: list[list[str]], at: int) -> Iterator[Row]:
    for number, row in enumerate(cells[at + 1 :], start=at + 2):
        if any(one.strip() for one in row):
            yield number, tuple(row)


def _cell(value: object) -> str:
    """A cell of a workbook as text; a whole number without a point."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
