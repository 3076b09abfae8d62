"""A user's own file of points: every line is a point or a rejection with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from remit.files.delimited import unmarked
from remit.model.errors import PublicationError
from remit.model.observation import Rejection, Status
from remit.model.plain_text import on_one_line
from remit.publications.files.table import RawTable, load, read_table
from remit.publications.rows.cells import tidy, why_unreadable, with_figures
from remit.publications.rows.rows import LINE, Check, known_values, repeated_rows, sort_out
from remit.signals.counts import BETWEEN, NEGATIVE, NOBODY
from remit.signals.dates import DATE_FORMS, read_day, year_fault

_NUMBERS = "write it in the digits 0 to 9, such as 1234.5 or 1.2e3"


@dataclass(frozen=True, slots=True)
class OwnFile:
    """Points (``series, date, value`` and what else was asked for) and the lines refused."""

    path: Path
    sha256: str
    points: pl.DataFrame
    rejections: tuple[Rejection, ...]

    @property
    def rows_read(self) -> int:
        """Accepted and rejected lines together; the header and blank lines are none."""
        return self.points.height + len(self.rejections)


def read_own_file(
    path: Path, series: str = "series", date: str = "date", value: str = "value"
) -> OwnFile:
    """Read a CSV file of points.

    Parameters
    ----------
    path
        A CSV file in UTF-8 with a header and one point a line.
    series, date, value
        The names of its columns, in any case. A file without a column ``series`` is one series,
        named after the file.

    Raises
    ------
    PublicationError
        If the file cannot be read, is no CSV file, or lacks a column.
    """
    return _read(path, {"series": series, "date": date}, {"value": value})


def read_gaps(
    path: Path, series: str = "series", date: str = "date", value: str = "value"
) -> OwnFile:
    """Read a CSV file of events with the cases since the one before; two on one day are two."""
    return _read(path, {"series": series, "date": date}, {"value": value}, one_a_date=False)


def read_counts(
    path: Path,
    series: str = "series",
    date: str = "date",
    numerator: str = "numerator",
    denominator: str = "denominator",
) -> OwnFile:
    """Read a CSV file of rates by their counts (``series, date, numerator, denominator``).

    A line whose numerator does not lie between 0 and its denominator is rejected too.
    """
    columns = {"numerator": numerator, "denominator": denominator}
    return _read(path, {"series": series, "date": date}, columns)


def read_events(path: Path, series: str = "series", date: str = "date") -> OwnFile:
    """Read a CSV file of events (``series, date``); two on one day are two lines."""
    return _read(path, {"series": series, "date": date}, {})


def _read(
    path: Path, keys: dict[str, str], figures: dict[str, str], *, one_a_date: bool = True
) -> OwnFile:
    table = read_table(load(path))
    called, name = keys | figures, table.file.name
    frame = _read_cells(_texts(table, called), list(figures))
    whole, unreadable = sort_out(frame, _checks(list(figures)), name)
    whole, repeated = _once(whole, list(figures) if one_a_date else [], name)
    points = whole.sort(LINE).select(
        "series",
        pl.col("day").str.to_date().alias("date"),
        *(pl.col(f"{figure}_value").alias(figure) for figure in figures),
    )
    refused = [replace(r, column=called[r.column]) for r in (*unreadable, *repeated)]
    rejections = sorted([*table.damaged, *refused], key=lambda r: r.line)
    return OwnFile(path, table.file.sha256, points, tuple(rejections))


def _once(
    frame: pl.DataFrame, figures: Sequence[str], file_name: str
) -> tuple[pl.DataFrame, list[Rejection]]:
    """Without the lines that repeat or contradict each other; events have no figure to do so."""
    if not figures:
        return frame, []
    said = frame.with_columns(
        pl.struct(f"{figure}_value" for figure in figures).alias("value"),
        pl.lit(Status.REPORTED.value).alias("status"),
    )
    return sort_out(said, repeated_rows(["series", "day"], "date"), file_name)


def columns_of(table: RawTable, wanted: Sequence[str]) -> list[int | None]:
    """Where columns stand, whatever the case of their names; None if absent.

    Raises
    ------
    PublicationError
        If a name stands twice.
    """
    names = [name.strip().lower() for name in table.header]
    for name in wanted:
        if names.count(name.strip().lower()) > 1:
            raise PublicationError(f"{table.file.path}, line 1: the column {name!r} stands twice")
    folded = [name.strip().lower() for name in wanted]
    return [names.index(name) if name in names else None for name in folded]


def _texts(table: RawTable, names: dict[str, str]) -> pl.DataFrame:
    places = columns_of(table, list(names.values()))
    data: dict[str, list[str] | list[int]] = {LINE: table.lines}
    for (name, called), place in zip(names.items(), places, strict=True):
        if place is not None:
            data[name] = [on_one_line(unmarked(row[place])) for row in table.rows]
        elif name == called == "series":
            data[name] = [table.file.path.stem] * len(table.rows)
        else:
            raise PublicationError(
                f"{table.file.path}, line 1: there is no column {called!r}; the header has "
                f"{', '.join(table.header)}. Name it with --{name}-column"
            )
    schema = {LINE: pl.Int64, **dict.fromkeys(names, pl.String)}
    return pl.DataFrame(data, schema=schema).with_columns(tidy(name) for name in names)


def _read_cells(frame: pl.DataFrame, figures: Sequence[str]) -> pl.DataFrame:
    def as_day(text: str) -> str | None:
        found = read_day(text)
        return found.isoformat() if found else None

    def as_fault(text: str) -> str | None:
        found = read_day(text)
        return year_fault(found) if found else None

    frame = frame.with_columns(
        known_values(frame, "date", as_day).alias("day"),
        known_values(frame, "date", as_fault).alias("year_fault"),
    )
    # What a value is counted in is not said; a numerator and a denominator are counts.
    units = {figure: "percent" if figure == "value" else "count" for figure in figures}
    return with_figures(frame, {figure: figure for figure in figures}, {}, units)


def _checks(figures: Sequence[str]) -> list[Check]:
    """What makes a line no point, in the order in which it is said."""
    return [
        Check(pl.col("series") == "", "series", pl.lit("the line does not say which series")),
        Check(pl.col("day").is_null(), "date", _no_date()),
        Check(pl.col("year_fault").is_not_null(), "date", pl.col("year_fault")),
        *(Check(~pl.col(f"{figure}_readable"), figure, _no_number(figure)) for figure in figures),
        *_rate_checks(figures),
    ]


def _no_date() -> pl.Expr:
    return _unless_missing("date", pl.lit(f"this is no date; write it as {DATE_FORMS}"))


def _no_number(figure: str) -> pl.Expr:
    return _unless_missing(figure, why_unreadable(figure, "number", remedy=_NUMBERS))


def _unless_missing(column: str, reason: pl.Expr) -> pl.Expr:
    missing = pl.lit(f"the {column} is missing")
    return pl.when(pl.col(column) == "").then(missing).otherwise(reason)


def _rate_checks(figures: Sequence[str]) -> list[Check]:
    if "denominator" not in figures:
        return []
    top, bottom = pl.col("numerator_value"), pl.col("denominator_value")
    return [
        Check(bottom == 0, "denominator", pl.lit(NOBODY)),
        Check(bottom < 0, "denominator", pl.lit(NEGATIVE)),
        Check((top < 0) | (top > bottom), "numerator", pl.lit(BETWEEN)),
    ]
