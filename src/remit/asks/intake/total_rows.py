"""Rows of a list that ask nothing of anybody: sums, headings of a part, the header once more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from remit.asks.intake.headings import folded
from remit.asks.intake.typed_hours import Unit, hours
from remit.files.formulas import is_formula
from remit.files.no_values import cell_fault
from remit.model.asked_period import month_written
from remit.model.period import parse_period

_OF = (
    r"(?:asks?|requests?|hours|hrs|time|effort|days|mins|minutes|items|rows|returns|entries"
    r"|of (?:hours|hrs|requests|asks)|to date|ytd|so far|no\.?|number|count|estimated|est\.?|all"
    r"|in (?:hours|hrs|days)|carried forward|brought forward|c/f|b/f)"
)
_TOTAL = re.compile(
    rf"(?:(?:grand|overall|sub|running|monthly|weekly|quarterly|annual|yearly|cumulative|page|{_OF})"
    rf"[- ]?)*(?:totals?|sum|ytd|overall|average|mean|median|avg)(?:[ (:-]+{_OF})*[\s):.=]*"
    rf"|n ?= ?\d+|count(?: of .{{1,30}}| ?[:=] ?\d+)?:?|(?:no\.?|number) of {_OF}[\s:=]*\d*"
    rf"|(?:(?:grand|sub|overall)[- ]?)?total(?:[ ]{_OF})*[\s:=-]+[\d.,]+\s*{_OF}?"
    rf"|(?:\d+ )?{_OF} (?:in )?total|\d+ (?:asks?|requests?|items|rows|entries)|σ",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?:(?:sub|\w+)[- ]?)?\btotals?\b|(?:sub)?totals?\b|sum\b", re.IGNORECASE)
_MARKS = " *_"
"""What people set about a word so that it is seen."""
_LONGEST_LABEL, _SHORTEST_WORDS = 6, 5
_WEEK = re.compile(r"(?:w/?[ceb]|week (?:commencing|ending|beginning|\d{1,2}))\b.*", re.IGNORECASE)
_HAIR = 0.01


class Sums:
    """What the asks of a list come to, so far and since the last total."""

    def __init__(self) -> None:
        self._all = self._part = 0.0
        self._asks = self._asks_of_part = 0

    def add(self, found: float | None) -> None:
        """One more ask, with its hours."""
        self._all += found or 0
        self._part += found or 0
        self._asks += 1
        self._asks_of_part += 1

    def begin_part(self) -> None:
        """A total was met: what follows is a part of its own."""
        self._part, self._asks_of_part = 0.0, 0

    def come_to(self, found: float) -> bool:
        """Whether hours are the sum of those above."""
        return found > 0 and any(abs(found - one) < _HAIR for one in (self._all, self._part))

    def count(self, found: float) -> bool:
        """Whether a number is how many asks stand above."""
        return found in (self._asks, self._asks_of_part) and found > 0


def is_total(
    cells: Sequence[str], place_of_hours: int | None, sums: Sums, unit: Unit = "hours"
) -> bool:
    """Whether a row is a total of those above it.

    Its only words are ``Total`` or the like; or they begin so, beside the sum of the hours above;
    or it has nothing but such a sum, or how many asks there are.

    Parameters
    ----------
    cells
        The row.
    place_of_hours
        Where the hours stand.
    sums
        What the asks above come to.
    unit
        What the column of hours counts.

    Examples
    --------
    >>> sums = Sums()
    >>> sums.add(6.5)
    >>> is_total(["", "Grand total", "6.5"], 2, sums), is_total(["", "Total waits", "1"], 2, sums)
    (True, False)
    """
    said = {at: " ".join(cell.split()).strip(_MARKS) for at, cell in enumerate(cells)}
    said = {at: text for at, text in said.items() if text and not is_formula(text)}
    if any(_is_plainly_words(text) for at, text in said.items() if at != place_of_hours):
        return False
    said = {at: text for at, text in said.items() if not cell_fault(text)}
    figures = {at: _figure(text, unit, is_hours=at == place_of_hours) for at, text in said.items()}
    words = [text for at, text in said.items() if figures[at] is None]
    if words and all(map(_TOTAL.fullmatch, words)):
        return True
    in_hours = figures.get(place_of_hours) if place_of_hours is not None else None
    is_sum = in_hours is not None and sums.come_to(in_hours)
    if words:
        return is_sum and len(words) == 1 and _is_label(words[0])
    others = [one for at, one in figures.items() if at != place_of_hours and one is not None]
    return (is_sum or (in_hours is None and len(others) == 1)) and all(map(sums.count, others))


def is_heading_of_part(cells: Sequence[str], *, is_across: bool) -> bool:
    """Whether a row heads a part of a list: ``June 2025`` alone, or words merged across it.

    >>> is_heading_of_part(["", "June 2025"], is_across=False)
    True
    """
    said = [" ".join(cell.split()) for cell in cells if cell.strip()]
    if len(said) != 1:
        return False
    return is_across or bool(_WEEK.fullmatch(said[0])) or _is_period(said[0])


def is_header_again(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row repeats the headings, as a printed page or a second table does.

    >>> is_header_again(["Date", "From", ""], ["Date", "From", "Notes"])
    True
    """
    said = [(folded(cell), folded(name)) for cell, name in zip(cells, header, strict=False)]
    filled = [cell == name for cell, name in said if cell]
    return len(filled) >= 2 and all(filled)


def _is_plainly_words(text: str) -> bool:
    """Whether a cell can belong to no total, as of most rows some can: told without reading it."""
    is_figure = not text[0].isalpha() or len(text) <= _SHORTEST_WORDS
    return not (is_figure or _BEGINS.match(text) or _TOTAL.fullmatch(text))


def _is_label(text: str) -> bool:
    return bool(_BEGINS.match(text)) and len(text.split()) <= _LONGEST_LABEL


def _is_period(text: str) -> bool:
    try:
        return bool(month_written(text) or parse_period(text))
    except ValueError:
        return False


def _figure(text: str, unit: Unit, *, is_hours: bool) -> float | None:
    """The number in a cell; a cell of the column of hours as hours."""
    try:
        if found := hours(text, unit if is_hours else "hours").hours:
            return found
    except ValueError:
        pass
    bare = text.replace(",", "")
    return float(bare) if bare.replace(".", "", 1).isdecimal() and bare.isascii() else None
