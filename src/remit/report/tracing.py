"""The published figures behind points, and the files that they stand in, numbered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from remit.model.observation import Source
from remit.report.charting import Key
from remit.report.view import ReportSource, Trace
from remit.series import Series


class Files:
    """The files of a report, numbered as they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._known: dict[str, Source] = {}

    def number(self, source_id: str) -> int:
        """The number of a file."""
        return self._numbers.setdefault(source_id, len(self._numbers) + 1)

    def know(self, sources: Mapping[str, Source]) -> None:
        """Take in what is known of files."""
        self._known.update(sources)

    def listed(self) -> tuple[ReportSource, ...]:
        """The files that were met, by their numbers."""
        return tuple(
            _source(number, source_id, self._known.get(source_id))
            for source_id, number in self._numbers.items()
        )


def _source(number: int, source_id: str, source: Source | None) -> ReportSource:
    if source is None:
        # Figures that came as a frame name their file by its identifier at most.
        return ReportSource(number, source_id, "not told", None, "", "", "", 0, 0, 0, "")
    return ReportSource(
        number=number,
        file_name=source.file_name,
        publication=source.publication_name,
        published_on=source.published_on,
        sha256=source.sha256,
        licence=source.licence,
        url=source.url,
        rows_read=source.rows_read,
        rows_accepted=source.rows_accepted,
        rows_rejected=source.rows_rejected,
        scopes=_scopes(source.scopes),
    )


def _scopes(scopes: tuple[str, ...]) -> str:
    if len(scopes) <= 3:
        return "; ".join(scopes)
    return f"{scopes[0]} … {scopes[-1]} ({len(scopes)} parts)"


def traces(made: Series, points: pl.DataFrame, files: Files) -> dict[Key, tuple[Trace, ...]]:
    """The published figures behind points, by the series that the points are of.

    Parameters
    ----------
    made
        The series.
    points
        ``org_code, metric_id, cut, period_start`` of the points; the cut is empty for everybody.
    files
        Numbers the files that are met.
    """
    files.know(made.sources)
    found: dict[Key, list[Trace]] = defaultdict(list)
    wanted = points.with_columns(pl.col("cut").replace("", None))
    told = made.traces(wanted).drop_nulls(["source_id", "line"])
    for row in told.iter_rows(named=True):
        key = (row["area_code"], row["metric_id"], row["cut"] or "")
        found[key].append(_trace(row, files))
    return {key: tuple(of) for key, of in found.items()}


def _trace(row: Mapping[str, Any], files: Files) -> Trace:
    return Trace(
        org_code=row["org_code"],
        measure=row["measure"],
        period=row["period_label"],
        value=row["value"],
        status=row["status"],
        source=files.number(row["source_id"]),
        line=row["line"],
        column=row["column"] or "",
    )


ROW_COLUMNS = (
    "org_code",
    "measure",
    "cut",
    "period_label",
    "value",
    "status",
    "file",
    "line",
    "column",
)


def all_rows(made: Series) -> pl.DataFrame:
    """The published figures behind every point of series, each once, in ``ROW_COLUMNS``."""
    return made.traces().select(ROW_COLUMNS).unique()


def rows_behind(made: Series, points: pl.DataFrame, files: Files) -> pl.DataFrame:
    """The published figures behind some points, each once; their files get numbers.

    Parameters
    ----------
    made
        The series.
    points
        ``org_code, metric_id, cut, period_start`` as in its frame.
    files
        Numbers the files that are met.
    """
    files.know(made.sources)
    told = made.traces(points).drop_nulls("source_id")
    for source_id in told["source_id"].unique().sort():
        files.number(source_id)
    return told.select(ROW_COLUMNS).unique()


def as_listed(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Rows of several series as one list, each once, in the order of the files."""
    if not frames:
        return pl.DataFrame(schema=dict.fromkeys(ROW_COLUMNS, pl.String))
    return pl.concat(frames).unique().sort("file", "line", "column", "measure", "cut")
