"""Figures with decimal commas, as programs write them that part cells by semicolons."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_DECIMAL = re.compile(
    r"[+-]?[0-9]{1,3}(?:[.][0-9]{3})+,[0-9]+%?|[+-]?[0-9]*,(?:[0-9]{1,2}|[0-9]{4,})%?"
    # Before a comma that parts thousands stand no more than three digits, and no nought.
    r"|[+-]?(?:0[0-9]*|[0-9]{4,}),[0-9]{3}%?"
)
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:(?:,[0-9]{3})+[.][0-9]+|(?:,[0-9]{3}){2,})%?")
_EITHER = re.compile(r"[+-]?[0-9]{1,3},[0-9]{3}%?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[.][0-9]{3})+%?")
_POINT = re.compile(r"[+-]?[0-9]*[.][0-9]{1,2}%?")
DECIMALS = ("point", "comma")
"""What can stand before the decimals of a figure."""

_MIXED = "some figures have decimal commas and others decimal points; those with commas are refused"
POINTED = "the figures have decimal commas and were read so"
"""The note of a table whose commas are decimal ones, and whose points part thousands."""
_UNSURE = (
    "a comma in its figures may be a decimal one or part thousands, and nothing tells which; "
    "such figures are refused: save the file with commas between the cells"
)
ASKED = "(thousands or decimals?)"
"""What is put to a figure that is read as neither."""

Rows = Sequence[list[str]]


def with_points(rows: Rows, *, semicolons: bool = True) -> tuple[list[list[str]], str]:
    """Rows with decimal points where their figures have decimal commas, and a note that says so.

    A figure such as ``1,234`` is a thousand or one and a bit. Other figures of the table tell which
    (``67,5`` or ``1,234.5``). Where none does, a table with semicolons may come from a program that
    writes decimal commas, so that such a figure is marked and read as neither.

    Parameters
    ----------
    rows
        The cells.
    semicolons
        Whether these part the cells.

    Examples
    --------
    >>> with_points([["ZA1", "1.204,5"], ["ZA2", "1,234"]])[0]
    [['ZA1', '1204.5'], ['ZA2', '1.234']]
    """
    cells = [cell.strip() for row in rows for cell in row if "," in cell]
    has_thousands = any(map(_THOUSANDS.fullmatch, cells))
    if any(map(_DECIMAL.fullmatch, cells)):
        change, said = (_refused, _MIXED) if has_thousands else (_pointed, POINTED)
    elif semicolons and not has_thousands and any(map(_EITHER.fullmatch, cells)):
        change, said = _refused, _UNSURE
    else:
        return list(rows), ""
    return [_changed(row, change) for row in rows], said


def as_told(rows: Rows, decimals: str) -> tuple[list[list[str]], str]:
    """Rows with decimal points, where the user says what stands before the decimals.

    Under commas, ``1.490`` is a thousand and more; ``70.5`` is marked and read as neither.

    Examples
    --------
    >>> as_told([["1.490", "70,5", "70.5"]], "comma")[0]
    [['1490', '70.5', '70.5 (thousands or decimals?)']]
    """
    if decimals == "point":
        return list(rows), ""
    return [_changed(row, _by_commas) for row in rows], POINTED


def _by_commas(cell: str) -> str:
    plain = cell.strip()
    return f"{plain} {ASKED}" if _POINT.fullmatch(plain) else _pointed(cell)


def _changed(row: list[str], change: Callable[[str], str]) -> list[str]:
    return [change(cell) if "," in cell or "." in cell else cell for cell in row]


def _pointed(cell: str) -> str:
    plain = cell.strip()
    if _DECIMAL.fullmatch(plain) or _EITHER.fullmatch(plain):
        return plain.replace(".", "").replace(",", ".")
    return plain.replace(".", "") if _GROUPED.fullmatch(plain) else cell


def _refused(cell: str) -> str:
    plain = cell.strip()
    doubtful = _DECIMAL.fullmatch(plain) or _EITHER.fullmatch(plain)
    return f"{plain} {ASKED}" if doubtful else cell
