"""What a cell says: a figure, a mark such as ``*``, or nothing that can be read.

All functions work on whole columns (polars expressions).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from remit.model.observation import Status

_GROUPED = r"^[+-]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?$"
_NUMBER = r"^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?$"
_WORDS = {"yes": "1", "y": "1", "true": "1", "no": "0", "n": "0", "false": "0"}

# What a published result can be, by unit: the lowest and highest value, and whole numbers only.
_LIMITS: dict[str, tuple[float, float, bool]] = {
    "score": (1, 4, False),
    "segment": (1, 5, True),
    "flag": (0, 1, True),
    "rank": (1, 10_000, False),
}


@dataclass(frozen=True, slots=True)
class FigureColumns:
    """Expressions of a figure column: its value, its status, and whether it can be read."""

    value: pl.Expr
    status: pl.Expr
    readable: pl.Expr


def tidy(column: str) -> pl.Expr:
    """A text column without outer blanks (non-breaking ones included)."""
    return pl.col(column).str.replace_all("\u00a0", " ").str.strip_chars()


def figure(column: str, marks: Mapping[str, Status]) -> FigureColumns:
    """Read a tidied text column as figures.

    Thousands separators and one trailing percent sign are allowed; a minus may be typographic.
    A mark (compared without case) gives the status that the publication declares for it.
    """
    text = pl.col(column).str.replace("−", "-")
    mark = text.str.to_lowercase().replace_strict(
        {written.lower(): str(status.value) for written, status in marks.items()},
        default=None,
        return_dtype=pl.String,
    )
    plain = _plain_number(text)
    number = plain.cast(pl.Float64, strict=False)
    ok = mark.is_not_null() | (plain.str.contains(_NUMBER) & number.is_finite())
    value = pl.when(mark.is_null()).then(number)
    return FigureColumns(value, mark.fill_null(Status.REPORTED.value), ok.fill_null(value=False))


def yes_no(column: str) -> pl.Expr:
    """A text column with Yes and No (any case) as 1 and 0; other texts as they are."""
    folded = pl.col(column).str.to_lowercase()
    return folded.replace_strict(_WORDS, default=pl.col(column), return_dtype=pl.String)


def _plain_number(text: pl.Expr) -> pl.Expr:
    bare = text.str.strip_suffix("%").str.strip_chars()
    grouped = bare.str.contains(_GROUPED)
    return pl.when(grouped).then(bare.str.replace_all(",", "")).otherwise(bare)


def out_of_range(unit: pl.Expr, value: pl.Expr) -> pl.Expr:
    """Whether a figure cannot be one of its unit (a score beyond 1 to 4, a half segment)."""
    impossible = pl.lit(value=False)
    for name, (low, high, whole) in _LIMITS.items():
        outside = (value < low) | (value > high)
        if whole:
            outside = outside | (value != value.floor())
        impossible = impossible | ((unit == name) & outside)
    return impossible.fill_null(value=False)


def limits_in_words() -> dict[str, str]:
    """For each unit with limits, what a figure in it must be."""
    return {
        unit: f"a {unit} must be {'a whole number ' if whole else ''}from {low:g} to {high:g}"
        for unit, (low, high, whole) in _LIMITS.items()
    }
