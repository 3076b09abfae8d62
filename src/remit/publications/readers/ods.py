"""ODS export files of NHS trusts (report ``etr``), and the register held against them.

The file has no header: 23 to 27 quoted columns, of which these are read: 1 code, 2 name,
3 region, 4 ICB, 11 opened, 12 closed (days as ``20250630``).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from remit.model.errors import PublicationError
from remit.model.observation import Rejection
from remit.model.organisation import Organisation
from remit.publications.files.raw import RawFile
from remit.publications.files.table import LONGEST_LINE, load
from remit.register import Register

FEWEST_COLUMNS, MOST_COLUMNS = 23, 27

_COLUMNS = {"code": 0, "name": 1, "region": 2, "icb": 3, "opened": 10, "closed": 11}
_CODE = re.compile(r"[A-Z0-9]{3}|[A-Z0-9]{5}")
_REGION = re.compile(r"Y[0-9]{2}")
_DAY = re.compile(r"[0-9]{8}")


@dataclass(frozen=True, slots=True)
class OdsRow:
    """One trust as ODS gives it; ``region`` and ``icb`` are empty outside England."""

    line: int
    code: str
    name: str
    region: str
    icb: str
    opened: date
    closed: date | None


@dataclass(frozen=True, slots=True)
class OdsFile:
    """What became of every row of a file: ``rows_read`` are the accepted and the rejected."""

    rows: tuple[OdsRow, ...]
    rejections: tuple[Rejection, ...]

    @property
    def rows_read(self) -> int:
        """Accepted and rejected rows together; blank lines are no rows."""
        return len(self.rows) + len(self.rejections)


class _RowError(Exception):
    """A row that is not taken: column, value, reason."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason


def read_ods(path: Path) -> OdsFile:
    """Read an ODS export of trusts.

    Parameters
    ----------
    path
        The file as ODS gives it, without a header.

    Returns
    -------
    OdsFile
        Each row accepted, or rejected with line, column, value and reason.

    Raises
    ------
    PublicationError
        If the file cannot be read, or if no row of it is a trust.
    """
    file = load(path)
    rows: dict[str, OdsRow] = {}
    rejections: list[Rejection] = []
    for line, raw in _lines(file):
        try:
            row = _row(line, _cells(raw))
            _refuse_repetition(row, rows)
        except _RowError as refused:
            shown = refused.value[:200]
            rejections.append(Rejection(file.name, line, refused.column, shown, refused.reason))
        else:
            rows[row.code] = row
    _refuse_foreign(file, rows, rejections)
    return OdsFile(tuple(rows.values()), tuple(rejections))


def _lines(file: RawFile) -> Iterator[tuple[int, bytes]]:
    content = file.content.removeprefix(b"\xef\xbb\xbf")
    for line, raw in enumerate(content.split(b"\n"), start=1):
        if raw.strip():
            yield line, raw.removesuffix(b"\r")


def _cells(raw: bytes) -> list[str]:
    """The cells of one line.

    Each line is taken by itself, so that a stray quotation mark spoils one row only.
    """
    shown = raw[:200].decode("utf-8", "replace")
    if len(raw) > LONGEST_LINE:
        raise _RowError("", shown, f"the line is {len(raw):,} bytes long")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _RowError("", shown, f"the line is not UTF-8 text (byte {error.start + 1})") from None
    if "\x00" in text:
        raise _RowError("", shown.replace("\x00", "␀"), "the line holds a null character")
    if text.count('"') % 2:
        raise _RowError("", shown, "a quotation mark is opened and not closed on this line")
    try:
        return [cell.strip() for cell in next(csv.reader([text]))]
    except csv.Error as error:
        raise _RowError("", shown, f"the line is no row of a CSV file: {error}") from None


def _row(line: int, cells: list[str]) -> OdsRow:
    if not FEWEST_COLUMNS <= len(cells) <= MOST_COLUMNS:
        reason = f"{len(cells)} columns where ODS gives {FEWEST_COLUMNS} to {MOST_COLUMNS}"
        raise _RowError("", ",".join(cells), reason)
    row = OdsRow(
        line=line,
        code=_matching(cells, "code", _CODE, "an ODS code of a trust (3 or 5 capitals and digits)"),
        name=_name(cells),
        region=_matching(cells, "region", _REGION, "a region's code such as Y63", blank=True),
        icb=_matching(cells, "icb", _CODE, "an ICB's code such as QHM or Z9B2Z", blank=True),
        opened=_day(cells, "opened"),
        closed=_day(cells, "closed") if _cell(cells, "closed") else None,
    )
    if row.closed and row.closed < row.opened:
        reason = f"closed before it opened on {row.opened}"
        raise _RowError(_place("closed"), _cell(cells, "closed"), reason)
    return row


def _cell(cells: list[str], column: str) -> str:
    return cells[_COLUMNS[column]]


