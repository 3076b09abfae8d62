"""The log of a busy secretary, as it grows over half a year: all in it is fictional.

What is typed stands in ``secretary_log.csv``, and beside it what each row means: worked by hand
from the row, by a working day of 7.5 hours and the calendar of 2025. ``(merged)`` leaves a sender
to the merged cell above, ``(line)`` is a row that asks nothing, ``time`` a time of day.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

SPRING_HEAD = ("Ref", "Date rec’d", "Who from", "What they want", "Deadline", "Came via",
               "Hrs (est)", "Regular?", "RAG", "Exec lead")  # fmt: skip
SUMMER_HEAD = ("Who asked", "Received", "Subject line", "Needed by", "How it came in",
               "Effort (days)", "Who in the trust has it")  # fmt: skip
_MERGED, _LINE = "(merged)", "(line)"


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in a row of the log, by column, and what it means."""

    typed: dict[str, str]

    @property
    def is_ask(self) -> bool:
        return self.typed["received"] != _LINE

    @property
    def means(self) -> tuple[str, str, str, float | None]:
        """The day of receipt, the day due, the sender and the hours."""
        one = self.typed
        hours = float(one["is_hours"]) if one["is_hours"] else None
        return one["is_received"], one["is_due"], one["is_sender"], hours


def _rows() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    path = Path(__file__).with_suffix(".csv")
    with path.open(encoding="utf-8", newline="") as file:
        for typed in csv.DictReader(file):
            found.setdefault(typed["sheet"], []).append(Row(typed))
    return found


SHEETS = _rows()
ASKS = [row for rows in SHEETS.values() for row in rows if row.is_ask]


def write_log(path: Path) -> Path:
    """Write the log as a workbook of four sheets, of which one is hidden."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        clock = book.add_format({"num_format": "hh:mm"})
        spring, summer = (book.add_worksheet(name) for name in SHEETS)
        _spring(spring, SHEETS["Apr-Jun"], clock)
        _summer(summer, SHEETS["Jul onwards"])
        book.add_worksheet("Drop downs").write_column(0, 0, ["RAG", "R", "A", "G"])
        old = book.add_worksheet("2024 log")
        old.write_row(0, 0, SPRING_HEAD)
        old.hide()
    return path


def _spring(sheet: Any, rows: Sequence[Row], clock: Any) -> None:
    sheet.write(0, 0, "ZA1 LOG OF EXTERNAL REQUESTS 2025/26")
    sheet.write(1, 0, "Please add new lines at the bottom. Do NOT sort")
    sheet.write_row(3, 0, SPRING_HEAD)
    # The column of references is hidden.
    sheet.set_column(0, 0, None, None, {"hidden": True})
    for line, row in enumerate(rows, start=4):
        one, asked = row.typed, row.typed["asked"]
        if row.is_ask:
            for at, name in ((1, "received"), *enumerate(("asked", "due", "via", "hours"), 3)):
                _write(sheet, line, at, one[name], clock)
            sheet.write_row(line, 7, [one["regular"], "A"])
        elif asked.startswith("Total"):
            sheet.write_row(line, 3, ["Total", f"n = {asked.split()[1]}"])
        elif asked.startswith("Grand"):
            sheet.write(line, 3, asked)
            sheet.write_formula(line, 6, "=SUM(G5:G29)", None, 55.25)
        else:
            sheet.merge_range(line, 0, line, 9, asked)
    _senders(sheet, rows, 4, 2)


def _summer(sheet: Any, rows: Sequence[Row]) -> None:
    sheet.write(0, 0, "Continued from Apr-Jun")
    sheet.write_row(2, 0, SUMMER_HEAD)
    for line, row in enumerate(rows, start=3):
        if row.is_ask:
            for at, name in enumerate(("received", "asked", "due", "via", "hours"), start=1):
                _write(sheet, line, at, row.typed[name], None)
            sheet.write(line, 6, "ops")
        else:
            sheet.write(line, 2, row.typed["asked"])
    _senders(sheet, rows, 3, 0)


def _senders(sheet: Any, rows: Sequence[Row], top: int, column: int) -> None:
    """Write each sender, in a cell that is merged over the rows below that leave it out."""
    for at, row in enumerate(rows):
        sender, last = row.typed["sender"], at
        while last + 1 < len(rows) and rows[last + 1].typed["sender"] == _MERGED:
            last += 1
        if sender != _MERGED and last > at:
            sheet.merge_range(top + at, column, top + last, column, sender)
        elif sender not in {_MERGED, ""}:
            sheet.write_string(top + at, column, sender)


def _write(sheet: Any, line: int, at: int, text: str, clock: Any) -> None:
    """A cell as Excel has it: a date, a time of day, a number, or what was typed."""
    kind, _, rest = text.partition(" ")
    if kind == "time":
        sheet.write(line, at, time.fromisoformat(rest), clock)
    elif len(text) == len("2025-04-02") and text[:4] == "2025":
        sheet.write(line, at, date.fromisoformat(text))
    elif text.replace(".", "", 1).isdecimal() and text.isascii():
        sheet.write_number(line, at, float(text))
    else:
        sheet.write_string(line, at, text)
