"""Goals that are yearly means: a year meets or misses them, and no month does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from remit.model.metric import Better, Metric
from remit.model.period import Period, financial_year_of
from remit.signals.goals_by_day import AskedTarget, SeriesTargets
from remit.signals.points import Point, meets
from remit.words.figures import value_words
from remit.words.sentences import sentence_case

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class YearMean:
    """The mean of a financial year against a goal; ``span`` names the months that are held."""

    goal: AskedTarget
    year: Period
    mean: float | None
    months: int
    span: str
    better: Better

    @property
    def is_whole(self) -> bool:
        """Whether each month of the year is held: else it is neither met nor missed."""
        return self.months == _MONTHS

    @property
    def is_met(self) -> bool:
        """Whether the mean reaches the goal."""
        aim = self.goal.number
        return aim is not None and meets(self.mean, aim, self.better)

    @property
    def words(self) -> str:
        """Where the year stands, without a full stop."""
        if self.mean is None:
            return f"mean of {self.year.label}: no month of it is held"
        figure = value_words(self.mean, self.goal.unit)
        if not self.is_whole:
            held = f"{self.months} of {_MONTHS} months ({self.span})"
            return f"mean of {self.year.label} so far, {held}: {figure}"
        aim, better = self.goal.number, self.better
        if aim is not None:
            figure = value_words(
                self.mean, self.goal.unit, beside=lambda shown: meets(shown, aim, better)
            )
        verdict = "meets" if self.is_met else "does not meet"
        return f"mean of {self.year.label}: {figure}, which {verdict} the goal of {self.goal.words}"


@dataclass(frozen=True, slots=True)
class Yearly:
    """What is known of yearly means at the end of a report's period.

    Attributes
    ----------
    last
        The year before, where it is held as a whole and a goal was in force in it.
    runs
        The year in which the period ends, where a goal is in force in it.
    standard
        The standard beside a goal that is a yearly mean, which judges no month then.
    end
        The last day of the report's period.
    """

    last: YearMean | None = None
    runs: YearMean | None = None
    standard: AskedTarget | None = None
    end: date = date.max

    @property
    def whole(self) -> YearMean | None:
        """The newest year that is whole: the only one that met its goal or missed it."""
        return self.runs if self.runs is not None and self.runs.is_whole else self.last

    def misses(self, new_months: int) -> bool:
        """Whether a goal was missed by a year that ended at most so many months ago."""
        if self.whole is None or self.whole.is_met:
            return False
        over = self.whole.year.end
        return 12 * (self.end.year - over.year) + self.end.month - over.month <= new_months

    @property
    def sentences(self) -> tuple[str, ...]:
        """The newest whole year and the one that runs, each in a sentence with its goal."""
        told = dict.fromkeys(one for one in (self.whole, self.runs) if one is not None)
        return tuple(_told(one) for one in told if one.mean is not None)


NO_YEARS = Yearly()
"""Of a series that nobody asks a yearly mean of."""


def yearly(targets: SeriesTargets, points: Sequence[Point], end: date) -> Yearly:
    """How yearly means stand against the goals of their years.

    Parameters
    ----------
    targets
        What the series is held against.
    points
        Those of the series, in order of time; a rate is made afresh from the counts of the year.
    end
        The last day of the report's period.

    Examples
    --------
    ``yearly(targets, charted.held, date(2025, 5, 31)).runs.words``: ``mean of 2025/26 so
    far, 2 of 12 months (Apr 2025 to May 2025): 25.0 minutes``
    """
    year = financial_year_of(end)
    before = financial_year_of(year.start - timedelta(days=1))
    last = _of_year(targets, points, before, before.end)
    asked = targets.on(end)
    is_yearly = asked.goal is not None and asked.goal.is_yearly
    return Yearly(
        # A year that is over and not wholly held is neither met nor missed, and says nothing new.
        last if last is not None and last.is_whole else None,
        _of_year(targets, points, year, end),
        asked.standard if is_yearly else None,
        end,
    )


def _of_year(
    targets: SeriesTargets, points: Sequence[Point], year: Period, day: date
) -> YearMean | None:
    """The mean of a year up to a day; None where no goal of that day is a yearly mean."""
    goal = targets.on(day).goal
    if goal is None or not goal.is_yearly:
        return None
    held = [p for p in points if p.value is not None and year.start <= p.start <= day]
    labels = list(dict.fromkeys((held[0].label, held[-1].label))) if held else []
    metric = targets.metric
    mean = _mean(held, metric)
    return YearMean(goal, year, mean, len(held), " to ".join(labels), metric.better)


def _told(one: YearMean) -> str:
    aim = "" if one.is_whole else f" (the goal for the year is {one.goal.words})"
    return f"{sentence_case(one.words)}{aim}."


def _mean(held: Sequence[Point], metric: Metric) -> float | None:
    """The rate of the whole year where its counts are known, else the mean of its months."""
    over = [p.numerator for p in held if p.numerator is not None]
    under = [p.denominator for p in held if p.denominator is not None]
    if held and len(over) == len(under) == len(held) and sum(under) > 0:
        return metric.scale * sum(over) / sum(under)
    values = [p.value for p in held if p.value is not None]
    return sum(values) / len(values) if values else None
