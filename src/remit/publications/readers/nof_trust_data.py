"""NHS Oversight Framework: trust data.

One row a trust and metric: values, their scores, domain scores, segments and flags. The acute
file of 2025/26 Q1 has no Quarter column; the later files do, and may hold several quarters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from remit.catalogue import MetricCatalogue
from remit.frames.observations import OBSERVATION_SCHEMA
from remit.model.errors import PublicationError
from remit.model.observation import Rejection, Source
from remit.model.publication import Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import one_table
from remit.publications.files.table import RawTable
from remit.publications.files.unread import notes_on
from remit.publications.rows.cells import (
    NO_SHARE,
    beyond_a_share,
    limits_in_words,
    out_of_range,
    why_unreadable,
    with_figures,
)
from remit.publications.rows.printed_metrics import notes_on_printed, printed_metrics
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import (
    LINE,
    Check,
    explained,
    known_values,
    period_columns,
    release_column,
    repeated_rows,
    sort_out,
    text_frame,
    whole_text_fits,
)
from remit.publications.rows.scored_bodies import notes_on_closed, scored_body_checks
from remit.publications.rows.sources import source_of
from remit.words.nearest import nearest

_EXTRA = {
    "Median_value": "published_median",
    "Lower_quartile": "published_lower_quartile",
    "Upper_quartile": "published_upper_quartile",
    "Rank": "published_rank",
}


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one trust data file.

    Raises
    ------
    PublicationError
        If the file says nowhere which quarter it is of and the context does not either.
    """
    table = one_table(file, publication)
    frame = _identifiers_as_known(text_frame(table, publication), context.catalogue)
    frame, checks = _checked(frame, publication, context, table)
    good, rejections = sort_out(frame, checks, file.name)
    key = ["Trust_code", "Metric_ID", "unit", "release"]
    good, repeats = sort_out(good, repeated_rows(key, "Value"), file.name)
    return _reading(table, publication, context, good, [*table.damaged, *rejections, *repeats])


def _identifiers_as_known(frame: pl.DataFrame, catalogue: MetricCatalogue) -> pl.DataFrame:
    """The identifiers of metrics as Remit spells them, whatever their case in the file."""
    spelt = {known.lower(): known for known in catalogue.known_ids()}
    known = known_values(frame, "Metric_ID", lambda text: spelt.get(text.lower()))
    return frame.with_columns(pl.coalesce(known, "Metric_ID").alias("Metric_ID"))


def _checked(
    frame: pl.DataFrame, publication: Publication, context: ReadingContext, table: RawTable
) -> tuple[pl.DataFrame, list[Check]]:
    frame, trusts = scored_body_checks(frame, publication, context)
    frame, quarters, _ = release_column(frame, publication, context)
    if frame.height and frame["release"].is_null().all() and not quarters:
        raise PublicationError(
            f"{table.file.path}: the file has no Quarter column and no summary row that tells its "
            'quarter; say it with --period, for instance --period "2025/26 Q1"'
        )
    frame, periods = period_columns(frame)
    frame, metrics = _metric_checks(frame, publication, context.catalogue)
    frame, figures = _figure_checks(frame, publication)
    unit, value = pl.col("unit"), pl.col("value")
    beyond = beyond_a_share(pl.col("Metric_ID"), unit, value, context.catalogue.shares)
    parts = Check(beyond, "Value", pl.lit(NO_SHARE))
    return frame, [*trusts, *quarters, *metrics, *periods, *figures, parts]


def _metric_checks(
    frame: pl.DataFrame, publication: Publication, catalogue: MetricCatalogue
) -> tuple[pl.DataFrame, list[Check]]:
    """Add ``unit``; check the identifier, and of a known metric that the unit is one of its own.

    A metric that is not known has its own unit, whatever that is.
    """
    known = catalogue.known_ids()
    allowed = _allowed_units(catalogue)
    units = _units_as_kept(publication, allowed)
    unit = known_values(frame, "Units", lambda text: units.get(text.lower(), text))
    frame = frame.with_columns(unit.alias("unit"))
    pairs = pl.concat_str("Metric_ID", pl.lit("|"), pl.col("unit").str.to_lowercase())
    is_known = pl.col("Metric_ID").is_in(list(known)).fill_null(value=False)
    expected = {metric: f"expected unit: {' or '.join(names)}" for metric, names in allowed.items()}
    fits = _may_be_further(publication)
    return frame, [
        Check(
            ~(is_known | fits),
            "Metric_ID",
            explained(
                frame.filter(~is_known),
                "Metric_ID",
                lambda text: f"no metric has this identifier; nearest: {nearest(text, known)}",
            ),
        ),
        Check(
            is_known
            & ~pairs.is_in([f"{m}|{u}" for m, names in allowed.items() for u in names]).fill_null(
                value=False
            ),
            "Units",
            pl.col("Metric_ID").replace_strict(expected, default="", return_dtype=pl.String),
        ),
    ]


