"""Large files of plain CSV, read in pieces of which the declared columns and sums are kept.

The full extract of waiting times has some 180,000 rows of 121 columns. Cell by cell it would take
a gigabyte; what is kept of it are a dozen columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

import polars as pl

from remit.files.records import Cells, first_records
from remit.model.observation import Rejection
from remit.model.publication import Publication
from remit.publications.files.asides import Asides
from remit.publications.files.lean_table import LeanTable
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import header_among
from remit.publications.files.text import heads, is_full, plain_text
from remit.publications.files.workbook import is_workbook
from remit.publications.rows.bands import band_sums, bands_of, without_bands
from remit.publications.rows.cells import tidy
from remit.publications.rows.rows import LINE

_ROWS_AT_ONCE = 20_000
_LEAST = 1_000_000
_BLANK = r"^[,\s]*$"
_QUOTED = r'"[^"]*"'
_CELL = r'(?:[^",]*|"(?:[^"]|"")*")'
_QUOTED_ROW = f"^{_CELL}(?:,{_CELL})*$"


def lean_table(file: RawFile, publication: Publication) -> LeanTable | None:
    """The table of a large file of text; None where it is small, or to be read cell by cell.

    A file is read so only where each of its lines is a row of plain CSV by itself and has its code:
    what is written otherwise is read, and told, by the ordinary way of reading.
    """
    # A sheet that was saved as CSV has notes under its table, which are no rows.
    if publication.format != "csv" or len(file.content) < _LEAST or is_workbook(file.content):
        return None
    text, head = plain_text(file).text, heads(file)[0]
    index = header_among([cells for _, cells in head.rows], publication)
    if index is None or head.separator != ",":
        return None
    line, header = head.rows[index]
    if any(is_full(cells, len(header)) for _, cells in head.rows[:index]):
        return None
    lines = pl.DataFrame({"text": pl.Series([text]).str.split("\n").explode()})
    lines = (
        lines.with_columns(
            pl.col("text").str.strip_suffix("\r"), pl.int_range(1, 1 + pl.len()).alias(LINE)
        )
        .slice(line)
        .filter(~pl.col("text").str.contains(_BLANK))
    )
    asides = Asides(header)
    lines = lines.filter(~_again(lines, text.split("\n", line)[line - 1], asides))
    cells = _cells_of(lines["text"])
    # A row may have more cells than the header, if these are blank.
    if cells is None or (lines["text"].str.contains(r",\s*$") & (cells > len(header))).any():
        return None
    whole = cells == len(header)
    damaged = _damaged(file, lines.filter(~whole), asides)
    table = _read(file, publication, header, lines.filter(whole))
    holder = publication.organisation
    if table and holder and (table.frame[holder.column].fill_null("") == "").any():
        return None
    said = tuple(filter(None, [plain_text(file).note, *asides.notes]))
    above = head.rows[:index]
    return table and replace(table, damaged=damaged, header_line=line, above=above, notes=said)


def _again(lines: pl.DataFrame, header: str, asides: Asides) -> pl.Series:
    """Which lines are the header once more."""
    again = lines["text"] == header.strip("\r")
    for line in lines.filter(again)[LINE]:
        asides.takes(line, asides.header)
    return again


def _cells_of(lines: pl.Series) -> pl.Series | None:
    """How many cells each line has; None where its text alone does not tell it."""
    quotes = lines.str.count_matches('"', literal=True)
    odd = (quotes % 2 == 1).any() or lines.str.contains("\0", literal=True).any()
    quoted = lines.filter(quotes > 0)
    if odd or not quoted.str.contains(_QUOTED_ROW).all():
        return None
    bare = pl.DataFrame({"text": lines, "quotes": quotes}).select(
        pl.when(pl.col("quotes") > 0)
        .then(pl.col("text").str.replace_all(_QUOTED, ""))
        .otherwise("text")
        .alias("text")
    )
    return bare["text"].str.count_matches(",", literal=True) + 1


def _damaged(file: RawFile, lines: pl.DataFrame, asides: Asides) -> list[Rejection]:
    width = len(asides.header)
    parted = [(line, text, _parted(text)) for text, line in lines.iter_rows()]
    return [
        Rejection(
            file.name, line, "", text[:200], f"{len(cells)} columns where the header has {width}"
        )
        for line, text, cells in parted
        if not asides.takes(line, cells)
    ]


def _parted(text: str) -> Cells:
    found = first_records(text, ",", 1)[0][1]
    return [found] if isinstance(found, str) else found


def _read(
    file: RawFile,
    publication: Publication,
    header: tuple[str, ...],
    lines: pl.DataFrame,
) -> LeanTable | None:
    pieces, filled = [], pl.Series([False] * len(header))
    for part in lines.iter_slices(_ROWS_AT_ONCE):
        cells = _cells(part["text"], len(header))
        if cells.height != part.height:
            return None
        filled = filled | pl.Series(cells.select((pl.all().str.strip_chars() != "").any()).row(0))
        pieces.append(_kept(cells, header, publication).with_columns(part[LINE]))
    if not pieces:
        return None
    frame = pl.concat(pieces, how="diagonal").select(LINE, pl.exclude(LINE))
    row = ["x" if is_filled else "" for is_filled in filled]
    return LeanTable(file, header, [row], frame[LINE].to_list()[:1], [], frame=frame)


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


def _places(header: Sequence[str], publication: Publication) -> Iterator[tuple[str, int | None]]:
    places = publication.column_names(tuple(header))
    for column in publication.all_columns:
        yield column.name, places.get(column.name)
