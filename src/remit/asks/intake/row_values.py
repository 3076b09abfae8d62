"""From the cells of one row to values; days and hours that cannot be read are left blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from remit.asks.intake.cells import TypedDay, TypedHours, day, hours
from remit.asks.intake.deadlines import due_in_cell
from remit.files.no_values import cell_fault

_TYPED = frozenset({"received_on", "due_on", "period_from", "period_to", "hours_estimate"})
"""Days and hours, which are left blank where they cannot be read; the ask is kept."""


class BadCell(ValueError):
    """A cell that cannot be read: its column, what stands there, and the reason."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason


def values_of(
    cells: Sequence[str], places: Mapping[str, int], width: int, said: list[str]
) -> tuple[dict[str, Any], list[BadCell]]:
    """The values of a row, and its days and hours that cannot be read, which are left blank.

    Parameters
    ----------
    cells
        The row.
    places
        A column of asks → where it stands.
    width
        How many headings there are.
    said
        Takes what is to be told of how cells were read.

    Raises
    ------
    BadCell
        If something else cannot be read, without which a row is no ask that can be known again.
    """
    if [cell for cell in cells[width:] if cell.strip()]:
        raise BadCell("", cells[width], "the row has more cells than the header")
    values: dict[str, Any] = {}
    unread: list[BadCell] = []
    for column in sorted(places, key=lambda name: name != "received_on"):
        place = places[column]
        text = cells[place].strip() if place < len(cells) else ""
        try:
            if fault := cell_fault(text):
                raise ValueError(fault)
            values[column] = _typed(column, text, values.get("received_on"), said)
        except ValueError as error:
            bad = BadCell(column, text, str(error))
            if column not in _TYPED:
                raise bad from None
            unread.append(bad)
            values[column] = None
    return values, unread


def _typed(column: str, text: str, received: date | None, said: list[str]) -> Any:
    if column not in _TYPED:
        return text
    read: TypedDay | TypedHours
    if column == "hours_estimate":
        read = hours(text)
    else:
        read = due(text, received) if column == "due_on" else day(text)
    value, note = read
    if note:
        said.append(f"{column}: {note}")
    return value


def due(text: str, received: date | None) -> TypedDay:
    """A day due as it stands in a cell: a day, or words that fix one from the day of receipt on.

    Raises
    ------
    ValueError
        If it is neither; the message says why.

    Examples
    --------
    >>> due("COP Thursday", date(2025, 6, 3))
    TypedDay(day=datetime.date(2025, 6, 5), note="'COP Thursday' was read as 2025-06-05")
    """
    try:
        return day(text, received)
    except ValueError as fault:
        said = due_in_cell(text, received)
        if said.day is None:
            raise ValueError(f"{fault} ({said.why})" if said.why else str(fault)) from None
        return TypedDay(said.day, said.note or f"{text!r} was read as {said.day}")
