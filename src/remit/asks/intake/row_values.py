"""From the cells of one row to values; days and hours that cannot be read are left blank."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from remit.asks.intake.looks import known_value
from remit.asks.intake.typed_days import Span, TypedDay, day
from remit.asks.intake.typed_hours import TypedHours, Unit, hours
from remit.asks.intake.typed_periods import TypedPeriod, period
from remit.files.no_values import cell_fault

_SPANS: Mapping[str, Span] = {
    "received_on": "",
    "due_on": "last",
    "period_from": "first",
    "period_to": "last",
}
_TYPED = frozenset({*_SPANS, "hours_estimate", "period"})
"""Days and hours, which are left blank where they cannot be read; the ask is kept."""

_NEEDED = frozenset({"title", "text"})
_DITTO = re.compile(
    r"[\"'”“〃„]{1,2}|do\.?|ditto|as above|same(?: as above)?|-\s*\"\s*-", re.IGNORECASE
)
_MAY_BE_DITTO = frozenset({"from_body", "from_team", "to_org_code", "to_org_name", "channel",
                           "received_on", "due_on", "frequency"})  # fmt: skip


class BadCell(ValueError):
    """A cell that cannot be read: its column, what stands there, and the reason."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason


@dataclass(frozen=True, slots=True)
class ListColumns:
    """Where the columns of asks stand in a list, and how it writes days and hours."""

    places: Mapping[str, int]
    width: int
    """How many headings there are."""
    unit: Unit = "hours"
    month_first: bool = False


def values_of(
    cells: Sequence[str], columns: ListColumns, said: list[str]
) -> tuple[dict[str, Any], list[BadCell]]:
    """The values of a row, and its cells that cannot be read, which are left blank.

    Parameters
    ----------
    cells
        The row.
    columns
        Where its columns stand.
    said
        Takes what is to be told of how cells were read.

    Raises
    ------
    BadCell
        If the row is broken, or what is asked cannot be read.
    """
    if [cell for cell in cells[columns.width :] if cell.strip()]:
        raise BadCell("", cells[columns.width], "the row has more cells than the header")
    values: dict[str, Any] = {}
    unread: list[BadCell] = []
    for column in sorted(columns.places, key=lambda name: name != "received_on"):
        place = columns.places[column]
        text = cells[place].strip() if place < len(cells) else ""
        try:
            if fault := cell_fault(text):
                raise ValueError(fault)
            values[column] = _typed(column, text, columns, values.get("received_on"), said)
        except ValueError as error:
            unread.append(BadCell(column, text, str(error)))
            values[column] = None if column in _TYPED else ""
    _spread_period(values)
    faults = {bad.column: bad for bad in unread}
    if _NEEDED & set(faults) and not any(values.get(name) for name in _NEEDED):
        raise next(faults[name] for name in sorted(_NEEDED) if name in faults)
    return values, unread


def _spread_period(values: dict[str, Any]) -> None:
    """A period in one cell is its two days; columns of their own go before."""
    read: TypedPeriod | None = values.pop("period", None)
    if read is not None and not (values.get("period_from") or values.get("period_to")):
        values["period_from"], values["period_to"] = read.first, read.last


def with_what_stands_above(
    cells: list[str], above: Sequence[str], places: Mapping[str, int], said: list[str]
) -> list[str]:
    """A row in which ``"``, ``ditto`` and ``as above`` are what the row above says.

    Parameters
    ----------
    cells, above
        The row, and the one above it, of which the same is done.
    places
        Where its columns stand.
    said
        Takes what is to be told of it.
    """
    found = list(cells)
    for column, place in places.items():
        is_ditto = (
            column in _MAY_BE_DITTO
            and place < len(cells)
            and _DITTO.fullmatch(cells[place].strip())
        )
        if is_ditto and place < len(above) and above[place].strip():
            said.append(f"{column}: {cells[place].strip()!r} was read as what stands above it")
            found[place] = above[place]
    return found


def _typed(
    column: str, text: str, columns: ListColumns, received: date | None, said: list[str]
) -> Any:
    if column not in _TYPED:
        return known_value(column, text) or text
    if column == "period":
        found = period(text, month_first=columns.month_first)
        if found.note:
            said.append(f"period: {found.note}")
        return found
    read: TypedDay | TypedHours
    if column == "hours_estimate":
        read = hours(text, columns.unit)
    else:
        after = received if column == "due_on" else None
        read = day(text, after, span=_SPANS[column], month_first=columns.month_first)
    value, note = read
    if note:
        said.append(f"{column}: {note}")
    return value
