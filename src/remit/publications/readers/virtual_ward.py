"""Virtual wards: beds and patients by ICB, since April 2025 also by provider.

The population for the rate changed in April 2024 from those aged 16 and over to all ages; the two
are two measures. Occupancy is made afresh from its counts, also where the sheet prints ``100%*``
for a figure above 100.
"""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl

from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import tables
from remit.publications.files.table import RawTable
from remit.publications.files.workbook import open_workbook
from remit.publications.rows.bodies import body_columns
from remit.publications.rows.measures import Measured, assembled, measured
from remit.publications.rows.months import stated_period, with_period
from remit.publications.rows.parts import whole_of_parts
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import text_frame
from remit.publications.rows.stated_day import published_as_stated
from remit.publications.rows.totals import total_checks

_PATIENTS = "Patients in a Virtual Ward"
_NOT_SUBMITTED = "**"
_SAYS_NOT_SUBMITTED = re.compile(r"\b(no|not)\b[^.]*\bsubmi", re.IGNORECASE)


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one month's workbook."""
    found = tables(file, publication)
    context = published_as_stated(context, found[0].beside("Published:"))
    notes = _notes(file)
    pieces = [_piece(table, publication, context, notes) for table in found]
    return assembled([_once(piece, pieces[0]) for piece in pieces], publication, context)


def _piece(
    table: RawTable, publication: Publication, context: ReadingContext, notes: list[str]
) -> Measured:
    frame = text_frame(table, publication)
    england = pl.col("Name").str.to_lowercase().str.strip_chars("* ") == "england"
    frame, codes = body_columns(frame, "Code", context.register, england=england)
    frame = with_period(frame, stated_period(table, context, label="Month:"))
    frame = _without_false_zeros(_by_region(frame), notes)
    by_icb = bool(frame["org_kind"].is_in(["icb"]).any())
    scope = pl.format("{} · {}", "period_label", pl.lit("icb" if by_icb else "provider"))
    piece = measured(table, frame.with_columns(scope.alias("scope")), publication, codes)
    observations = pl.concat([piece.observations, whole_of_parts(piece.observations)])
    parts = ["icb"] if by_icb else None
    checks = total_checks(observations, table.file.name, parts=parts)
    return replace(piece, observations=observations, checks=checks)


def _by_region(frame: pl.DataFrame) -> pl.DataFrame:
    """Mark the rows of a provider that has one for each of several regions."""
    several = (pl.len() > 1) & (pl.col("Region").n_unique() > 1)
    cut = pl.when(several.over("org_code")).then(pl.format("region: {}", "Region"))
    return frame.with_columns(cut.alias("cut"))


# Figures that were not submitted -----------------------------------------------------------------


def _notes(file: RawFile) -> list[str]:
    """The sentences of the workbook that say of someone that nothing was submitted."""
    workbook = open_workbook(file)
    cells = (c for name in workbook.names for row in workbook.sheet(name).cells for c in row)
    return [part for cell in cells for part in _sentences(cell) if _SAYS_NOT_SUBMITTED.search(part)]


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.])\s|\n", text)


def _without_false_zeros(frame: pl.DataFrame, notes: list[str]) -> pl.DataFrame:
    """Take a zero for what was not submitted, where a note says so and names the organisation."""
    names = frame["Name"].unique().drop_nulls().to_list()
    silent = [n for n in names if any(n.rstrip("* ").lower() in note.lower() for note in notes)]
    false_zero = pl.col("Name").is_in(silent) & (pl.col(_PATIENTS) == "0")
    cell = pl.when(false_zero).then(pl.lit(_NOT_SUBMITTED)).otherwise(_PATIENTS)
    return frame.with_columns(cell.alias(_PATIENTS))


# England -----------------------------------------------------------------------------------------


def _once(piece: Measured, first: Measured) -> Measured:
    """England stands above each sheet's table; it is kept from the first."""
    if piece is first:
        return piece
    others = piece.observations.filter(pl.col("org_kind") != "england")
    return replace(piece, observations=others)
