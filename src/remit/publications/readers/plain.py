"""The reader of every plain publication: a row an organisation and period, columns of counts.

What its table looks like is declared (``model/layout.py``); nothing here speaks of one publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

import polars as pl

from remit.model.errors import PublicationError
from remit.model.layout import Cut, Holder, PeriodPlace
from remit.model.publication import Measure, Publication
from remit.publications.files.raw import RawFile
from remit.publications.files.sheets import tables
from remit.publications.files.table import RawTable, beside
from remit.publications.files.workbook import is_workbook, open_workbook
from remit.publications.rows.bands import with_bands
from remit.publications.rows.bodies import kind_of
from remit.publications.rows.chosen import chosen_rows
from remit.publications.rows.declared_checks import declared_checks
from remit.publications.rows.false_zeros import without_false_zeros
from remit.publications.rows.holders import holder_columns
from remit.publications.rows.lean import lean_table
from remit.publications.rows.long_tables import words_of
from remit.publications.rows.measures import Measured, assembled, measured
from remit.publications.rows.months import declared_period
from remit.publications.rows.reading import Reading, ReadingContext
from remit.publications.rows.rows import LINE, Check, text_frame
from remit.publications.rows.stated_day import published_as_stated
from remit.publications.rows.sums import cut_checks, summed, with_wholes
from remit.publications.rows.total_rows import with_england_named, without_parts


def read(file: RawFile, publication: Publication, context: ReadingContext) -> Reading:
    """Read one file of a publication that is declared wholly.

    Raises
    ------
    PublicationError
        If the file lacks what its declaration says it has, or its name does not tell which it is.
    """
    told = _told_by_name(file, publication)
    lean = lean_table(file, publication)
    found: Sequence[RawTable] = [lean] if lean else tables(file, publication)
    context = published_as_stated(context, _published(found[0], publication))
    pieces = [_piece(table, publication, context, told) for table in found]
    wholes = [p for p in pieces if p.observations.height and not _has_parts(p.table, publication)]
    if publication.cuts and wholes:
        pieces = [p if p in wholes else _parts_only(p, wholes[0], publication) for p in pieces]
    return assembled(pieces, publication, context, further=[*_area_sums(pieces, publication)])


def _published(table: RawTable, publication: Publication) -> str:
    """What stands beside the first label that has a day, above the table or on the first sheet."""
    labels = publication.published
    texts = (text for label in labels if _has_digit(text := table.beside(label)))
    return next(texts, "") or _on_first_sheet(table.file, labels)


def _on_first_sheet(file: RawFile, labels: Sequence[str]) -> str:
    if not labels or not is_workbook(file.content):
        return ""
    workbook = open_workbook(file)
    rows = workbook.sheet(workbook.names[0]).cells
    return next((text for name in labels if _has_digit(text := beside(rows, name))), "")


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _told_by_name(file: RawFile, publication: Publication) -> dict[str, str]:
    """What only the file's name tells."""
    declared = publication.by_file_name
    if declared is None:
        return {}
    name = (file.member or file.name).lower()
    said = [word for word in declared.words if word.lower() in name]
    if len(said) != 1:
        raise PublicationError(
            f"{file.path}: {declared.of} have the same columns and are told apart by their names; "
            f"let the name hold either {' or '.join(declared.words)}"
        )
    return {declared.name: said[0].lower()}


# One table ---------------------------------------------------------------------------------------


def _piece(
    table: RawTable, publication: Publication, context: ReadingContext, told: dict[str, str]
) -> Measured:
    frame, banded = with_bands(text_frame(table, publication), table, publication)
    frame, passed = chosen_rows(frame, publication)
    # The catalogue refuses the declaration of a plain publication without these two.
    holder, place = cast(Holder, publication.organisation), cast(PeriodPlace, publication.period)
    frame = with_england_named(frame, table, publication, holder)
    frame, parts = without_parts(frame, table, publication, holder, context.register)
    frame, checks = holder_columns(frame, holder, context.register)
    frame, periods = declared_period(table, frame, place, context)
    checks = [*banded, *checks, *periods]
    for column in publication.words:
        frame, known = words_of(frame, column, publication, f"_{column}")
        checks.append(known)
    checks.extend(_known_area(frame, area.column, context) for area in publication.area_sums)
    frame = _with_scope(_with_cut(frame, publication), publication, told)
    measures = [_filled(measure, told) for measure in publication.measures]
    words = list(dict.fromkeys(name for measure in measures for name in measure.told_by))
    piece = measured(
        table, frame, publication, checks, measures=measures, key=_key(words, publication)
    )
    piece = _with_words(piece, frame, words)
    if publication.summed_over:
        piece = replace(piece, observations=summed(piece.observations, of_one=False))
    checked = tuple(declared_checks(piece, frame, publication))
    kept = with_wholes(piece.observations, publication)
    kept = without_false_zeros(kept, publication.false_zeros)
    return replace(piece, observations=kept, checks=checked, notes=(*passed, *parts))


