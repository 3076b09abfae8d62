"""Sums over the columns of a row: how many have waited less than, or at least, so long.

A table can print a column for each week of waiting. What is kept of it are sums between two edges.
An edge at which no band begins or ends cannot be told: where the last band is open from 52 weeks
on there is no figure for 65 weeks, and a zero would be false.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from remit.model.layout import Between
from remit.model.publication import Publication, folded
from remit.publications.files.lean_table import LeanTable
from remit.publications.files.table import RawTable
from remit.publications.rows.cells import plain_number
from remit.publications.rows.points import no_whole_count, said_of_points
from remit.publications.rows.rows import Check, further_columns

_BAD = "_bad_"


@dataclass(frozen=True, slots=True)
class WaitBand:
    """A column of counts, from ``low`` up to ``high``; None is without an end."""

    name: str
    place: int
    low: int
    high: int | None


def bands_of(header: Sequence[str], publication: Publication) -> tuple[WaitBand, ...]:
    """The columns of a header that are bands, by the publication's pattern."""
    if not publication.bands:
        return ()
    fits = re.compile(publication.bands, re.IGNORECASE).fullmatch
    found = [(name, fits(folded(name).replace("_", " "))) for name in header]
    return tuple(
        WaitBand(name, place, int(fit["low"]), int(fit["high"]) if fit["high"] else None)
        for place, (name, fit) in enumerate(found)
        if fit
    )


def with_bands(
    frame: pl.DataFrame, table: RawTable, publication: Publication
) -> tuple[pl.DataFrame, list[Check]]:
    """Add the sums of a table's bands as text, a column a measure; refuse what is no count.

    Parameters
    ----------
    frame
        All rows of the table, in their order.
    table
        Where they come from.
    publication
        Its measures say between which edges.
    """
    bands = bands_of(table.header, publication)
    absent = {band.name: band.place for band in bands if band.name not in frame.columns}
    if bands and not isinstance(table, LeanTable):
        frame = band_sums(further_columns(frame, table, absent), bands, publication)
        frame = without_bands(frame, bands)
    return frame, [
        Check(pl.col(f"{_BAD}{name}").fill_null(value=False), name, said_of_points(name))
        for name in _bad_columns(frame)
    ]


def without_bands(frame: pl.DataFrame, bands: Sequence[WaitBand]) -> pl.DataFrame:
    """The frame with its sums, and of the bands those only that have a cell which is no count."""
    return frame.drop({band.name for band in bands} - set(_bad_columns(frame)))


def band_sums(
    frame: pl.DataFrame, bands: Sequence[WaitBand], publication: Publication
) -> pl.DataFrame:
    """Add a column of text for each sum; a blank band holds nobody.

    Of a row without any band there is no sum, and of one with a mark (``*``) the mark.

    Parameters
    ----------
    frame
        With the bands as tidied text, under their names.
    bands
        Of the table.
    publication
        Its measures say between which edges, its marks what stands in place of a count.
    """
    marks = [mark for mark in publication.marks if mark]
    numbers, bad = _read(frame, bands, marks, whole=publication.whole)
    filled = pl.any_horizontal(pl.col(band.name) != "" for band in bands)
    sums = []
    for name, chosen in _sums(bands, publication).items():
        total = pl.sum_horizontal(numbers[band.name] for band in chosen)
        mark = (
            pl.coalesce(
                pl.when(pl.col(band.name).str.to_lowercase().is_in(marks)).then(pl.col(band.name))
                for band in chosen
            )
            if marks
            else pl.lit(None, dtype=pl.String)
        )
        text = pl.when(filled).then(_written(total)).otherwise(pl.lit(""))
        sums.append(pl.coalesce(mark, text).alias(name))
    return frame.with_columns(*sums, *bad)


def _sums(bands: Sequence[WaitBand], publication: Publication) -> Mapping[str, list[WaitBand]]:
    """Of each measure whose edges are edges of bands, the bands between them."""
    return {
        measure.column: chosen
        for measure in publication.measures
        if measure.between and (chosen := _between(bands, measure.between))
    }


def _between(bands: Sequence[WaitBand], edges: Between) -> list[WaitBand]:
    low, high = edges.at_least, edges.below
    if low is not None and low not in {band.low for band in bands}:
        return []
    if high is not None and high not in {band.high for band in bands}:
        return []
    return [
        band
        for band in bands
        if (low is None or band.low >= low)
        and (high is None or (band.high is not None and band.high <= high))
    ]


def _read(
    frame: pl.DataFrame, bands: Sequence[WaitBand], marks: Sequence[str], *, whole: bool
) -> tuple[dict[str, pl.Expr], list[pl.Expr]]:
    """The bands as numbers, and for each with a cell that is none which rows these are."""
    names = [band.name for band in bands]
    plain = {name: pl.col(name).cast(pl.Float64, strict=False) for name in names}
    odd = frame.select(
        ((pl.col(name) != "") & ~_is_count(plain[name], pl.col(name), whole=whole))
        .any()
        .alias(name)
        for name in names
    ).row(0, named=True)
    numbers, bad = dict(plain), []
    for name in (name for name, is_odd in odd.items() if is_odd):
        text = plain_number(pl.col(name))
        number = text.cast(pl.Float64, strict=False)
        is_count = _is_count(number, text, whole=whole)
        is_mark = pl.col(name).str.to_lowercase().is_in(["", *marks])
        numbers[name] = number
        bad.append((~is_count & ~is_mark).alias(f"{_BAD}{name}"))
    return numbers, bad


def _is_count(number: pl.Expr, text: pl.Expr, *, whole: bool) -> pl.Expr:
    counted = (number.is_finite() & (number >= 0)).fill_null(value=False)
    return counted & ~no_whole_count(number, text) if whole else counted


def _written(number: pl.Expr) -> pl.Expr:
    whole = number.cast(pl.Int64, strict=False)
    return pl.when(whole == number).then(whole.cast(pl.String)).otherwise(number.cast(pl.String))


def _bad_columns(frame: pl.DataFrame) -> list[str]:
    return [name.removeprefix(_BAD) for name in frame.columns if name.startswith(_BAD)]
