"""The overview sheet of the community waiting lists: England as printed.

It has a row for England, for adults' and for children's services, and one a service, with a
column for the list and each band of weeks. The sheets by organisation leave out the bands of three
services from which somebody could be told, so that England's bands can only be had from here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from remit.model.period import Period
from remit.model.publication import Measure, Publication, folded
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import table_under
from remit.publications.files.table import RawTable
from remit.publications.files.workbook import SheetText, open_workbook
from remit.publications.rows.bodies import ENGLAND
from remit.publications.rows.measures import Measured, measured
from remit.publications.rows.months import stated_period, with_period
from remit.publications.rows.reading import ReadingContext
from remit.publications.rows.rows import LINE, Check
from remit.publications.rows.sums import cut_checks

_WITHIN = 20
_OPEN = re.compile(r">\s*(\d+) weeks", re.IGNORECASE)
_WHOLE = {
    "england": None,
    "adult_services": "age: adults",
    "cyp_services": "age: children and young people",
}


def overview(
    file: RawFile, publication: Publication, context: ReadingContext, bands: Mapping[str, str]
) -> Measured | None:
    """England's rows of the overview sheet, or None if the workbook has no such sheet.

    Parameters
    ----------
    file, publication, context
        As for a reader.
    bands
        What a column says, folded (``waiting_0_1_weeks``) → the measure's word.
    """
    workbook = open_workbook(file)
    for name in workbook.names:
        sheet = workbook.sheet(name)
        header = _header(sheet, bands)
        if header is not None:
            table = table_under(file, sheet, header)
            table = replace(table, header=("Row", *table.header[1:]))
            return _read(table, publication, stated_period(table, context), bands)
    return None


def _header(sheet: SheetText, bands: Mapping[str, str]) -> int | None:
    """The row whose first cell is blank and whose others are the list and all its bands."""
    for index, row in enumerate(sheet.cells[:_WITHIN]):
        named = [_band(cell) for cell in row[1:] if cell.strip()]
        if not row[0].strip() and len(named) > 1 and all(name in bands for name in named):
            return index
    return None


def _band(text: str) -> str:
    """A column's band as the sheets' titles have it: ``>52 weeks`` is over 52 weeks."""
    return folded(_OPEN.sub(r"over \1 weeks", text).replace(">", ""))


def _read(
    table: RawTable, publication: Publication, period: Period, bands: Mapping[str, str]
) -> Measured:
    places = {name: place for place, name in enumerate(table.header) if place and name}
    columns = {name: [row[place] for row in table.rows] for name, place in places.items()}
    frame = pl.DataFrame(
        {LINE: table.lines, "Row": [row[0].strip() for row in table.rows], **columns},
        schema={LINE: pl.Int64, "Row": pl.String, **dict.fromkeys(columns, pl.String)},
    )
    names = frame["Row"].unique().to_list()
    cuts = {name: _WHOLE.get(folded(name), f"service: {name.replace(';', ',')}") for name in names}
    frame = with_period(frame, period).with_columns(
        pl.lit(ENGLAND).alias("org_code"),
        pl.lit("england").alias("org_kind"),
        pl.col("Row").replace_strict(cuts, return_dtype=pl.String).alias("cut"),
    )
    blank = Check(pl.col("Row") == "", "Row", pl.lit("the row does not say of what it is"))
    measures = [
        Measure(column=name, metric=f"community.{bands[_band(name)]}", unit="count")
        for name in places
    ]
    return measured(table, frame, publication, [blank], measures=measures)


def whole_only(piece: Measured, services: pl.DataFrame) -> Measured:
    """England, adults and children; the rows by service are held against the other sheets."""
    is_service = pl.col("cut").fill_null("").str.starts_with("service: ")
    printed = piece.observations.filter(is_service)
    checks = cut_checks(printed, services, piece.table.file.name, ["cut"])
    return replace(piece, observations=piece.observations.filter(~is_service), checks=checks)