def _place(column: str) -> str:
    """A column as a rejection names it; the file itself has no names."""
    return f"column {_COLUMNS[column] + 1} ({column})"


def _matching(
    cells: list[str], column: str, pattern: re.Pattern[str], what: str, *, blank: bool = False
) -> str:
    value = _cell(cells, column)
    if (blank and not value) or pattern.fullmatch(value):
        return value
    raise _RowError(_place(column), value, f"this is not {what}")


def _name(cells: list[str]) -> str:
    value = _cell(cells, "name")
    if not value or not value[0].isalnum():
        reason = "a name must begin with a letter or digit" if value else "the name is missing"
        raise _RowError(_place("name"), value, reason)
    return value


def _day(cells: list[str], column: str) -> date:
    value = _cell(cells, column)
    try:
        if not _DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        reason = "this is no day; ODS writes days as 20250630"
        raise _RowError(_place(column), value, reason) from None


def _refuse_repetition(row: OdsRow, rows: dict[str, OdsRow]) -> None:
    if row.code in rows:
        reason = f"the code stands on line {rows[row.code].line} already"
        raise _RowError(_place("code"), row.code, reason)


def _refuse_foreign(file: RawFile, rows: dict[str, OdsRow], rejections: list[Rejection]) -> None:
    if rows:
        return
    first = rejections[0]
    column = f", {first.column}" if first.column else ""
    raise PublicationError(
        f"{file.path}: no row is a trust of an ODS export (report etr: no header, "
        f"{FEWEST_COLUMNS} to {MOST_COLUMNS} quoted columns, the first the code). "
        f"Line {first.line}{column}: {first.reason}"
    )


class Differs(StrEnum):
    """In what the register and an ODS file differ."""

    NOT_ON_REGISTER = "not on the register"
    NOT_IN_FILE = "not in the ODS file"
    NAME = "name"
    OPENED = "opened"
    CLOSED = "closed"
    REGION = "region"
    ICB = "ICB"


@dataclass(frozen=True, slots=True)
class OdsDifference:
    """One difference; ``line`` is that of the ODS file, or None where the trust is not in it."""

    code: str
    name: str
    what: Differs
    register: str
    ods: str
    line: int | None


def compare_with_ods(register: Register, rows: Iterable[OdsRow], on: date) -> list[OdsDifference]:
    """Hold the register against the rows of an ODS file.

    ODS gives the region and the ICB in which a trust's postcode lies; the register's lead ICB is
    the one that NHS England apportions the trust to. The two differ for some trusts rightly.

    Parameters
    ----------
    register
        The register.
    rows
        Rows of :func:`read_ods`. Trusts outside England (without a region) are passed over.
    on
        The day of the ODS file: what the register dates later is not yet compared. Regions and
        ICBs are compared for trusts that are open on that day.

    Returns
    -------
    list of Difference
        In the order of the codes.
    """
    english = [row for row in rows if row.region]
    found = [difference for row in english for difference in _differences(register, row, on)]
    listed = {row.code for row in english}
    found += [
        OdsDifference(trust.code, trust.name, Differs.NOT_IN_FILE, "open", "", None)
        for trust in register.trusts(on)
        if trust.code not in listed
    ]
    return sorted(found, key=lambda difference: (difference.code, difference.what))


def _differences(register: Register, row: OdsRow, on: date) -> Iterator[OdsDifference]:
    trust = register.find(row.code)
    if trust is None:
        what = Differs.NOT_ON_REGISTER
        yield OdsDifference(row.code, row.name, what, "", _state(row.closed), row.line)
        return
    for what, ours, theirs in _pairs(register, trust, row, on):
        if ours != theirs:
            yield OdsDifference(trust.code, trust.name, what, ours, theirs, row.line)


def _pairs(
    register: Register, trust: Organisation, row: OdsRow, on: date
) -> Iterator[tuple[Differs, str, str]]:
    """What the register says and what ODS says, in comparable words."""
    name = trust.name_on(on)
    if _folded(name) != _folded(row.name):
        yield Differs.NAME, name, row.name
    yield Differs.OPENED, str(trust.opened), str(row.opened)
    closed = trust.closed if trust.closed and trust.closed < on else None
    yield Differs.CLOSED, _state(closed), _state(row.closed)
    if trust.exists(on) and row.closed is None:
        yield Differs.REGION, _code(register.region(trust.code, on)), row.region
        yield Differs.ICB, _code(register.lead_icb(trust.code, on)), row.icb


def _state(closed: date | None) -> str:
    return f"closed {closed}" if closed else "open"


def _code(organisation: Organisation | None) -> str:
    return organisation.code if organisation else "none"


def _folded(name: str) -> str:
    """A name without case, punctuation, ``the`` and ``and``: ODS prints capitals and ``&``."""
    return re.sub(r"[^A-Z0-9]", "", re.sub(r"\b(?:THE|AND)\b", "", name.upper()))
