"""Months across the top of a table: where they stand, and the years that stand above them."""

from __future__ import annotations

import re
from calendar import month_abbr
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from remit.model.period import year_of
from remit.signals.dates import Order, read_day
from remit.signals.own.columns import is_figure, is_mark, month_number

_FEWEST, _FEWEST_NUMBERS = 2, 3
_LOOKED_AT = 20
_SHORT = 24
_QUARTER = re.compile(r"q[1-4]", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?:\s*[/–-]\s*(\d{4}|\d\d))?(?!\d)")
_WHOLE_YEAR = re.compile(
    r"(?:fy|financial year|year)?\s*\d{4}(?:[/-](?:\d{4}|\d\d))?", re.IGNORECASE
)


_READINGS = (Order(), Order(month_first=True), Order(year_month=True))


class NoYears(ValueError):
    """Months stand across the top, and nothing says of which year."""


@dataclass(frozen=True, slots=True)
class Across:
    """The header of a wide table.

    Attributes
    ----------
    index
        Where its last row stands among the rows that were looked through.
    header
        The names of all columns, those of months with their year.
    places
        The columns of months, or of weeks, quarters, years.
    """

    index: int
    header: tuple[str, ...]
    places: tuple[int, ...]


def across_in(rows: Sequence[Sequence[str]], index: int) -> Across | None:
    """The months of a row, or of a row under one of years; None where there are none.

    Parameters
    ----------
    rows
        The first rows of a table, as tidied text.
    index
        Which of them could be the header.

    Raises
    ------
    NoYears
        If there are months without years.

    Examples
    --------
    >>> across_in([["Trust", "Jan-24", "Feb-24", "Total"], ["Elm", "1", "2", "3"]], 0).places
    (1, 2)
    """
    row = rows[index]
    if index + 1 < len(rows) and (below := _under_years(row, rows[index + 1])):
        found = Across(index + 1, *below)
    elif _bare_in(row) and _has_figures(rows[index + 1 :], _bare_in(row)):
        raise NoYears
    else:
        found = Across(index, tuple(row), _of_one_kind(row))
    names = [found.header[place] for place in found.places]
    if len(names) < _FEWEST or (all(map(is_figure, names)) and not _in_step(names)):
        return None
    if not _has_figures(rows[found.index + 1 :], found.places):
        return None
    return found


def _in_step(names: Sequence[str]) -> bool:
    """Whether plain numbers are dates: three or more in order, of one day in the month."""
    days = [read_day(name) for name in names]
    whole = [day for day in days if day is not None]
    in_order = whole in (sorted(whole), sorted(whole, reverse=True))
    return len(whole) >= _FEWEST_NUMBERS and in_order and len({day.day for day in whole}) == 1


def could_be_day(name: str) -> bool:
    """Whether a name is a date or a period, whichever way it can be read."""
    return any(read_day(name, order) is not None for order in _READINGS)


def _of_one_kind(row: Sequence[str]) -> tuple[int, ...]:
    """The cells that are periods of the kind of most; a year among months is a sum."""
    kinds = {place: _kind(cell) for place, cell in enumerate(row) if could_be_day(cell)}
    if not kinds:
        return ()
    most = Counter(kinds.values()).most_common(1)[0][0]
    return tuple(place for place, kind in kinds.items() if kind == most)


def _kind(cell: str) -> str:
    if _WHOLE_YEAR.fullmatch(cell):
        return "year"
    return "quarter" if re.search(r"\bq[1-4]\b", cell, re.IGNORECASE) else "day"


def _bare_in(row: Sequence[str]) -> tuple[int, ...]:
    """Cells that name a month or a quarter and no year, if there are some."""
    found = tuple(place for place, cell in enumerate(row) if _is_bare(cell))
    return found if len(found) >= _FEWEST else ()


def _under_years(
    above: Sequence[str], row: Sequence[str]
) -> tuple[tuple[str, ...], tuple[int, ...]] | None:
    """Names and places of months under years; a year holds until the next, as merged cells do."""
    bare = _bare_in(row)
    years = {
        place: found for place, cell in enumerate(above)
        if len(cell) <= _SHORT and (found := _YEAR.search(cell))
    }  # fmt: skip
    if not bare or not years or min(years) > bare[0]:
        return None
    header = [
        cell or (above[place] if place < len(above) else "") for place, cell in enumerate(row)
    ]
    for place in bare:
        header[place] = month_of(row[place], above[max(p for p in years if p <= place)])
    return tuple(header), bare


def _is_bare(cell: str) -> bool:
    """Whether a cell names a month or a quarter and no year."""
    return bool(_QUARTER.fullmatch(cell)) or (
        not is_figure(cell) and month_number(cell) is not None
    )


def month_of(name: str, year: str) -> str:
    """A month or a quarter with its year, which may be a financial one.

    >>> month_of("Feb", "2024/25"), month_of("Feb", "2024"), month_of("Q1", "2024-25")
    ('Feb 2025', 'Feb 2024', 'Q1 2024/25')
    """
    found, number = _YEAR.search(year), month_number(name)
    if found is None:
        return f"{name} {year}"
    first, tail = int(found[1]), found[2]
    financial = bool(tail) and year_of(tail) == first + 1
    if number is None:
        return f"{name} {first}/{(first + 1) % 100:02d}" if financial else f"{name} {first}"
    return f"{month_abbr[number]} {first + (financial and number < 4)}"


def _has_figures(rows: Sequence[Sequence[str]], places: Sequence[int]) -> bool:
    """Whether there are figures, or marks in their stead, under some cells, and few words."""
    cells = [row[p] for row in rows[:_LOOKED_AT] for p in places if p < len(row) and row[p]]
    figures = sum(1 for cell in cells if is_figure(cell) or is_mark(cell))
    return figures * 2 > len(cells)
