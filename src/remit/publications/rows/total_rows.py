"""Rows of totals: which are England's though no code says so, which of a part, of which period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from remit.files.numbers import number_in
from remit.model.layout import Holder
from remit.model.period import Period
from remit.model.publication import Publication
from remit.publications.files.lean_table import LeanTable
from remit.publications.files.table import RawTable
from remit.publications.rows.bodies import PART, region_names, says_england, says_part
from remit.publications.rows.rows import LINE, whole_text_fits
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.register import Register

SEVERAL_PERIODS = (
    "a total that does not say of which period it is, and the rows beside it are of several; "
    "write its period in it"
)


_NO_CODE = ("", "-", "–")
_SHOWN = 3
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
    if holder.england:
        return frame
    named = [
        line
        for line, words in _words_of_uncoded(frame, table, publication, holder)
        if _is_all(words)
    ]
    code = pl.when(pl.col(LINE).is_in(named)).then(pl.lit("England")).otherwise(holder.column)
    return frame.with_columns(code.alias(holder.column)) if named else frame


def without_parts(
    frame: pl.DataFrame,
    table: RawTable,
    publication: Publication,
    holder: Holder,
    register: Register,
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Take out the totals of parts, and say which rows they are.

    A part says so in place of a code (``Sub-total``, a region's name) or, where the code is blank,
    elsewhere in its row. Its rows are there, so that it is nobody's figure.

    Parameters
    ----------
    frame
        Rows of the table; England's are named as such.
    table
        Where they come from.
    publication
        Its marks stand for figures.
    holder
        Where the code stands, and which rows are England's.
    register
        Knows the names of regions.
    """
    regions = region_names(register)
    texts = frame[holder.column].unique().drop_nulls()
    said = [text for text in texts if says_part(text, regions)]
    coded = frame.filter(pl.col(holder.column).is_in(said)).select(LINE, holder.column)
    parts = dict(coded.iter_rows())
    for line, words in _words_of_uncoded(frame, table, publication, holder):
        part = [text for _, text in words if says_part(text, regions) or says_england(text)]
        if part:
            parts[line] = part[0]
    if holder.england:
        fits = (whole_text_fits(name, f"(?i){said}") for name, said in holder.england.items())
        for line in frame.filter(pl.all_horizontal(fits))[LINE]:
            parts.pop(line, None)
    if not parts:
        return frame, ()
    named = [f"line {line}: {text[:40].rstrip(':')}" for line, text in sorted(parts.items())]
    shown = "; ".join([*named[:_SHOWN], *(["and more"] if len(named) > _SHOWN else [])])
    note = f"{count_words(len(parts), 'row')} not kept: {PART} ({shown})"
    return frame.filter(~pl.col(LINE).is_in(list(parts))), (note,)


def _words_of_uncoded(
    frame: pl.DataFrame, table: RawTable, publication: Publication, holder: Holder
) -> Iterator[tuple[int, list[tuple[bool, str]]]]:
    """Each row without a code: its line, and what it says beside figures.

    With each text comes whether it stands where the period does.
    """
    blank = frame.filter(pl.col(holder.column).fill_null("").is_in(_NO_CODE))[LINE].to_list()
    if not blank or isinstance(table, LeanTable):
        return
    rows = dict(zip(table.lines, table.rows, strict=True))
    period = publication.period
    names = () if period is None else (period.column, *period.columns)
    places = publication.column_names(table.header)
    of_period = {places[name] for name in names if name in places}
    marks = {mark.lower() for mark in publication.marks}
    for line in blank:
        words = [(place, text) for place, cell in enumerate(rows[line]) if (text := _worded(cell))]
        yield (
            line,
            [(place in of_period, text) for place, text in words if text.lower() not in marks],
        )


def _worded(cell: str) -> str:
    """What a cell says beside a month; nothing where it is a figure."""
    whole = " ".join(cell.split())
    text = _MONTH.sub("", whole).strip() or whole
    return "" if number_in(text.removesuffix("%")) is not None else text


def _is_all(words: Sequence[tuple[bool, str]]) -> bool:
    return any(says_england(text) for _, text in words) and all(
        says_england(text) or of_period for of_period, text in words
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
