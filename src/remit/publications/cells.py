"""What a cell says: a figure, a mark such as ``*``, or nothing that can be read.

All functions work on whole columns (polars expressions).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf

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
    "count": (0, inf, False),
}


def tidy(column: str) -> pl.Expr:
    """A text column without outer blanks (non-breaking ones included)."""
    return pl.col(column).str.replace_all("\u00a0", " ").str.strip_chars()


def with_figures(
    frame: pl.DataFrame, columns: Mapping[str, str], marks: Mapping[str, Status]
) -> pl.DataFrame:
    """Read tidied text columns as figures.

    Thousands separators and one trailing percent sign are allowed; a minus may be typographic.
    A mark (compared without case) gives the status that the publication declares for it.

    Parameters
    ----------
    frame
        The frame that holds the columns.
    columns
        The name of a figure → the text column that it stands in.
    marks
        What stands in a cell instead of a figure → what it means.

    Returns
    -------
    polars.DataFrame
        The frame with ``<name>_value``, ``<name>_status`` and ``<name>_readable`` for each name
        (and, for their making, ``<name>_mark`` and ``<name>_plain``).
    """
    meaning = {written.lower(): str(status.value) for written, status in marks.items()}
    # In two steps, for polars would work the parts out anew for each column that is made of them.
    parts = [part for name, column in columns.items() for part in _parts(name, column, meaning)]
    figures = [figure for name in columns for figure in _figure(name)]
    return frame.with_columns(parts).with_columns(figures)


def _parts(name: str, column: str, meaning: Mapping[str, str]) -> Iterator[pl.Expr]:
    text = pl.col(column).str.replace("−", "-")
    mark = text.str.to_lowercase().replace_strict(meaning, default=None, return_dtype=pl.String)
    yield mark.alias(f"{name}_mark")
    yield _plain_number(text).alias(f"{name}_plain")


def _figure(name: str) -> Iterator[pl.Expr]:
    mark, plain = pl.col(f"{name}_mark"), pl.col(f"{name}_plain")
    number = plain.cast(pl.Float64, strict=False)
    readable = mark.is_not_null() | (plain.str.contains(_NUMBER) & number.is_finite())
    yield pl.when(mark.is_null()).then(number).alias(f"{name}_value")
    yield mark.fill_null(Status.REPORTED.value).alias(f"{name}_status")
    yield readable.fill_null(value=False).alias(f"{name}_readable")


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
    said = {
        unit: f"a {unit} must be {'a whole number ' if whole else ''}from {low:g} to {high:g}"
        for unit, (low, high, whole) in _LIMITS.items()
    }
    return said | {"count": "a count must not be negative"}
