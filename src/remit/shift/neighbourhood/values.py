"""What stands in a cell of a return: a number, a mark, nothing, or what is rejected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from remit.files.no_values import cell_fault
from remit.files.numbers import number_in
from remit.files.sheet_xml import NOT_CALCULATED
from remit.model.neighbourhood import NeighbourhoodFile
from remit.shift.neighbourhood.returned import CellKind, CellStatus

_AS_TEXT = "a number written as text"
_NO_VALUE = "a formula of which the file has no value; what it would be is worked out anew"
_NOTHING = {"", "0"}
_BELOW = re.compile(r"[<≤]\s*(\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class JudgedCell:
    """What a cell is taken for."""

    status: CellStatus
    value: float | None = None
    note: str = ""
    shown: str = ""
    """What is told in place of the cell, where it is not to be passed on."""


def judged(written: Any, kind: CellKind, programme: NeighbourhoodFile) -> JudgedCell:
    """What a cell is taken for.

    Parameters
    ----------
    written
        What the library gives: text, a number, a day.
    kind
        Counts and cohorts are whole numbers, rates need not be.
    programme
        Its marks, and which numbers are small.

    Examples
    --------
    >>> judged("*", "count", load_programme()).status  # doctest: +SKIP
    'suppressed'
    """
    if isinstance(written, bool | date | time | timedelta):
        return JudgedCell("rejected", note="a number was expected")
    if isinstance(written, int | float):
        return _number(float(written), kind, programme, "")
    said = " ".join(str(written).split())
    return _mark(said, programme) or _text(said, kind, programme)


def _mark(said: str, programme: NeighbourhoodFile) -> JudgedCell | None:
    """What stands for a number: nothing, or a mark however it is written."""
    if not said:
        return JudgedCell("not_submitted")
    for mark in programme.marks:
        if said.replace(" ", "").casefold() == mark.mark.replace(" ", "").casefold():
            return JudgedCell(mark.status, note=mark.note)
    below = _BELOW.fullmatch(said)
    if below is not None and int(below[1]) <= programme.small:
        return JudgedCell("suppressed", note="the guide wants * for a suppressed number")
    return None


def _text(said: str, kind: CellKind, programme: NeighbourhoodFile) -> JudgedCell:
    if said == NOT_CALCULATED and kind != "count":
        return JudgedCell("not_submitted", note=_NO_VALUE)
    number = number_in(said)
    if number is None:
        return JudgedCell("rejected", note=cell_fault(said) or "this is no number and no mark")
    return _number(number, kind, programme, _AS_TEXT)


def _number(value: float, kind: CellKind, programme: NeighbourhoodFile, note: str) -> JudgedCell:
    if not value >= 0:
        return JudgedCell("rejected", note="the number is below nought")
    if kind == "rate":
        return JudgedCell("accepted", value, note)
    if not value.is_integer():
        return JudgedCell("rejected", note="a count is a whole number")
    if 0 < value < programme.small:
        note = f"a number below {programme.small} is to be written *"
        return JudgedCell("suppressed", note=note, shown=f"1 to {programme.small - 1}")
    return JudgedCell("accepted", value, note)


def shown_value(written: Any) -> str:
    """A cell as it is told: whole numbers without a point.

    >>> shown_value(12.0), shown_value(" * ")
    ('12', '*')
    """
    if isinstance(written, float) and written.is_integer():
        return str(int(written))
    return str(written).strip()


def is_nothing(written: Any) -> bool:
    """Whether a cell says nothing; a formula that points at a blank cell gives 0."""
    return shown_value(written) in _NOTHING or isinstance(written, time)
