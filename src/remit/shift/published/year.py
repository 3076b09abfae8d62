"""A measure's year: its periods joined, held against people and against need, or withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from remit.model.metric import Frequency
from remit.model.period import Period
from remit.model.shift_measures import ShiftCounts, ShiftGate, ShiftMeasure
from remit.shift.published.people import People
from remit.shift.published.points import MeasurePoints
from remit.words.figures import number_words

READ, WITHHELD, NO_FIGURE = "read", "withheld", "no_figure"

_PERIODS = {Frequency.QUARTER: 4, Frequency.YEAR: 1}
_NOUNS = {Frequency.QUARTER: "quarters", Frequency.YEAR: "years"}


@dataclass(frozen=True, slots=True)
class MeasureYear:
    """One measure in one financial year.

    Attributes
    ----------
    measure
        What is measured.
    year
        Which year that is.
    areas
        One row an area: counts, people, need, values, and what it has and lacks.
    points
        The periods of all years up to the end of this one, with people and need beside them.
    reason
        Why nobody is held against anybody; blank where the measure passes its gate.
    lowest, highest
        The ICBs' range, whether it passes or not.
    """

    measure: ShiftMeasure
    areas: pl.DataFrame
    points: pl.DataFrame
    made_of: MeasurePoints
    year: Period
    reason: str
    expected: int
    lowest: float | None
    highest: float | None

    @property
    def passes(self) -> bool:
        """Whether it passes its gate."""
        return not self.reason


def year_of_measure(
    measure: ShiftMeasure, made: MeasurePoints, people: People, year: Period, expected: int
) -> MeasureYear | None:
    """A measure in a financial year; None where nothing of it is of that year.

    Parameters
    ----------
    measure, made
        What is measured, and its points of all years.
    people
        Of that year.
    year
        The financial year.
    expected
        How many ICBs there were.

    Examples
    --------
    ``year_of_measure(measure, points, people, financial_year(2024), 42)``
    """
    counts, gate = measure.counts, measure.gate
    if counts is None or gate is None:
        return None
    known = people.beside(made.frame.filter(pl.col("period_end") <= year.end), measure.need)
    points = known.with_columns(**_values(measure))
    within = points.filter(pl.col("period_start") >= year.start)
    if within["numerator"].drop_nulls().is_empty():
        return None
    areas = _joined(within, counts, gate).with_columns(**_values(measure))
    reasons = [_why_area(row, measure, counts, gate) for row in areas.to_dicts()]
    areas = areas.with_columns(pl.Series("reason", reasons, dtype=pl.String))
    icbs = areas.filter(pl.col("level") == "icb", pl.col("reason") == "")
    reason, low, high = _why_nobody(icbs, gate, expected)
    return MeasureYear(
        measure, _shown(areas, reason), points, made, year, reason, expected, low, high
    )


def _values(measure: ShiftMeasure) -> dict[str, pl.Expr]:
    """The value, and the value for each need-weighted head."""
    base = pl.col("people") if measure.per_people else pl.col("denominator")
    value = pl.when(base > 0).then(pl.col("numerator") / base * measure.scale)
    return {"value": value, "need_value": value / pl.col("need_index")}


def _joined(within: pl.DataFrame, counts: ShiftCounts, gate: ShiftGate) -> pl.DataFrame:
    """One row an area: of the periods that have enough of its members."""
    enough = pl.col("numerator").is_not_null() & (
        pl.col("present") >= gate.least_members * pl.col("expected")
    )
    many = [pl.col(side).filter(enough) for side in ("numerator", "denominator")]
    sides = [one.sum() if counts.over_time == "sum" else one.mean() for one in many]
    some = pl.col("numerator").filter(enough).len() > 0
    return (
        within.sort("period_start")
        .group_by("level", "area_code", "area_name", maintain_order=True)
        .agg(
            *(pl.when(some).then(side) for side in sides),
            pl.col("people").first(),
            pl.col("need_index").first(),
            pl.col("value").filter(enough).min().alias("least"),
            pl.col("value").filter(enough).max().alias("most"),
            enough.sum().cast(pl.Int64).alias("periods"),
            pl.col("period_label").filter(enough).first().alias("first_period"),
            pl.col("period_label").filter(enough).last().alias("last_period"),
            pl.col("present").sum(),
            pl.col("expected").sum(),
            pl.col("without").filter(pl.col("without") != "").unique().sort().str.join("; "),
            pl.col("made").unique().sort().str.join(", "),
        )
        .sort("level", "area_code")
    )


def _why_area(
    row: dict[str, object], measure: ShiftMeasure, counts: ShiftCounts, gate: ShiftGate
) -> str:
    """Why an area is withheld; blank where it is not."""
    periods, noun = int(str(row["periods"])), _NOUNS.get(counts.frequency, "months")
    of = _PERIODS.get(counts.frequency, 12)
    if periods < gate.least_periods:
        lacking = f"; no figure of {row['without']}" if row["without"] else ""
        return (
            f"{periods} of {of} {noun} of the year are whole, and at least "
            f"{gate.least_periods} are needed{lacking}"
        )
    if measure.per_people and row["people"] is None:
        return "there is no figure of the people of the area"
    if row["value"] is None:
        return "there is nothing to divide by"
    least, most = float(str(row["least"])), float(str(row["most"]))
    if gate.most_step is not None and most > gate.most_step * least:
        return (
            f"its {noun} run from {number_words(least)} to {number_words(most)}, more than "
            f"{number_words(gate.most_step)} times: what it records has changed in the year"
        )
    return ""


def _why_nobody(
    icbs: pl.DataFrame, gate: ShiftGate, expected: int
) -> tuple[str, float | None, float | None]:
    """Why the measure as a whole is withheld, and the range of its ICBs."""
    if icbs.height < gate.least_areas * expected:
        return f"{icbs.height} of {expected} ICBs have a figure that is whole", None, None
    ordered = icbs.sort("value")
    low, high = ordered["value"][0], ordered["value"][-1]
    if gate.most_spread is None or (low > 0 and high / low <= gate.most_spread):
        return "", low, high
    times = f"{number_words(high / low)} times as much" if low > 0 else "against nothing"
    who = f"{ordered['area_code'][0]} to {ordered['area_code'][-1]}"
    said = f"ICBs run from {number_words(low)} to {number_words(high)} ({who}), {times}. {gate.why}"
    return said, low, high


def _shown(areas: pl.DataFrame, reason: str) -> pl.DataFrame:
    """Areas with their status; what is withheld has counts and no value."""
    why = pl.when(pl.col("reason") == "").then(pl.lit(reason)).otherwise("reason")
    none = pl.col("numerator").is_null()
    marked = areas.with_columns(why.alias("reason")).with_columns(
        pl.when(none)
        .then(pl.lit(NO_FIGURE))
        .when(pl.col("reason") == "")
        .then(pl.lit(READ))
        .otherwise(pl.lit(WITHHELD))
        .alias("status")
    )
    read = pl.col("status") == READ
    return marked.with_columns(
        pl.when(read).then(name).alias(name) for name in ("value", "need_value")
    )


def year_with_most(years: Sequence[set[date]]) -> date:
    """The first day of the financial year in which most measures have a figure, or the latest.

    Parameters
    ----------
    years
        Of each measure the first days of the years that it has a figure of.

    Examples
    --------
    >>> year_with_most([{date(2023, 4, 1), date(2024, 4, 1)}, {date(2024, 4, 1)}])
    datetime.date(2024, 4, 1)
    """
    every = {day for days in years for day in days}
    return max(every, key=lambda day: (sum(day in days for days in years), day))
