"""Sheets of one workbook that speak of the same: said twice it counts once, and never both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from remit.model.observation import Rejection
from remit.publications.files.table import RawTable

_KEY = ("org_code", "metric_id", "cut", "period_label", "scope")


@dataclass(frozen=True, slots=True)
class Once:
    """What is left of the observations of one sheet, and the rows that are refused."""

    observations: pl.DataFrame
    rejections: tuple[Rejection, ...] = ()


def once_across_sheets(pieces: Sequence[tuple[RawTable, pl.DataFrame]]) -> list[Once]:
    """Observations without what another sheet says again, and without what two contradict.

    A row that says nothing but what an earlier sheet says is refused as its repetition; rows of
    two sheets that differ in a figure are both refused, since which is right cannot be told.

    Parameters
    ----------
    pieces
        Each table of a file, or a part of one, with the observations that were made of it.
    """
    if len({table.sheet for table, _ in pieces}) < 2:
        return [Once(observations) for _, observations in pieces]
    said = _said_twice(pieces)
    if said.is_empty():
        return [Once(observations) for _, observations in pieces]
    return [_once(place, *piece, said) for place, piece in enumerate(pieces)]


def _said_twice(pieces: Sequence[tuple[RawTable, pl.DataFrame]]) -> pl.DataFrame:
    """What several sheets say: which piece and row, whether it is the first, whether they agree."""
    everything = pl.concat(
        frame.select(
            *_KEY, "value", "status", "source_row",
            pl.lit(place).alias("piece"), pl.lit(table.sheet).alias("sheet"),
        )
        for place, (table, frame) in enumerate(pieces)
    )  # fmt: skip
    several = everything.filter(pl.col("sheet").n_unique().over(_KEY) > 1)
    return several.with_columns(
        (pl.struct("value", "status").n_unique().over(_KEY) > 1).alias("differs"),
        (pl.col("piece") == pl.col("piece").min().over(_KEY)).alias("is_first"),
        pl.format("{} (line {})", "sheet", "source_row").unique(maintain_order=True)
        .str.join(" and ").over(_KEY).alias("places"),
    )  # fmt: skip


def _once(place: int, table: RawTable, frame: pl.DataFrame, said: pl.DataFrame) -> Once:
    mine = said.filter(pl.col("piece") == place)
    differing = mine.filter("differs").unique("source_row", keep="first", maintain_order=True)
    again = mine.filter(~pl.col("differs") & ~pl.col("is_first"))
    refused = differing["source_row"].implode()
    left = frame.filter(~pl.col("source_row").is_in(refused)).join(
        again.select(*_KEY, "source_row"), on=[*_KEY, "source_row"], how="anti", nulls_equal=True
    )
    kept = set(left["source_row"]) | set(differing["source_row"])
    repeated = again.unique("source_row", keep="first", maintain_order=True)
    repeated = repeated.filter(~pl.col("source_row").is_in(list(kept)))
    reasons = [
        *_reasons(table, differing, "the sheets {} give different figures for the same thing ({})"),
        *_reasons(table, repeated, "the row is said twice: {} ({})"),
    ]
    return Once(left, tuple(reasons))


def _reasons(table: RawTable, rows: pl.DataFrame, reason: str) -> list[Rejection]:
    told = rows.select("source_row", "places", "org_code", "metric_id", "period_label")
    return [
        Rejection(
            table.file.name,
            line,
            table.place(""),
            code,
            reason.format(places, f"{code} {metric} {period}"),
        )
        for line, places, code, metric, period in told.iter_rows()
    ]
