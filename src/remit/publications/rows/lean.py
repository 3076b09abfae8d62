"""Large files with a column for each week: read in pieces, of which the sums are kept.

The full extract of waiting times has some 180,000 rows of 121 columns. Cell by cell it would take
a gigabyte; what is kept of it are a dozen columns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO

import polars as pl

from remit.model.publication import Publication
from remit.publications.files.lean_table import LeanTable
from remit.publications.files.raw import RawFile
from remit.publications.files.workbook import is_workbook
from remit.publications.rows.bands import band_sums, bands_of, without_bands
from remit.publications.rows.cells import tidy
from remit.publications.rows.rows import LINE

_HEADER_WITHIN = 60
_ROWS_AT_ONCE = 20_000
_LEAST = 1_000_000
_BLANK = r"^[,\s]*$"
_QUOTED = r'"[^"]*"'


def lean_table(file: RawFile, publication: Publication) -> LeanTable | None:
    """The table of a large file of text with bands; None where it is to be read cell by cell.

    A file is read so only where each of its lines is one whole row of plain CSV: what is damaged,
    or written otherwise, is told line by line by the ordinary way of reading.
    """
    content = file.content
    if not publication.bands or len(content) < _LEAST or is_workbook(content) or b"\0" in content:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    found = _header(text, publication)
    if found is None:
        return None
    header, line, begin = found
    lines = pl.DataFrame({"text": pl.Series([text[begin:]]).str.split("\n").explode()})
    lines = lines.with_columns(
        pl.col("text").str.strip_suffix("\r"), pl.int_range(line + 1, line + 1 + pl.len()).alias(LINE)
    ).filter(~pl.col("text").str.contains(_BLANK))
    if not _is_plain(lines["text"], len(header)):
        return None
    return _read(file, publication, header, line, lines)


def _header(text: str, publication: Publication) -> tuple[tuple[str, ...], int, int] | None:
    """The header, its line, and where the line after it begins."""
    begin = 0
    for line in range(1, _HEADER_WITHIN + 1):
        end = text.find("\n", begin)
        if end < 0:
            return None
        cells = next(csv.reader([text[begin:end].rstrip("\r")]), [])
        names = tuple(cell.strip() for cell in cells)
        begin = end + 1
        if not publication.missing_columns(names):
            return names, line, begin
    return None


def _is_plain(lines: pl.Series, width: int) -> bool:
    """Whether each line is a row of so many cells, with its quotation marks in pairs."""
    quotes = lines.str.count_matches('"', literal=True)
    bare = lines.set(quotes > 0, None)
    if not (bare.drop_nulls().str.count_matches(",", literal=True) == width - 1).all():
        return False
    quoted = lines.filter(quotes > 0)
    outside = quoted.str.replace_all(_QUOTED, "")
    pairs = (quotes.filter(quotes > 0) % 2 == 0).all()
    return pairs and bool((outside.str.count_matches(",", literal=True) == width - 1).all())


def _read(
    file: RawFile,
    publication: Publication,
    header: tuple[str, ...],
    header_line: int,
    lines: pl.DataFrame,
) -> LeanTable | None:
    pieces, filled = [], pl.Series([False] * len(header))
    for part in lines.iter_slices(_ROWS_AT_ONCE):
        cells = _cells(part["text"], len(header))
        if cells.height != part.height:
            return None
        filled = filled | pl.Series(
            cells.select((pl.all().str.strip_chars() != "").any()).row(0)
        )
        pieces.append(_kept(cells, header, publication).with_columns(part[LINE]))
    if not pieces:
        return None
    frame = pl.concat(pieces, how="diagonal").select(LINE, pl.exclude(LINE))
    row = ["x" if is_filled else "" for is_filled in filled]
    return LeanTable(
        file, header, [row], frame[LINE].to_list()[:1], [], header_line=header_line, frame=frame
    )


def _cells(lines: pl.Series, width: int) -> pl.DataFrame:
    text = lines.str.join("\n").item().encode()
    names = [str(place) for place in range(width)]
    found = pl.read_csv(BytesIO(text), has_header=False, infer_schema=False, new_columns=names)
    return found.fill_null("")


def _kept(cells: pl.DataFrame, header: Sequence[str], publication: Publication) -> pl.DataFrame:
    """The declared columns and the sums of the bands, as tidied text."""
    bands = bands_of(header, publication)
    columns = dict(_places(header, publication))
    wanted = {name: place for name, place in columns.items() if place is not None}
    wanted |= {band.name: band.place for band in bands}
    frame = cells.select(pl.col(str(place)).alias(name) for name, place in wanted.items())
    frame = frame.with_columns(tidy(name) for name in wanted)
    frame = without_bands(band_sums(frame, bands, publication), bands) if bands else frame
    absent = [name for name, place in columns.items() if place is None]
    return frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in absent)


def _places(
    header: Sequence[str], publication: Publication
) -> Iterator[tuple[str, int | None]]:
    places = publication.column_names(tuple(header))
    for column in publication.all_columns:
        yield column.name, places.get(column.name)
