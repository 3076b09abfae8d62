"""Re-basings and targets from a user's CSV files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from remit.files.no_values import words_fault
from remit.files.numbers import number_in
from remit.model.errors import PublicationError
from remit.publications.files.table import RawTable, load
from remit.signals.changes import Rebase, Target
from remit.signals.dates import DATE_FORMS, read_day, year_fault
from remit.signals.own.asked import AskedColumns
from remit.signals.own.tables import ONE_SHEET, own_table
from remit.signals.own_file import columns_of

_ENDED = frozenset({"", "none", "no target", "-", "–"})
"""What stands in the place of a target that ends."""

_REMEDIES = {"reason": "say what changed in the process", "note": "say what happened"}


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A day with a text, for one series or (None) for all; ``where`` has file and line."""

    on: date
    text: str
    series: str | None
    where: str


def read_dated(path: Path, name: Literal["reason", "note"]) -> tuple[DatedLine, ...]:
    """Dated texts, one a line: ``date``, a column of texts and, where not for all, ``series``.

    Parameters
    ----------
    path
        A CSV file or a workbook.
    name
        How the column of texts is called: ``reason`` of a re-basing, ``note`` on a chart.

    Raises
    ------
    PublicationError
        If the file cannot be read, or a line has no date or no text.

    Examples
    --------
    ``read_dated(Path("notes.csv"), "note")[0].text``
    """
    out = []
    for line, (day, text, series) in _lines(path, "date", name):
        where = f"{path}, line {line}"
        if not text:
            raise PublicationError(f"{where}: the {name} is missing; {_REMEDIES[name]}")
        if fault := words_fault(text):
            raise PublicationError(f"{where}, {name}: {fault}")
        out.append(DatedLine(_day(path, line, day), text, series or None, where))
    return tuple(out)


def read_rebases(path: Path) -> tuple[Rebase, ...]:
    """Re-basings, one a line: ``date, reason`` and, where not for all, ``series``.

    Raises
    ------
    PublicationError
        If the file cannot be read, or a line has no date or no reason.
    """
    return tuple(Rebase(one.on, one.text, one.series) for one in read_dated(path, "reason"))


def read_targets(path: Path) -> tuple[Target, ...]:
    """Targets by date, one a line: ``date, target`` and, where not for all, ``series``.

    A blank target, or ``none``, ends it from that day on.

    Raises
    ------
    PublicationError
        If the file cannot be read, two lines give one day different targets, or a line has no
        date, or something else than a number.
    """
    out = []
    first: dict[tuple[date, str], tuple[int, str]] = {}
    for line, (day, target, name) in _lines(path, "date", "target"):
        value = None if target.lower() in _ENDED else _number(path, line, target)
        out.append(Target(value, _day(path, line, day), name or None))
        earlier, other = first.setdefault((out[-1].since, name), (line, target))
        if earlier != line and out[-1].value != next(
            one.value for one in out if (one.since, one.series or "") == (out[-1].since, name)
        ):
            raise PublicationError(
                f"{path}, lines {earlier} and {line}: two targets for one day, {other} and "
                f"{target}; leave one"
            )
    return tuple(out)


def _lines(path: Path, *needed: str) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """The line number and the cells of two columns and, where it is there, of ``series``."""
    table = own_table(load(path), AskedColumns(date="date"), several=ONE_SHEET).raw
    if table.damaged:
        worst = table.damaged[0]
        raise PublicationError(f"{path}, line {worst.line}: {worst.reason}")
    places = _places(table, needed)
    for line, row in zip(table.lines, table.rows, strict=True):
        first, second, name = (row[at].strip() if at is not None else "" for at in places)
        yield line, (first, second, name)


def _places(table: RawTable, needed: tuple[str, ...]) -> list[int | None]:
    places = columns_of(table, [*needed, "series"])
    for name, place in zip(needed, places, strict=False):
        if place is None:
            raise PublicationError(
                f"{table.file.path}, line 1: there is no column {name!r}; the header has "
                f"{', '.join(table.header)}"
            )
    return places


def _day(path: Path, line: int, text: str) -> date:
    found = read_day(text)
    if found is None:
        raise PublicationError(
            f"{path}, line {line}: {text!r} is no date; write it as {DATE_FORMS}"
        )
    if fault := year_fault(found):
        raise PublicationError(f"{path}, line {line}: {text!r}: {fault}")
    return found


def _number(path: Path, line: int, text: str) -> float:
    number = number_in(text.removesuffix("%"))
    if number is None:
        raise PublicationError(
            f"{path}, line {line}: {text[:60]!r} is no number; a blank or “none” ends a target"
        )
    return number
