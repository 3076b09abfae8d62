"""A frame of points made ready: checked, in order, as long arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from remit.frames.columns import as_moments, as_numbers, impossible, why_impossible
from remit.model.errors import AssessmentError
from remit.signals.dates import DATE_FORMS, Undecided, order_of, read_day, year_fault
from remit.signals.stretches import Flags, Whole

SERIES_ID = "_series"
POINT_COLUMNS = (
    "mean",
    "lower_limit",
    "upper_limit",
    "near_lower",
    "near_upper",
    "special_cause",
    "kind",
    "rule",
    "target",
    "stretch",
)
SERIES_COLUMNS = (
    "n",
    "mean",
    "lower_limit",
    "upper_limit",
    "variation",
    "assurance",
    "rule",
    "latest_date",
    "latest_value",
    "target",
    "stretch",
    "trial_limits",
    "limits_fit",
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the user's columns; without one for the series all points are one series."""

    series: tuple[str, ...]
    date: str
    value: str

    def __post_init__(self) -> None:
        """Libraries that name columns by numbers have them as texts once they are read."""
        object.__setattr__(self, "series", tuple(map(str, self.series)))
        object.__setattr__(self, "date", str(self.date))
        object.__setattr__(self, "value", str(self.value))


@dataclass(frozen=True, slots=True)
class Intake:
    """Points in order of series and date; ``names`` has one row a series.

    ``frame`` holds every point given, those without a value among them. ``valued`` are the places
    of those with a value; the arrays speak of these alone.
    """

    columns: Columns
    frame: pl.DataFrame
    names: pl.DataFrame
    valued: Whole
    series: Whole
    values: np.ndarray[Any, np.dtype[np.float64]]

    @property
    def first(self) -> Flags:
        """Where a series begins among the points with a value."""
        out = np.ones(len(self.series), dtype=bool)
        out[1:] = self.series[1:] != self.series[:-1]
        return out

    @property
    def last_points(self) -> Whole:
        """The latest point of each series that has a value at all."""
        after = np.append(self.series[1:], -1)
        return np.flatnonzero(self.series != after)

    @property
    def dates(self) -> pl.Series:
        """The dates of the points with a value."""
        return self.frame[self.columns.date][self.valued]

    def label(self, place: int) -> str:
        """A series as a message names it."""
        return " · ".join(str(part) for part in self.names.row(place)) or "the series"


def take_in(frame: pl.DataFrame, columns: Columns, *, one_a_date: bool = True) -> Intake:
    """Check a frame and put it in order; events can fall on one date, points cannot.

    Raises
    ------
    AssessmentError
        If a column is missing, of the wrong type or named as one that Remit adds, if a point has
        no series or no date, if a value is infinite or larger than any, or if a series has two
        points on one date.
    """
    _check_columns(frame, columns)
    _check_names(frame, columns)
    typed = frame.with_columns(_as_dates(frame, columns.date), as_numbers(frame, columns.value))
    numbered, names = _numbered(typed, columns)
    ordered = _in_order(numbered, columns.date)
    valued = ordered[columns.value].is_not_null().arg_true().to_numpy().astype(np.int64)
    intake = Intake(
        columns,
        ordered,
        names,
        valued,
        ordered[SERIES_ID].to_numpy().astype(np.int64)[valued],
        ordered[columns.value].drop_nulls().to_numpy(),
    )
    if one_a_date:
        _check_dates(intake)
    _check_values(intake)
    return intake


def constant_of(intake: Intake, column: str) -> pl.Series:
    """What a column says of each series, one entry a series.

    Raises
    ------
    AssessmentError
        If it says different things of one series.
    """
    said = intake.frame.group_by(SERIES_ID).agg(
        pl.col(column).drop_nulls().first(), pl.col(column).drop_nulls().n_unique().alias("_many")
    )
    said = (
        intake.names.with_row_index(SERIES_ID)
        .select(pl.col(SERIES_ID).cast(pl.Int64))
        .join(said, on=SERIES_ID, how="left", maintain_order="left")
    )
    unlike = said.filter(pl.col("_many") > 1)[SERIES_ID]
    if len(unlike):
        raise AssessmentError(
            f"the column {column!r} says different things of the series "
            f"{intake.label(unlike[0])}; it must be the same in all its rows"
        )
    return said[column]


def _check_columns(frame: pl.DataFrame, columns: Columns) -> None:
    needed = [*columns.series, columns.date, columns.value]
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise AssessmentError(
            f"the frame lacks the column(s) {', '.join(missing)}; it has: "
            f"{', '.join(frame.columns)}"
        )
    if len(set(needed)) < len(needed):
        raise AssessmentError(f"series, date and value need a column each; got {needed}")


