"""Re-basings and targets from a user's CSV files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

from remit.files.no_values import words_fault
from remit.files.numbers import number_in
from remit.model.errors import PublicationError
from remit.publications.files.table import RawTable, load
from remit.signals.changes import Rebase, Target
from remit.signals.dates import no_date, read_day, year_fault
from remit.signals.line_faults import LineFault, faults_in_words, taken_once
from remit.signals.own.asked import AskedColumns
from remit.signals.own.tables import ONE_SHEET, own_table
from remit.signals.own_file import columns_of

Cells = tuple[str, str, str]
"""The day, what is said of it, and the series."""

_ENDED = frozenset({"", "none", "no target", "-", "–"})
"""What stands in the place of a target that ends."""

_REMEDIES = {"reason": "say what changed in the process", "note": "say what happened"}


_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A day with a text, for one series or (None) for all, and the line where it stands."""

    on: date
    text: str
    series: str | None
    line: int


def read_dated(
    path: Path, name: Literal["reason", "note"], made: Callable[[DatedLine], _Made]
) -> tuple[tuple[int, _Made], ...]:
    """Dated texts, one a line: ``date``, a column of texts and, where not for all, ``series``.

    Parameters
    ----------
    path
        A CSV file or a workbook.
    name
        How the column of texts is called: ``reason`` of a re-basing, ``note`` on a chart.
    made
        What is made of a line; where it cannot be, a ``LineFault`` says why.

    Returns
    -------
    tuple
        What was made, with the number of its line.

    Raises
    ------
    PublicationError
        If the file cannot be read, or lines have no date or no text; all of them are named.

    Examples
    --------
    ``read_dated(Path("notes.csv"), "note", lambda line: line.text)[0]``
    """

    def dated(line: int, cells: Cells) -> _Made:
        return made(_dated(line, cells, name))

    return _each(path, ("date", name), dated)


def _dated(line: int, cells: Cells, name: Literal["reason", "note"]) -> DatedLine:
    day, text, series = cells
    if not text:
        raise LineFault(f"the {name} is missing; {_REMEDIES[name]}")
    if fault := words_fault(text):
        raise LineFault(fault, name)
    return DatedLine(_day(day), text, series or None, line)


def read_rebases(path: Path, tell: Callable[[str], object] | None = None) -> tuple[Rebase, ...]:
    """Re-basings, one a line: ``date, reason`` and, where not for all, ``series``.

    Parameters
    ----------
    path
        A CSV file or a workbook.
    tell
        Is told of each line that repeats another; it is taken once.

    Raises
    ------
    PublicationError
        If the file cannot be read, or lines have no date or no reason; all of them are named.

    Examples
    --------
    ``read_rebases(Path("rebase.csv"), print)``
    """
    found = read_dated(path, "reason", lambda one: Rebase(one.on, one.text, one.series))
    rebases, notes = taken_once(path.name, found)
    if tell:
        for note in notes:
            tell(note)
    return rebases


def read_targets(path: Path) -> tuple[Target, ...]:
    """Targets by date, one a line: ``date, target`` and, where not for all, ``series``.

    A blank target, or ``none``, ends it from that day on.

    Raises
    ------
    PublicationError
        If the file cannot be read, two lines give one day different targets, or lines have no
        date, or something else than a number; all of them are named.
    """
    first: dict[tuple[date, str], tuple[int, str, float | None]] = {}

    def target(line: int, cells: Cells) -> Target:
        day, text, name = cells
        made = Target(_target(text), _day(day), name or None)
        earlier, other, value = first.setdefault((made.since, name), (line, text, made.value))
        if value != made.value:
            raise LineFault(
                f"lines {earlier} and {line}: two targets for one day, {other} and {text}; "
                "leave one"
            )
        return made

    return tuple(made for _, made in _each(path, ("date", "target"), target))


def _each(
    path: Path, needed: tuple[str, str], made: Callable[[int, Cells], _Made]
) -> tuple[tuple[int, _Made], ...]:
    """What is made of each line.

    Raises
    ------
    PublicationError
        With all lines of which nothing can be made.
    """
    table = own_table(load(path), AskedColumns(date="date"), several=ONE_SHEET).raw
    places = _places(table, needed)
    faults = [(worst.line, LineFault(worst.reason)) for worst in table.damaged]
    found = []
    for line, row in zip(table.lines, table.rows, strict=True):
        first, second, name = (row[at].strip() if at is not None else "" for at in places)
        try:
            found.append((line, made(line, (first, second, name))))
        except LineFault as fault:
            faults.append((line, fault))
    if faults:
        raise PublicationError(faults_in_words(path, faults))
    return tuple(found)


def _places(table: RawTable, needed: tuple[str, ...]) -> list[int | None]:
    places = columns_of(table, [*needed, "series"])
    for name, place in zip(needed, places, strict=False):
        if place is None:
            raise PublicationError(
                f"{table.file.path}, line 1: there is no column {name!r}; the header has "
                f"{', '.join(table.header)}"
            )
    return places


def _day(text: str) -> date:
    found = read_day(text)
    if found is None:
        raise LineFault(no_date(text))
    if fault := year_fault(found):
        raise LineFault(f"{text!r}: {fault}")
    return found


def _target(text: str) -> float | None:
    if text.lower() in _ENDED:
        return None
    number = number_in(text.removesuffix("%"))
    if number is None:
        raise LineFault(f"{text[:60]!r} is no number; a blank or “none” ends a target")
    return number
