"""What makes a line of a user's file no point, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from remit.publications.files.decimal_commas import ASKED
from remit.publications.rows.cells import why_unreadable
from remit.publications.rows.rows import Check
from remit.signals.counts import BETWEEN, NEGATIVE, NOBODY
from remit.signals.dates import DATE_FORMS
from remit.signals.own.columns import MARKS
from remit.signals.own.figures import SMALL_NUMBER
from remit.signals.own.no_figures import EITHER

_NUMBERS = "write it in the digits 0 to 9, such as 1234.5 or 1.2e3"


def point_checks(figures: Sequence[str], more: Iterable[str]) -> list[Check]:
    """What makes a line no point, in the order in which it is said."""
    unread = [
        Check((pl.col(name) != "") & ~_is_mark(name) & ~pl.col(f"{name}_readable"), name,
              _no_number(name))
        for name in more
    ]  # fmt: skip
    return [
        Check(pl.col("series") == "", "series", pl.lit("the line does not say which series")),
        Check(pl.col("day").is_null(), "date", _no_date()),
        Check(pl.col("year_fault").is_not_null(), "date", pl.col("year_fault")),
        *(Check(~pl.col(f"{figure}_readable"), figure, _no_number(figure)) for figure in figures),
        *unread,
        *_rate_checks(figures),
    ]


def _no_date() -> pl.Expr:
    return _unless_missing("date", pl.lit(f"this is no date; write it as {DATE_FORMS}"))


def _is_mark(name: str) -> pl.Expr:
    return _meaning(name) != ""


def _meaning(name: str) -> pl.Expr:
    """What a mark in place of a figure means; empty of any other text."""
    text = pl.col(name).str.to_lowercase()
    small = pl.lit(MARKS["<5"])
    known = text.replace_strict(MARKS, default="", return_dtype=pl.String)
    return pl.when(text.str.contains(SMALL_NUMBER)).then(small).otherwise(known)


def _no_number(figure: str) -> pl.Expr:
    meaning = _meaning(figure)
    marked = pl.format("the figure is {}, which is not zero: no point", meaning)
    either = pl.col(figure).str.ends_with(ASKED)
    reason = pl.when(meaning != "").then(marked).when(either).then(pl.lit(f"it {EITHER}"))
    return _unless_missing(
        figure, reason.otherwise(why_unreadable(figure, "number", remedy=_NUMBERS))
    )


def _unless_missing(column: str, reason: pl.Expr) -> pl.Expr:
    missing = pl.lit(f"the {column} is missing")
    return pl.when(pl.col(column) == "").then(missing).otherwise(reason)


def _rate_checks(figures: Sequence[str]) -> list[Check]:
    if "denominator" not in figures:
        return []
    top, bottom = pl.col("numerator_value"), pl.col("denominator_value")
    return [
        Check(bottom == 0, "denominator", pl.lit(NOBODY)),
        Check(bottom < 0, "denominator", pl.lit(NEGATIVE)),
        Check((top < 0) | (top > bottom), "numerator", pl.lit(BETWEEN)),
    ]