def _check_names(frame: pl.DataFrame, columns: Columns) -> None:
    """A column of the user's keeps its name in what comes back, beside those that Remit adds."""
    taken = {SERIES_ID, *POINT_COLUMNS}
    clash = [
        *(name for name in columns.series if name in taken | set(SERIES_COLUMNS)),
        *(name for name in (columns.date, columns.value) if name in taken),
    ]
    if clash:
        raise AssessmentError(
            f"the column {clash[0]!r} has the name of one that Remit adds to the result; give it "
            "another name"
        )
    nested = [name for name in columns.series if frame[name].dtype.is_nested()]
    if nested or any(frame[name].dtype == pl.Object for name in columns.series):
        raise AssessmentError("a series is named by texts, numbers or days, not by lists of them")


def _as_dates(frame: pl.DataFrame, column: str) -> pl.Series:
    dates = as_moments(frame, column)
    if dates.dtype == pl.String:
        dates = _read_dates(dates, column)
    if "pandas.period" in str(dates.dtype):
        raise AssessmentError(
            f"the column {column!r} holds periods of pandas; give the day on which each begins "
            f"(frame[{column!r}].dt.start_time)"
        )
    if not isinstance(dates.dtype, pl.Date | pl.Datetime):
        raise AssessmentError(f"the column {column!r} is of type {dates.dtype}; it must hold dates")
    if dates.null_count():
        raise AssessmentError(
            f"{dates.null_count()} row(s) have no {column}; take them out or fill them in"
        )
    for end in (dates.min(), dates.max()):
        if isinstance(end, date) and (fault := year_fault(end)):
            raise AssessmentError(f"the column {column!r} holds {end}: {fault}")
    return dates


def _read_dates(texts: pl.Series, column: str) -> pl.Series:
    """Dates that are texts, read as those of a file are."""
    told = texts.unique().drop_nulls().to_list()
    try:
        order = order_of(told)
    except Undecided as doubt:
        first, second = doubt.readings
        raise AssessmentError(
            f"the column {column!r} holds {doubt.text!r}, which could be {first} or {second}; give "
            "dates, or write them so"
        ) from None
    days = {text: read_day(text, order) for text in told}
    for text, day in days.items():
        if day is None:
            raise AssessmentError(
                f"the column {column!r} holds {text[:60]!r}, which is not written as {DATE_FORMS}"
            )
    return texts.replace_strict(days, return_dtype=pl.Date)


def _numbered(frame: pl.DataFrame, columns: Columns) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give each series a number, in the order in which they first appear."""
    keys = list(columns.series)
    if not keys:
        one = frame.with_columns(pl.lit(0, dtype=pl.Int64).alias(SERIES_ID))
        return one, pl.DataFrame(height=1)
    nameless = frame.select(pl.any_horizontal(pl.col(keys).is_null()).sum()).item()
    if nameless:
        raise AssessmentError(f"{nameless} row(s) do not say which series they belong to")
    # Rows of one series mostly lie together: only where a run of them begins is it looked up.
    run = frame.select(pl.struct(keys).rle_id()).to_series()
    begins = frame.select(keys).filter(run != run.shift(1, fill_value=-1))
    names = begins.unique(maintain_order=True)
    numbers = names.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias(SERIES_ID))
    found = begins.join(numbers, on=keys, how="left", maintain_order="left")[SERIES_ID]
    return frame.with_columns(found.gather(run).alias(SERIES_ID)), names


def _in_order(frame: pl.DataFrame, date: str) -> pl.DataFrame:
    """By series and date; most frames are so already, and to see that is cheaper than to sort."""
    series, dates = frame[SERIES_ID], frame[date].to_physical()
    later = (series > series.shift()) | ((series == series.shift()) & (dates >= dates.shift()))
    return frame if later.fill_null(value=True).all() else frame.sort(SERIES_ID, date)


def _check_dates(intake: Intake) -> None:
    keys, date = intake.frame[SERIES_ID], intake.columns.date
    again = (keys == keys.shift()) & (intake.frame[date] == intake.frame[date].shift())
    twice = intake.frame.filter(again.fill_null(value=False))
    if not twice.is_empty():
        raise AssessmentError(
            f"{intake.label(twice[SERIES_ID][0])} has two points on {twice[date][0]}"
            f"{_and_more(twice.height)}; keep one point for each date"
        )


def _check_values(intake: Intake) -> None:
    wrong = impossible(pl.Series(intake.values)).arg_true()
    if len(wrong):
        place = int(wrong[0])
        raise AssessmentError(
            f"{intake.label(int(intake.series[place]))}, {intake.dates[place]}: "
            f"{why_impossible(intake.values[place])}; leave it blank if it is not known"
        )


def _and_more(count: int) -> str:
    return f" (and {count - 1} more like it)" if count > 1 else ""


def as_names(series: str | Sequence[str] | None) -> tuple[str, ...]:
    """One name, several or none, as a tuple."""
    if series is None:
        return ()
    is_one = isinstance(series, str) or not isinstance(series, Iterable)
    return (str(series),) if is_one else tuple(series)
