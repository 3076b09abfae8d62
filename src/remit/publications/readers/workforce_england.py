"""Table 1 of the workforce statistics: England's staff groups, a row a group, a column a month."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from remit.model.publication import Publication, folded
from remit.publications.files.raw import RawFile
from remit.publications.files.table import RawTable
from remit.publications.files.workbook import SheetText, open_workbook
from remit.publications.readers.workforce_months import (
    by_column,
    dated_by_column,
    months_of,
    named,
    side_of,
)
from remit.publications.rows.bodies import ENGLAND
from remit.publications.rows.long_tables import named_by_row
from remit.publications.rows.measures import Measured, measured
from remit.publications.rows.months import with_period
from remit.publications.rows.rows import Check, further_columns

_SHEET = "1. "
_FEWEST_MONTHS = 12
_TOTAL = "total"


def england_by_group(file: RawFile, publication: Publication) -> Iterator[Measured]:
    """The figures of table 1: people, then full-time equivalents."""
    workbook = open_workbook(file)
    for name in workbook.names:
        if name.startswith(_SHEET):
            for table in _tables(file, workbook.sheet(name)):
                yield _piece(table, publication)


def _tables(file: RawFile, sheet: SheetText) -> Iterator[RawTable]:
    """The table of people and that of full-time equivalents stand under one header."""
    first = next(
        (i for i, row in enumerate(sheet.cells) if len(months_of(row)) >= _FEWEST_MONTHS), None
    )
    if first is None:
        return
    cells = sheet.cells[first]
    header = (cells[0], "Staff group", *cells[2:])
    found: list[RawTable] = []
    for line, row in enumerate(sheet.cells[first + 1 :], start=first + 2):
        if row[0]:
            title = ((line, (row[0],)),)
            found.append(RawTable(file, header, [], [], [], sheet.name, title, first + 1))
        elif found and row[1] and row[1].strip().lower() != _TOTAL:
            found[-1].rows.append(row)
            found[-1].lines.append(line)
    yield from (table for table in found if table.rows)


def _piece(table: RawTable, publication: Publication) -> Measured:
    side = side_of(table)
    months = months_of(table.header)
    frame = pl.DataFrame({"line": table.lines, "Staff group": [row[1] for row in table.rows]})
    metrics = {
        folded(name): named(measure, side)
        for measure in publication.measures
        for name in (measure.column, *measure.aliases)
    }
    metric = pl.Series([metrics.get(folded(row[1])) for row in table.rows], dtype=pl.String)
    frame = with_period(frame, max(months.values())).with_columns(
        pl.lit(ENGLAND).alias("org_code"),
        pl.lit("england").alias("org_kind"),
        metric.alias("measure"),
    )
    frame = further_columns(frame, table, {name: table.header.index(name) for name in months})
    unknown = Check(
        pl.col("measure").is_null(),
        "Staff group",
        pl.lit("nothing is declared of this staff group"),
    )
    measures = by_column(f"{publication.id}.{side}", months)
    key = ("org_code", "measure")
    piece = measured(table, frame, publication, [unknown], measures=measures, key=key)
    piece = named_by_row(piece, frame, {"metric_id": "measure"})
    return dated_by_column(piece, months, f"{side} of England by group")
