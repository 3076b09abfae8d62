"""What the cells of a column look like: whether they fit a guess, and what they are without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import median

from remit.asks.intake.headings import folded, is_aside, load_columns
from remit.asks.intake.typed_days import day
from remit.asks.intake.typed_hours import hours
from remit.asks.intake.typed_periods import period
from remit.files.no_values import cell_fault
from remit.register import load_register

DAYS = ("received_on", "due_on", "period_from", "period_to")
_RECIPIENT = frozenset({"to_org_code", "to_org_name"})
_WORDS = frozenset({"title", "text"})
_LOOKED_AT = 60
"""Filled cells of a column; more say no more of it."""
_HARDLY, _HALF, _MOST, _SURE = 0.2, 0.5, 0.7, 0.9
_FEW_WORDS = 6
_ANY_DAY = date(2025, 1, 1)
"""A day of receipt for telling whether ``13 June`` is a day at all."""

Knows = Callable[[str], bool]
"""Whether a cell names a body that asks."""


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """The filled cells of a column, each with its row, as far as they are looked at."""

    cells: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]], place: int) -> ColumnLook:
        """The look of the column at a place."""
        found: list[tuple[int, str]] = []
        for number, row in enumerate(rows):
            text = row[place].strip() if place < len(row) else ""
            if text and not cell_fault(text):
                found.append((number, text))
                if len(found) == _LOOKED_AT:
                    break
        return cls(tuple(found))

    def share(self, holds: Callable[[str], bool]) -> float:
        """The share of its cells of which something holds; 0 where there is none."""
        return sum(holds(text) for _, text in self.cells) / len(self.cells) if self.cells else 0.0

    @property
    def days(self) -> dict[int, date]:
        """Row → day, where one can be read."""
        return {number: found for number, text in self.cells if (found := _day_in(text))}

    @property
    def is_mostly_days(self) -> bool:
        """Whether most of what stands there are days."""
        return self.share(_is_day) >= _MOST

    @property
    def is_mostly_words(self) -> bool:
        """Whether most of what stands there begins with a letter and is no day."""
        return self.share(lambda text: text[0].isalpha() and not _is_day(text)) >= _MOST

    def fits(self, column: str, asks: Knows, *, is_whole: bool) -> bool:
        """Whether a heading's guess can be right; a blank column contradicts nothing.

        Parameters
        ----------
        column
            The column of asks that the heading points to.
        asks
            Whether a cell names a body that asks: below a heading such as ``Organisation`` it is
            the sender, and no recipient.
        is_whole
            Whether the heading is declared as a whole: then a column of days or hours may hold
            mostly what cannot be read, which is told cell by cell.
        """
        if not self.cells:
            return True
        if column in DAYS:
            return is_whole or self.share(_is_day) >= _HALF
        if column == "period":
            return is_whole or self.share(_is_period) >= _HALF
        if column == "hours_estimate":
            return is_whole or self.share(_is_hours) >= _HALF
        if column in load_columns().values and not is_whole:
            return self.share(lambda text: known_value(column, text) is not None) >= _HALF
        against: list[Knows] = [_is_day]
        if column in _RECIPIENT:
            against.append(asks)
        if column in _WORDS and not is_whole:
            against.append(_is_number)
        return all(self.share(one) < _HALF for one in against)


def known_value(column: str, text: str) -> str | None:
    """What a value is kept as, where people are known to write it so.

    >>> known_value("channel", "E-Mail"), known_value("frequency", "Y"), known_value("channel", "x")
    ('email', 'regular', None)
    """
    return _values(column).get(folded(text))


def by_look(
    looks: Mapping[str, ColumnLook], found: Mapping[str, ColumnLook], knows: Knows
) -> dict[str, str]:
    """Heading → column, of columns whose headings say nothing, as far as their cells are telling.

    Parameters
    ----------
    looks
        The headings that are no column yet, with what stands below them.
    found
        The columns that there are already, with theirs.
    knows
        Whether a cell names a body that asks.
    """
    left = {name: one for name, one in looks.items() if one.cells and not is_aside(name)}
    guessed = _days_among(left, found)
    for column in _BY_LOOK:
        if column in found:
            continue
        tells = _telling(column, knows)
        open_yet = [(tells(one), name) for name, one in left.items() if name not in guessed]
        share, name = max(open_yet, key=lambda pair: pair[0], default=(0.0, ""))
        if share >= _MOST:
            guessed[name] = column
    return guessed


_BY_LOOK = ("channel", "frequency", "from_body", "to_org_code", "hours_estimate")


def better_sender(now: ColumnLook, left: Mapping[str, ColumnLook], asks: Knows) -> str | None:
    """The column of bodies that ask, where the one that is headed as theirs holds hardly any.

    ``Requestor`` may hold persons, and the body stand beside them below ``Organisation``.

    Parameters
    ----------
    now
        The column that is taken for that of the senders.
    left
        Those that are no column yet.
    asks
        Whether a cell names a body that asks.
    """
    if not now.cells or now.share(asks) > _HARDLY:
        return None
    shares = {name: one.share(lambda text: _is_short(text) and asks(text))
              for name, one in left.items() if not is_aside(name)}  # fmt: skip
    best = max(shares, key=lambda name: shares[name], default=None)
    return best if best is not None and shares[best] >= _MOST else None


def longest(looks: Mapping[str, ColumnLook]) -> str | None:
    """The heading of the column with the most words, which may say what is asked."""
    words = {
        name: sum(len(text.split()) for _, text in one.cells) / len(one.cells)
        for name, one in looks.items()
        if one.cells and one.share(_is_day) < _HALF and not is_aside(name)
    }
    best = max(words, key=lambda name: words[name], default=None)
    return best if best is not None and words[best] >= 2 else None


def _days_among(left: Mapping[str, ColumnLook], found: Mapping[str, ColumnLook]) -> dict[str, str]:
    """Columns of days: of two the one with the earlier days is that of receipt.

    Beside a column of receipt, one whose days do not lie before it is that of the days due.
    """
    days = {name: one.days for name, one in left.items() if one.share(_is_day) >= _MOST}
    by_day = sorted(days, key=lambda name: median(d.toordinal() for d in days[name].values()))
    if "received_on" not in found:
        kept = by_day[: 1 if "due_on" in found else 2]
        return dict(zip(kept, ("received_on", "due_on"), strict=False))
    received = found["received_on"].days
    for name in by_day if "due_on" not in found else ():
        both = [(days[name][row], received[row]) for row in days[name].keys() & received]
        if both and sum(due >= came for due, came in both) >= _SURE * len(both):
            return {name: "due_on"}
    return {}


def _telling(column: str, knows: Knows) -> Callable[[ColumnLook], float]:
    if column == "from_body":
        return lambda one: one.share(lambda text: _is_short(text) and knows(text))
    if column == "to_org_code":
        return lambda one: one.share(_is_provider)
    if column == "hours_estimate":
        return _of_hours
    return lambda one: one.share(lambda text: known_value(column, text) is not None)


def _of_hours(one: ColumnLook) -> float:
    """Hours only where a unit stands beside some: bare numbers may count anything."""
    has_unit = any(not text.replace(".", "").isdigit() for _, text in one.cells)
    return one.share(_is_hours) if has_unit else 0.0


def _is_short(text: str) -> bool:
    return len(text.split()) <= _FEW_WORDS


def _is_provider(text: str) -> bool:
    found = load_register().find(text.upper())
    return found is not None and found.type == "trust"


def _is_day(text: str) -> bool:
    return _day_in(text) is not None


def _day_in(text: str) -> date | None:
    for month_first in (False, True):
        try:
            return day(text, _ANY_DAY, month_first=month_first).day
        except ValueError:
            continue
    return None


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).isdecimal()


def _is_hours(text: str) -> bool:
    try:
        return hours(text).hours is not None
    except ValueError:
        return False


def _is_period(text: str) -> bool:
    try:
        return period(text).first is not None
    except ValueError:
        return False


@cache
def _values(column: str) -> dict[str, str]:
    declared = load_columns().values.get(column, {})
    return {folded(text): kept for kept, written in declared.items() for text in written}
