"""Read a plain CSV of asks; every row is accepted, or rejected with its line and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from remit.asks.intake.bounds import MOST_TEXT
from remit.files.delimited import unmarked
from remit.files.reading import read_bytes
from remit.files.records import decoded, records
from remit.model.ask import ASK_COLUMNS, REQUIRED_COLUMNS, Ask
from remit.model.errors import AskError
from remit.model.plain_text import cleaned

_SOME = 10
_MOST_SHOWN = 200
_EITHER = frozenset({"title", "text"})
"""One of these two columns is enough."""


@dataclass(frozen=True, slots=True)
class RejectedAsk:
    """A row that was not accepted."""

    line: int
    ask_id: str
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class AsksRead:
    """The asks of a file; rows read = asks + rejections."""

    asks: tuple[Ask, ...]
    rejections: tuple[RejectedAsk, ...]
    source: str


class _RowFault(Exception):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def read_asks(path: Path) -> AsksRead:
    """Read asks from a CSV file with the columns of ``remit.model.ask.ASK_COLUMNS``.

    Columns may stand in any order; those that are not required may be left out, others are
    passed over. Text is UTF-8, or else Windows' code page 1252, as Excel writes it.

    Raises
    ------
    AskError
        If the file is missing, is no text, or lacks a required column.
    """
    rows = records(_text(path), ",")
    header = _header(path, rows)
    asks: list[Ask] = []
    rejections: list[RejectedAsk] = []
    lines: dict[str, int] = {}
    for line, cells in rows:
        if isinstance(cells, str):
            rejections.append(RejectedAsk(line, "", "", "", cells))
            continue
        row = _row(header, cells)
        if not any(row.values()):
            continue
        try:
            ask = _ask(row, str(path), line, lines)
        except _RowFault as fault:
            value = (row.get(fault.column) or "")[:_MOST_SHOWN]
            given = row.get("ask_id") or ""
            rejections.append(RejectedAsk(line, given, fault.column, value, fault.reason))
        else:
            lines[ask.ask_id] = line
            asks.append(ask)
    return AsksRead(tuple(asks), tuple(rejections), str(path))


def _lacks(missing: list[str]) -> str:
    what = "this column is" if len(missing) == 1 else "these columns are"
    return (
        f"{what} missing: {', '.join(missing)}; the file needs ask_id, from_body, to_org_code "
        "and a title or a text. For lists with other headings: remit asks import FILE --dry-run"
    )


def _text(path: Path) -> str:
    text = decoded(read_bytes(path, error=AskError)).text
    if text.count("\x00") * _SOME > len(text):
        raise AskError(f"{path}: this is no text; save it as CSV (UTF-8)")
    return text


def _header(path: Path, rows: Iterator[tuple[int, list[str] | str]]) -> list[str]:
    """The first row that is not blank, in small letters."""
    for line, cells in rows:
        if isinstance(cells, str):
            raise AskError(f"{path}, line {line}: the header cannot be read: {cells}")
        header = [name.strip().lower() for name in cells]
        if not any(header):
            continue
        missing = [name for name in REQUIRED_COLUMNS if name not in {*header, *_EITHER}]
        missing += [] if _EITHER & set(header) else ["title (or text)"]
        if missing:
            raise AskError(f"{path}, line {line}: {_lacks(missing)}")
        return header
    raise AskError(f"{path}, line 1: {_lacks([*REQUIRED_COLUMNS])}")


def _row(header: list[str], cells: list[str]) -> dict[str, str]:
    """The cells of known columns; of two columns of one name the last."""
    row = {name: _plain(cell) for name, cell in zip(header, cells, strict=False)}
    kept = {name: cell for name, cell in row.items() if name in ASK_COLUMNS}
    if len(cells) > len(header):
        kept["_spare"] = "yes"
    return kept


def _plain(cell: str) -> str:
    """A cell without a mark and controls; a null is left, since a row with one is refused."""
    text = unmarked(cell)
    return (text if "\x00" in text else cleaned(text)).strip()


def _ask(row: dict[str, str], source: str, line: int, seen: dict[str, int]) -> Ask:
    if any("\x00" in cell for cell in row.values()):
        raise _RowFault("text", "the row holds a null character")
    if len(row.get("text", "")) + len(row.get("title", "")) > MOST_TEXT:
        raise _RowFault("text", f"title and text have more than {MOST_TEXT:,} characters")
    if row.get("_spare"):
        raise _RowFault("ask_id", "the row has more cells than the header; quote texts with commas")
    for column in ("ask_id", "from_body", "to_org_code"):
        if not row.get(column):
            raise _RowFault(column, "this cell is required and is blank")
    if not row.get("title") and not row.get("text"):
        raise _RowFault("text", "title and text are both blank")
    if row["ask_id"] in seen:
        raise _RowFault("ask_id", f"the same ask_id stands on line {seen[row['ask_id']]}")
    start, end = _day(row, "period_from"), _day(row, "period_to")
    if start and end and start > end:
        raise _RowFault("period_to", "the period ends before it begins")
    return Ask(
        ask_id=row["ask_id"],
        from_body=row["from_body"],
        to_org_code=row["to_org_code"],
        title=row.get("title", ""),
        text=row.get("text", ""),
        received_on=_day(row, "received_on"),
        due_on=_day(row, "due_on"),
        from_team=row.get("from_team") or None,
        to_org_name=row.get("to_org_name") or None,
        channel=row.get("channel") or None,
        period_from=start,
        period_to=end,
        frequency=(row.get("frequency") or "").lower() or None,
        hours_estimate=_hours(row),
        source=source,
        source_row=line,
    )


def _day(row: dict[str, str], column: str) -> date | None:
    if not (said := row.get(column)):
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(said[:10], form).date()
        except ValueError:
            continue
    raise _RowFault(column, "this is no date; write it as 2025-04-30")


def _hours(row: dict[str, str]) -> float | None:
    if not (said := row.get("hours_estimate")):
        return None
    try:
        hours = float(said)
    except ValueError:
        raise _RowFault("hours_estimate", "this is no number of hours") from None
    if not 0 <= hours < 10_000:
        raise _RowFault("hours_estimate", "hours are 0 or more, and below 10,000")
    return hours
