"""NHS Staff Survey: scores of the People Promise and its themes, a row an organisation.

A score is a mean over people, so the scores of several organisations are joined by their number
of responses: with each score come its base and score times base (``-points``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from remit.model.errors import PublicationError
from remit.model.period import Period, parse_period
from remit.model.publication import Measure, Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import tables
from remit.publications.files.table import RawTable
from remit.publications.rows.bodies import body_columns, kind_of
from remit.publications.rows.employers import as_employers
from remit.publications.rows.measures import Measured, assembled, measured
from remit.publications.rows.months import stated_period, with_period
from remit.publications.rows.parts import whole_of_parts
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import Check, further_columns, text_frame
from remit.register import Register

_SCORE, _BASE, _POINTS = "-score", "-responses", "-points"
_TIMES_BASE = " × base"
_YEAR = re.compile(r"survey (20\d\d)\b", re.IGNORECASE)
_HIGHEST = 10


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one year's results."""
    pieces = [_piece(table, publication, context) for table in tables(file, publication)]
    return assembled(pieces, publication, context)


def year_in(text: str) -> Period | None:
    """The year of a survey: ``NHS Staff Survey 2024 - WEIGHTED Results``."""
    found = _YEAR.search(text)
    return parse_period(found[1]) if found else None


def _piece(table: RawTable, publication: Publication, context: ReadingContext) -> Measured:
    frame = text_frame(table, publication)
    bases = _bases(table, publication)
    frame = further_columns(frame, table, bases)
    frame, codes = body_columns(frame, "ODS code", context.register)
    frame = _in_parts(frame, context.register)
    period = stated_period(table, context, interpret=year_in)
    scope = f"{period.label} · {table.sheet.lower()}"
    frame = with_period(as_employers(frame), period).with_columns(pl.lit(scope).alias("scope"))
    scores = [m for m in publication.measures if _base_name(m) in bases]
    measures = [*scores, *(_base_of(score) for score in scores)]
    checks = [*codes, *(_out_of_range(score) for score in scores)]
    piece = measured(table, frame, publication, checks, measures=measures)
    observations = pl.concat([piece.observations, _points(piece.observations)])
    sums = observations.filter(~pl.col("metric_id").str.ends_with(_SCORE))
    return replace(piece, observations=pl.concat([observations, whole_of_parts(sums)]))


def _in_parts(frame: pl.DataFrame, register: Register) -> pl.DataFrame:
    """A trust whose parts answer apart: ``R1F1`` and ``R1F2`` are parts of ``R1F``."""
    codes = frame["org_code"].unique().drop_nulls().to_list()
    whole = {code: code[:-1] for code in codes if _is_part(code, register)}
    is_part = pl.col("org_code").is_in(list(whole))
    kind = {code: kind_of(stem, register) for code, stem in whole.items()}
    text = pl.String
    return frame.with_columns(
        pl.when(is_part).then(pl.format("part: {}", "org_code")).alias("cut"),
        pl.col("org_code").replace_strict(whole, default=pl.col("org_code"), return_dtype=text),
        pl.when(is_part)
        .then(pl.col("org_code").replace_strict(kind, default=None, return_dtype=text))
        .otherwise("org_kind")
        .alias("org_kind"),
    )


def _is_part(code: str, register: Register) -> bool:
    unknown = register.find(code) is None
    return unknown and code[-1:].isdigit() and register.find(code[:-1]) is not None


def _bases(table: RawTable, publication: Publication) -> Mapping[str, int]:
    """Where the base of each score stands: in the column after it.

    Raises
    ------
    PublicationError
        If another column stands there.
    """
    places = publication.column_names(table.header)
    bases = {
        _base_name(m): places[m.column] + 1 for m in publication.measures if m.column in places
    }
    for name, place in bases.items():
        after = table.header[place] if place < len(table.header) else ""
        if not after.lower().startswith("base"):
            raise PublicationError(
                f"{table.file.path}, sheet {table.sheet}, row {table.header_line}: "
                f"“{name}” should stand beside its score, and “{after}” does"
            )
    return bases


def _base_name(score: Measure) -> str:
    return f"{score.column}, base"


def _base_of(score: Measure) -> Measure:
    metric = score.metric.removesuffix(_SCORE) + _BASE
    return Measure(column=_base_name(score), metric=metric, unit="count")


def _out_of_range(score: Measure) -> Check:
    value = pl.col(score.column).cast(pl.Float64, strict=False)
    return Check(
        ~value.is_between(0, _HIGHEST).fill_null(value=True),
        score.column,
        pl.lit(f"a score must be from 0 to {_HIGHEST}"),
    )


def _points(observations: pl.DataFrame) -> pl.DataFrame:
    """Score times responses; it leads back to the score's column, and says that it is a product."""
    stem = pl.col("metric_id").str.replace("-(score|responses)$", "").alias("stem")
    both = observations.with_columns(stem)
    scores = both.filter(pl.col("metric_id").str.ends_with(_SCORE))
    bases = both.filter(pl.col("metric_id").str.ends_with(_BASE))
    joined = scores.join(
        bases.select("stem", "source_row", pl.col("value").alias("base")),
        on=["stem", "source_row"],
        how="left",
        maintain_order="left",
    )
    value = pl.col("value") * pl.col("base")
    absent = (pl.col("status") == "reported") & value.is_null()
    return joined.with_columns(
        (pl.col("stem") + _POINTS).alias("metric_id"),
        pl.lit("count").alias("unit"),
        value.alias("value"),
        (pl.col("source_column") + _TIMES_BASE).alias("source_column"),
        pl.when(absent).then(pl.lit("suppressed")).otherwise("status").alias("status"),
    ).select(observations.columns)
