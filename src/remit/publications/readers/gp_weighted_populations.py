"""GP practices' populations, weighted by need, as used for the allocations to ICBs, yearly.

One row a practice. The file does not say its year inside; its name does, or ``--period``. For
each ICB the sum over its practices is kept as well, traced to the first of them.
"""

from __future__ import annotations

import re

import polars as pl

from remit.model.errors import PublicationError
from remit.model.period import Period, parse_period
from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.table import read_table
from remit.publications.rows.bodies import ENGLAND, body_columns
from remit.publications.rows.measures import Measured, assembled, measured
from remit.publications.rows.months import with_period
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import LINE, Check, text_frame
from remit.publications.rows.sums import summed

_YEARS = re.compile(r"(20\d\d)\D?(\d\d)(?!\d)")
_PRACTICE = "practice"


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one year's file.

    Raises
    ------
    PublicationError
        If neither the file's name nor the context says which year it is of.
    """
    table = read_table(file)
    frame = text_frame(table, publication)
    frame, bodies = body_columns(frame, "Practice_Code", context.register)
    frame = frame.with_columns(
        pl.when(pl.col("org_code") != ENGLAND)
        .then(pl.lit(_PRACTICE))
        .otherwise("org_kind")
        .alias("org_kind")
    )
    frame = with_period(frame, _year(file, context))
    piece = measured(table, frame, publication, [*bodies, _icb_known(context)])
    whole = _by_icb(piece, frame)
    return assembled([piece], publication, context, further=[whole])


def _year(file: RawFile, context: ReadingContext) -> Period:
    named = _YEARS.search(file.name)
    found = parse_period(f"{named[1]}/{named[2]}") if named else None
    period = context.release or found
    if period is None:
        raise PublicationError(
            f"{file.path}: neither the file nor its name says which year it is of; say it with "
            "--period, for instance --period 2025/26"
        )
    return period


def _icb_known(context: ReadingContext) -> Check:
    """A practice whose ICB is not on the register could be counted nowhere."""
    known = [code for code in context.register.codes if code.startswith(("Q", "Z"))]
    return Check(~pl.col("ICB").is_in(known), "ICB", pl.lit("no ICB has this code"))


def _by_icb(piece: Measured, frame: pl.DataFrame) -> pl.DataFrame:
    icbs = frame.select(pl.col(LINE).alias("source_row"), pl.col("ICB"))
    parts = piece.observations.join(icbs, on="source_row", how="left", maintain_order="left")
    return summed(
        parts.with_columns(pl.col("ICB").alias("org_code"), pl.lit("icb").alias("org_kind")).select(
            piece.observations.columns
        )
    )
