"""Rows of totals: which rows are England's though no code says so, and of which period they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import polars as pl

from remit.files.numbers import number_in
from remit.model.layout import Holder
from remit.model.period import Period
from remit.model.publication import Publication
from remit.publications.files.table import RawTable
from remit.publications.rows.bodies import says_england

SEVERAL_PERIODS = (
    "a total that does not say of which period it is, and the rows beside it are of several; "
    "write its period in it"
)


_NO_CODE = ("", "-", "–")
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?:20)?\d\d\b", re.IGNORECASE
)


def with_england_named(
    frame: pl.DataFrame, table: RawTable, publication: Publication, holder: Holder
) -> pl.DataFrame:
    """Write England into the blank code of a row that says ``Total`` or ``England`` elsewhere.

    All that the row says beside figures and its period must be that: the total of a region, which
    is named too, is none of England.

    Parameters
    ----------
    frame
        All rows of the table, in their order.
    table
        Where they come from.
    publication
        Its marks stand for figures.
    holder
        Where the code stands.
    """
    blank = frame[holder.column].fill_null("").is_in(_NO_CODE)
    if holder.england or not blank.any():
        return frame
    period = publication.period
    names = () if period is None else (period.column, *period.columns)
    places = publication.column_names(table.header)
    skipped = {places[name] for name in names if name in places}
    marks = {mark.lower() for mark in publication.marks}
    named = [
        is_blank and _is_total(row, skipped, marks)
        for is_blank, row in zip(blank, table.rows, strict=True)
    ]
    code = pl.when(pl.Series(named)).then(pl.lit("England")).otherwise(holder.column)
    return frame.with_columns(code.alias(holder.column))


def _is_total(row: Sequence[str], skipped: set[int], marks: set[str]) -> bool:
    said = [_MONTH.sub("", " ".join(cell.split())).strip() or cell.strip() for cell in row]
    words = [
        (place, text)
        for place, text in enumerate(said)
        if text and text.lower() not in marks and number_in(text.removesuffix("%")) is None
    ]
    return any(says_england(text) for _, text in words) and all(
        says_england(text) or place in skipped for place, text in words
    )


def with_period_of_total(
    frame: pl.DataFrame, column: str, periods: Mapping[str, Period]
) -> pl.DataFrame:
    """Give England's rows that say no period the one of the rows that they are the total of.

    These stand above it, back to the total before; where a table begins with a total and ends with
    none, they stand below. A total of rows of several periods stays without one.

    Parameters
    ----------
    frame
        Rows with ``org_kind``.
    column
        The text of the period.
    periods
        Those texts that say one.
    """
    totals = (frame["org_kind"] == "england").fill_null(value=False).to_list()
    texts = frame[column].to_list()
    if not any(total and text not in periods for total, text in zip(totals, texts, strict=True)):
        return frame
    if totals[0] and not totals[-1]:
        filled = _filled(texts[::-1], totals[::-1], periods)[::-1]
    else:
        filled = _filled(texts, totals, periods)
    return frame.with_columns(pl.Series(column, filled, dtype=pl.String))


def _filled(
    texts: Sequence[str | None], totals: Sequence[bool], periods: Mapping[str, Period]
) -> list[str | None]:
    """The texts, those of totals replaced by the one text of the rows before them."""
    filled: list[str | None] = []
    block: dict[Period, str] = {}
    ended = False
    for text, total in zip(texts, totals, strict=True):
        if not total and ended:
            block, ended = {}, False
        if not total and text is not None and text in periods:
            block.setdefault(periods[text], text)
        if total:
            ended = True
        unsaid = total and text not in periods
        filled.append(next(iter(block.values())) if unsaid and len(block) == 1 else text)
    return filled
