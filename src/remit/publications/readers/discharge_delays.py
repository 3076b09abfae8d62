"""Discharge delays by day: patients ready to leave, and patients discharged.

Trusts and ICBs come in files of their own with the same columns. ICBs are named by the code of
the Office for National Statistics, which the register turns to the one that the NHS uses.
"""

from __future__ import annotations

import polars as pl

from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.table import read_table
from remit.publications.rows.bodies import body_columns
from remit.publications.rows.measures import assembled, measured
from remit.publications.rows.months import day_in, period_from
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import Check, known_values, text_frame
from remit.register import Register

_CODE = "Organisation"


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read the days of one file; a revised file replaces the months that it holds."""
    table = read_table(file)
    frame = text_frame(table, publication)
    frame, codes = _bodies(frame, context.register)
    frame, days = period_from(frame, "date", day_in)
    frame = frame.with_columns(pl.col("period_start").dt.strftime("%b %Y").alias("release"))
    scope = pl.format("{} · {}", "release", _layer())
    piece = measured(table, frame.with_columns(scope.alias("scope")), publication, [*codes, *days])
    return assembled([piece], publication, context)


def _bodies(frame: pl.DataFrame, register: Register) -> tuple[pl.DataFrame, list[Check]]:
    """Organisations by the NHS's code, where the register knows the one that is written."""

    def nhs_code(text: str) -> str:
        known = register.find_by_ons_code(text)
        return known.code if known else text

    frame = frame.with_columns(known_values(frame, _CODE, nhs_code).alias("code"))
    frame, checks = body_columns(frame, "code", register)
    return frame, [Check(check.fails, _CODE, check.reason) for check in checks]


def _layer() -> pl.Expr:
    """Trusts or areas: so that the file of one does not replace that of the other."""
    return pl.when(pl.col("org_kind") == "icb").then(pl.lit("icb")).otherwise(pl.lit("trust"))
