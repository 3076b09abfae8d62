"""Numerators and denominators: what makes a rate, told alike of a file and of a frame."""

from __future__ import annotations

import polars as pl

from remit.frames.columns import as_numbers, impossible, why_impossible
from remit.model.errors import AssessmentError

NOBODY = "nobody was counted: of a denominator of 0 there is no rate"
NEGATIVE = "a denominator must be above 0"
BETWEEN = "a numerator lies between 0 and its denominator"


def counts(frame: pl.DataFrame, numerator: str, denominator: str) -> tuple[pl.Series, pl.Series]:
    """Both counts of each row as numbers.

    Parameters
    ----------
    frame
        One row a rate, in the order in which the user gave them.
    numerator, denominator
        The columns; a row may lack one or both.

    Raises
    ------
    AssessmentError
        If columns are missing or hold no numbers, or the counts of a row make no rate.

    Examples
    --------
    >>> top, bottom = counts(pl.DataFrame({"seen": [9], "all": [10]}), "seen", "all")
    >>> (top / bottom).to_list()
    [0.9]
    """
    missing = [name for name in (numerator, denominator) if name not in frame.columns]
    if missing:
        raise AssessmentError(
            f"the frame lacks the column(s) {', '.join(missing)}; it has: "
            f"{', '.join(frame.columns)}"
        )
    top, bottom = as_numbers(frame, numerator), as_numbers(frame, denominator)
    for name, values in ((numerator, top), (denominator, bottom)):
        for place in impossible(values).arg_true().head(1):
            raise AssessmentError(
                f"row {place + 1}, column {name!r}: {why_impossible(values[place])}"
            )
    wrong = ((bottom <= 0) | (top < 0) | (top > bottom)).arg_true()
    if len(wrong):
        raise AssessmentError(_no_rate(int(wrong[0]), top, bottom, len(wrong)))
    return top, bottom


def _no_rate(place: int, top: pl.Series, bottom: pl.Series, many: int) -> str:
    size = bottom[place]
    why = NOBODY if size == 0 else NEGATIVE if size is not None and size < 0 else BETWEEN
    more = f" ({many - 1} more like it)" if many > 1 else ""
    said = " of ".join("?" if n is None else f"{n:g}" for n in (top[place], size))
    return f"row {place + 1} is no rate: {said}{more}; {why}. Leave the row out"