def _units_as_kept(
    publication: Publication, allowed: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Units that Remit knows, in small letters → as it keeps them."""
    known = {unit: unit for names in (*allowed.values(), limits_in_words()) for unit in names}
    return known | {written.lower(): kept for written, kept in publication.units.items()}


def _may_be_further(publication: Publication) -> pl.Expr:
    """Whether an identifier is of the form of those that are kept though they are not known."""
    further = publication.further_metrics
    return whole_text_fits("Metric_ID", further.pattern) if further else pl.lit(value=False)


def _allowed_units(catalogue: MetricCatalogue) -> dict[str, list[str]]:
    allowed: dict[str, list[str]] = {}
    for metric in catalogue.metrics.values():
        allowed[metric.id] = [metric.unit, *metric.other_units]
        if metric.score_id:
            allowed[metric.score_id] = ["score"]
    return allowed | {result.id: [result.unit] for result in catalogue.results.values()}


def _figure_checks(
    frame: pl.DataFrame, publication: Publication
) -> tuple[pl.DataFrame, list[Check]]:
    """Add ``value``, ``status`` and the published median, quartiles and rank."""
    columns = {"own": "Value"} | {name: column for column, name in _EXTRA.items()}
    units = dict.fromkeys(columns, pl.col("unit")) | {"published_rank": pl.lit("rank")}
    frame = with_figures(frame, columns, publication.marks, units)
    checks = [
        Check(~pl.col("own_readable"), "Value", why_unreadable("Value")),
        Check(
            out_of_range(pl.col("unit"), pl.col("value"), pl.col("own_plain")),
            "Value",
            pl.col("unit").replace_strict(
                limits_in_words(), default="out of range", return_dtype=pl.String
            ),
        ),
        *(
            Check(
                ~pl.col(f"{name}_readable") & pl.col(column).is_not_null(),
                column,
                why_unreadable(column),
            )
            for column, name in _EXTRA.items()
        ),
    ]
    return frame.rename({"own_value": "value", "own_status": "status"}), checks


def _reading(
    table: RawTable,
    publication: Publication,
    context: ReadingContext,
    good: pl.DataFrame,
    rejections: list[Rejection],
) -> Reading:
    file = table.file
    scope = pl.format("{} · {}", "release", "org_kind")
    missing = pl.lit(None, dtype=pl.Float64)
    observations = good.with_columns(scope.alias("scope")).select(
        pl.col("Trust_code").alias("org_code"),
        "org_kind",
        pl.col("Metric_ID").alias("metric_id"),
        "unit",
        pl.lit(None, dtype=pl.String).alias("cut"),
        "release",
        "scope",
        "period_label",
        "period_start",
        "period_end",
        "value",
        missing.alias("numerator"),
        missing.alias("denominator"),
        "status",
        pl.col("published_rank_value").alias("published_rank"),
        pl.col("published_median_value").alias("published_median"),
        pl.col("published_lower_quartile_value").alias("published_lower_quartile"),
        pl.col("published_upper_quartile_value").alias("published_upper_quartile"),
        pl.lit(publication.id).alias("publication"),
        pl.lit(file.sha256[:16]).alias("source_id"),
        pl.col(LINE).alias("source_row"),
        pl.lit("Value").alias("source_column"),
        pl.lit(None, dtype=pl.String).alias("member_of"),
    )
    ordered = tuple(sorted(rejections, key=lambda rejection: rejection.line))
    printed = printed_metrics(good, publication, context.catalogue)
    source: Source = source_of([table], publication, context, observations, len(ordered))
    notes = (
        *notes_on([(table, ())], publication),
        *notes_on_printed(printed, good),
        *notes_on_closed(good, context.register),
    )
    observations = observations.cast(OBSERVATION_SCHEMA)  # type: ignore[arg-type]
    return Reading(observations, ordered, replace(source, printed=printed), notes=notes)
