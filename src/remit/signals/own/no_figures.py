"""Why a cell is no figure, and what makes it one."""

from __future__ import annotations

from remit.publications.files.decimal_commas import ASKED
from remit.signals.own.columns import MARKS, is_mark

EITHER = "may part thousands or decimals; say --decimals comma or --decimals point"
_SMALL = MARKS["<5"]


def stands_for_figure(cell: str) -> bool:
    """Whether a cell has digits, or a mark in place of a figure.

    >>> stands_for_figure("12 mins"), stands_for_figure("n/a"), stands_for_figure("Elm")
    (True, True, False)
    """
    return is_mark(cell) or any(sign.isdigit() for sign in cell)


def unasked(cell: str) -> str:
    """A cell as it stands in the file, without what the reader of its commas put to it."""
    return cell.removesuffix(ASKED).strip()


def why_no_figure(cell: str) -> str:
    """Why a cell is no figure, as the end of a sentence.

    >>> why_no_figure("n/a"), why_no_figure("12 mins")
    ('is not available', 'is no figure; write figures alone, such as 1234.5')
    """
    if cell.endswith(ASKED):
        return EITHER
    if is_mark(cell):
        return f"is {MARKS.get(cell.lower(), _SMALL)}"
    return "is no figure; write figures alone, such as 1234.5"
