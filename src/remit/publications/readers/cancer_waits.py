"""Cancer waiting times by provider: the extract by route, cancer and treatment.

The extract prints no totals. For each provider, month and standard it has one row for each route
and cancer, and, for treatments, the same patients over again by route and kind of treatment. The
total is made here of the rows by cancer and traced to the first of them. Patients who are shared
between two providers count half for each.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from remit.model.publication import Measure, Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import tables
from remit.publications.files.table import RawTable
from remit.publications.rows.bodies import body_columns
from remit.publications.rows.long_tables import words_of
from remit.publications.rows.measures import Measured, assembled, measured, part_of
from remit.publications.rows.months import period_from
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import LINE, Check, text_frame
from remit.publications.rows.sums import cut_checks, summed

_CUTS = {"route": "STAGE/ROUTE", "treatment": "TREATMENT MODALITY", "cancer": "CANCER TYPE"}
_KEY = ("org_code", "period_label", "cut", "STANDARD")


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one extract; it may hold several months."""
    pieces = [
        piece
        for table in tables(file, publication)
        for piece in _pieces(table, publication, context)
    ]
    return assembled(pieces, publication, context)


def _pieces(table: RawTable, publication: Publication, context: ReadingContext) -> list[Measured]:
    frame = text_frame(table, publication)
    frame, bodies = body_columns(frame, "ORG CODE", context.register)
    frame, periods = period_from(frame, "PERIOD")
    frame, known = words_of(frame, "STANDARD", publication, "standard")
    scope = pl.format("{} · {} by route", "period_label", "standard")
    frame = frame.with_columns(_cut().alias("cut"), scope.alias("scope"))
    checks = [*bodies, *periods, known, _unequal()]
    standards = [*frame["standard"].unique().drop_nulls().sort(), None]
    return [
        _of_standard(table, frame.filter(pl.col("standard").eq_missing(name)), publication, checks)
        for name in standards
        if frame.filter(pl.col("standard").eq_missing(name)).height
    ]


def _cut() -> pl.Expr:
    """Route, kind of treatment and cancer; ``ALL …`` and blanks are no cut."""
    parts = []
    for name, column in _CUTS.items():
        folded = pl.col(column).str.to_lowercase()
        whole = (folded == "") | folded.str.starts_with("all ")
        text = pl.format("{}: {}", pl.lit(name), pl.col(column).str.replace_all(";", ","))
        parts.append(pl.when(~whole).then(text))
    return pl.concat_str(parts, separator="; ", ignore_nulls=True)


def _unequal() -> Check:
    numbers = [
        pl.col(name).str.replace_all(",", "").cast(pl.Float64, strict=False)
        for name in ("TOTAL TREATED", "WITHIN STANDARD", "BREACHES")
    ]
    gap = (numbers[0] - numbers[1] - numbers[2]).abs() > 1e-6
    reason = "the patients within the standard and the breaches do not add up to this"
    return Check(gap.fill_null(value=False), "TOTAL TREATED", pl.lit(reason))


def _of_standard(
    table: RawTable, frame: pl.DataFrame, publication: Publication, checks: list[Check]
) -> Measured:
    """The rows of one standard; of those of an unknown one all are refused by the checks."""
    standard = frame["standard"][0] or "unknown"
    measures = [
        Measure(column=m.column, metric=m.metric.replace("*", standard), unit=m.unit, name=m.name)
        for m in publication.measures
    ]
    part = part_of(table, frame)
    piece = measured(part, frame, publication, checks, measures=measures, key=_KEY)
    return _with_totals(piece, frame)


def _with_totals(piece: Measured, frame: pl.DataFrame) -> Measured:
    """Add each provider's total; check it against the same patients by kind of treatment."""
    kinds = frame.select(pl.col(LINE).alias("source_row"), treatment=pl.col(_CUTS["treatment"]))
    whole = kinds["treatment"].str.to_lowercase().str.contains("^all |^$")
    by_cancer = piece.observations.filter(
        pl.col("source_row").is_in(kinds.filter(whole)["source_row"].to_list())
    )
    totals = summed(_as_whole(by_cancer))
    lines = set(by_cancer["source_row"].to_list())
    by_treatment = _as_whole(piece.observations.filter(~pl.col("source_row").is_in(list(lines))))
    checks = cut_checks(totals, by_treatment, piece.table.file.name)
    observations = pl.concat([piece.observations, totals])
    return replace(piece, observations=observations, checks=checks)


def _as_whole(parts: pl.DataFrame) -> pl.DataFrame:
    return parts.with_columns(
        pl.lit(None, dtype=pl.String).alias("cut"),
        pl.col("scope").str.strip_suffix(" by route").alias("scope"),
    )