def _known_area(frame: pl.DataFrame, column: str, context: ReadingContext) -> Check:
    """A row whose area is not on the register could be counted nowhere."""
    codes = frame[column].unique().drop_nulls()
    known = [code for code in codes if kind_of(code, context.register) == "icb"]
    return Check(~pl.col(column).is_in(known), column, pl.lit("no ICB has this code"))


def _with_cut(frame: pl.DataFrame, publication: Publication) -> pl.DataFrame:
    if not publication.cuts:
        return frame
    parts = [
        pl.when(_is_part(cut)).then(
            pl.format(f"{cut.name}: {{}}", pl.col(cut.column).str.replace_all(";", ","))
        )
        for cut in publication.cuts
    ]
    joined = pl.concat_str(parts, separator="; ", ignore_nulls=True)
    is_part = pl.any_horizontal(_is_part(cut) for cut in publication.cuts)
    return frame.with_columns(pl.when(is_part).then(joined).alias("cut"))


def _is_part(cut: Cut) -> pl.Expr:
    return ~pl.col(cut.column).fill_null("").str.to_lowercase().is_in(cut.whole)


def _with_scope(
    frame: pl.DataFrame, publication: Publication, told: Mapping[str, str]
) -> pl.DataFrame:
    """What a later file replaces as a whole: the period, and what is declared to be apart."""
    area = pl.when(pl.col("org_kind") == "icb").then(pl.lit("icb")).otherwise(pl.lit("trust"))
    words = {name: pl.lit(word) for name, word in told.items()}
    known = {"area": area, "organisation": pl.col("org_code"), **words}
    said = {name: known.get(name, pl.col(f"_{name}")) for name in publication.apart}
    apart = [pl.when(~word.is_in(publication.not_apart)).then(word) for word in said.values()]
    cuts = [
        pl.when(_is_part(cut)).then(pl.lit(f"by {cut.name}"))
        for cut in publication.cuts
        if cut.apart
    ]
    frame = frame if "release" in frame.columns else frame.with_columns(release="period_label")
    scope = pl.concat_str("release", *apart, *cuts, separator=" · ", ignore_nulls=True)
    if publication.parts_apart:
        parts = pl.format("{} {}", scope, pl.lit(publication.parts_apart))
        scope = pl.when(pl.col("cut").is_null()).then(scope).otherwise(parts)
    return frame.with_columns(scope.alias("scope"))


def _filled(measure: Measure, told: Mapping[str, str]) -> Measure:
    metric = measure.metric
    for name, word in told.items():
        metric = metric.replace(f"{{{name}}}", word)
    return measure.model_copy(update={"metric": metric}) if told else measure


def _key(words: Sequence[str], publication: Publication) -> list[str]:
    """What two rows that repeat or contradict each other are alike in."""
    last = ["cut"] if publication.cuts or not words else []
    told = [f"_{name}" for name in words]
    return ["org_code", *told, "period_label", *last, *publication.summed_over]


def _with_words(piece: Measured, frame: pl.DataFrame, words: Sequence[str]) -> Measured:
    """Put the word that each row says into the names of its metrics."""
    for name in words:
        said = frame.select(pl.col(LINE).alias("source_row"), pl.col(f"_{name}").alias("word"))
        joined = piece.observations.join(said, on="source_row", how="left", maintain_order="left")
        metric = pl.col("metric_id").str.replace(f"{{{name}}}", pl.col("word"), literal=True)
        kept = joined.with_columns(metric).select(piece.observations.columns)
        piece = replace(piece, observations=kept)
    return piece


# Several tables ----------------------------------------------------------------------------------


def _has_parts(table: RawTable, publication: Publication) -> bool:
    names = publication.column_names(table.header)
    return any(cut.column in names for cut in publication.cuts)


def _parts_only(piece: Measured, whole: Measured, publication: Publication) -> Measured:
    """The parts without their wholes, which are held against those of the table of wholes."""
    starts = "|".join(f"{re.escape(cut.name)}: " for cut in publication.cuts)
    is_part = pl.col("cut").fill_null("").str.contains(f"^(?:{starts})")
    again = piece.observations.filter(~is_part)
    differing = cut_checks(whole.observations, again, piece.table.file.name, ["cut"])
    kept = piece.observations.filter(is_part)
    return replace(piece, observations=kept, checks=(*piece.checks, *differing))


def _area_sums(pieces: Sequence[Measured], publication: Publication) -> Iterator[pl.DataFrame]:
    for area in publication.area_sums:
        for piece in pieces:
            frame = text_frame(piece.table, publication)
            areas = frame.select(pl.col(LINE).alias("source_row"), area=pl.col(area.column))
            parts = piece.observations.join(
                areas, on="source_row", how="left", maintain_order="left"
            ).with_columns(pl.col("area").alias("org_code"), pl.lit(area.kind).alias("org_kind"))
            yield summed(parts.select(piece.observations.columns))
