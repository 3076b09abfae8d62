"""What is published when: which period is out on a day, and what comes before the next board."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from remit.catalogue.library import load_computed_metrics
from remit.model.errors import AssessmentError
from remit.model.metric import Frequency, Metric
from remit.model.period import Period, calendar_year, financial_year, month, quarter
from remit.model.publication import Publication, ReleaseLag
from remit.words.days import day_words

Held = tuple[date, date]
"""The first and last day of the newest period that is held."""

_NOTHING: Held = (date(1, 4, 1), date.min)
_LONGEST = timedelta(days=800)
_NO_LAG = ReleaseLag(after_days=0, source="")


@dataclass(frozen=True, slots=True)
class Release:
    """A part of a publication that is to come.

    ``metrics`` are those of the report that it brings; ``verified`` is false where the lag was not
    checked against a calendar of releases, which ``source`` then says. ``is_out`` is a part whose
    day has come, and of which nothing is held.
    """

    publication: str
    period: str
    on: date
    verified: bool
    source: str
    metrics: tuple[str, ...]
    is_out: bool = False

    @property
    def said(self) -> str:
        """The day, and whether it is only about then; of what is out also that it is not held."""
        about = self.said_plainly
        return f"{about}; out, and not held" if self.is_out else about

    @property
    def about(self) -> str:
        """The day where a page tells once that such days are not verified."""
        return day_words(self.on) if self.verified else f"about {day_words(self.on)}"

    @property
    def said_plainly(self) -> str:
        """The day, and whether it is only about then."""
        return _day_said(self.on, verified=self.verified)


@dataclass(frozen=True, slots=True)
class ReleaseCalendar:
    """How long after its end a period of each metric is published.

    Parameters
    ----------
    publications
        As declared; one that tells no lag is taken to be out as soon as its period is over.
    today
        The day of the question: what is published later is not late.
    used
        The names of the publications whose files are used: where they give a count, their lags
        hold for it, and no other's.
    """

    publications: Sequence[Publication]
    today: date
    used: frozenset[str] = frozenset()
    _giving: dict[str, list[Publication]] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        """Who gives each count: those whose files are used, else everybody."""
        for one in self.publications:
            for count in one.counts:
                self._giving.setdefault(count, []).append(one)
        for count, giving in self._giving.items():
            self._giving[count] = [one for one in giving if one.name in self.used] or giving

    def lag(self, metric: Metric) -> ReleaseLag | None:
        """How long after its period a metric comes: with the last of its counts.

        Of several publications that give a count the first that comes is meant; None where none
        of them says when.
        """
        firsts = (self._first(count) for count in metric.measures)
        return max((lag for lag in firsts if lag), key=_days, default=None)

    def _first(self, count: str) -> ReleaseLag | None:
        lags = (one.release for one in self._giving.get(count, ()))
        return min((lag for lag in lags if lag), key=_days, default=None)

    def due_by(self, metric: Metric, end: date) -> date:
        """The last day with which a period can end and be out: the report's, or before."""
        return min(end, self.today - timedelta(days=_days(self.lag(metric) or _NO_LAG)))

    def day_said(self, metric: Metric, end: date) -> str:
        """When a period that ends on a day is published; empty where no lag is declared."""
        lag = self.lag(metric)
        if lag is None:
            return ""
        return _day_said(end + timedelta(days=lag.after_days), verified=lag.verified)

    def between(
        self, metrics: Sequence[Metric], until: date, end: date, held: Mapping[str, Held]
    ) -> tuple[Release, ...]:
        """What is to come up to a day, and what is out already and not held, the earliest first.

        Parameters
        ----------
        metrics
            Those of the report.
        until
            The next board's day.
        end
            The last day of the report's period: what is not held of it though it is out is late,
            and stands with what is missing.
        held
            What is held already, by metric.

        Examples
        --------
        ``calendar.between(metrics, date(2025, 9, 5), date(2025, 6, 30), {})``
        """
        parts: dict[tuple[str, Period], list[str]] = {}
        named: dict[str, Publication] = {}
        for metric in metrics:
            newest = held.get(metric.id, _NOTHING)
            for one in self._bringing(metric):
                named[one.id] = one
                for period in self._to_come(one, metric, newest, (end, until)):
                    parts.setdefault((one.id, period), []).append(metric.name)
        made = (self._release(named[id_], period, names) for (id_, period), names in parts.items())
        return tuple(sorted(made, key=lambda one: (one.on, one.publication)))

    def _bringing(self, metric: Metric) -> Iterator[Publication]:
        """The publications with which the last of a metric's counts comes."""
        last = self.lag(metric)
        giving = {one.id: one for count in metric.measures for one in self._giving.get(count, ())}
        for one in giving.values():
            if last and one.release and _days(one.release) == _days(last):
                yield one

    def _to_come(
        self, one: Publication, metric: Metric, held: Held, reach: tuple[date, date]
    ) -> Iterator[Period]:
        """Periods after the newest that is held, those that are out already among them."""
        end, until = reach
        lag = timedelta(days=_days(one.release or _NO_LAG))
        out = self.today - lag
        yearly = calendar_year if held[0].month == 1 else _yearly(one)
        yield from ending(metric.frequency, yearly, max(held[1], min(end, out)), until - lag)

    def part_of(self, one: Publication, day: date) -> Release | None:
        """The part of a publication whose period a day lies in; None without a declared lag."""
        following = self._parts(one, day - timedelta(days=1), day + _LONGEST)
        return next(following, None)

    def part_after(self, one: Publication) -> Release | None:
        """The first part that is published after the day; None without a declared lag."""
        out = self.today - timedelta(days=_days(one.release or _NO_LAG))
        return next(self._parts(one, out, out + _LONGEST), None)

    def _parts(self, one: Publication, after: date, until: date) -> Iterator[Release]:
        if one.release is not None:
            for period in ending(frequency_of(one), _yearly(one), after, until):
                yield self._release(one, period, ())

    def _release(self, one: Publication, period: Period, names: Sequence[str]) -> Release:
        lag = one.release or _NO_LAG
        on = period.end + timedelta(days=lag.after_days)
        out = on <= self.today
        return Release(one.name, period.label, on, lag.verified, lag.source, tuple(names), out)


@cache
def _frequencies() -> Mapping[str, Frequency]:
    """How often the metrics come that each count is for; of several the most frequent."""
    found: dict[str, Frequency] = {}
    order = list(Frequency)
    for metric in load_computed_metrics().values():
        for count in metric.measures:
            often = metric.frequency or Frequency.MONTH
            found[count] = min(often, found.get(count, often), key=order.index)
    return found


def frequency_of(one: Publication) -> Frequency:
    """How often a publication comes, by the metrics that its counts are for; else each month."""
    known = [often for count, often in _frequencies().items() if count in one.counts]
    return min(known, key=list(Frequency).index, default=Frequency.MONTH)


def check_next(until: date, after: date) -> None:
    """Refuse a next board that does not come after this one, or after the day of the question.

    Raises
    ------
    AssessmentError
        If it does not.
    """
    if until <= after:
        raise AssessmentError(
            f"--next-board {until.isoformat()} is not after {after.isoformat()}, the board's "
            "day (--board; today without it)"
        )


def _yearly(one: Publication) -> Callable[[int], Period]:
    """How the years of a publication run."""
    return calendar_year if one.release and one.release.calendar_years else financial_year


def _days(lag: ReleaseLag) -> int:
    return lag.after_days


def _day_said(day: date, *, verified: bool) -> str:
    return day_words(day) if verified else f"about {day_words(day)} (not verified)"


def ending(
    frequency: Frequency | None, yearly: Callable[[int], Period], after: date, until: date
) -> Iterator[Period]:
    """The periods of a frequency that end after a day and up to another.

    Parameters
    ----------
    frequency
        Months, quarters or years; months if None.
    yearly
        How years run: ``financial_year`` or ``calendar_year``.
    after
        The day after which the first ends.
    until
        The last day with which one can end.

    Examples
    --------
    >>> found = ending(Frequency.QUARTER, financial_year, date(2025, 3, 31), date(2025, 9, 30))
    >>> [period.label for period in found]
    ['2025/26 Q1', '2025/26 Q2']
    """
    for year in range(after.year - 1, until.year + 1):
        for period in _of_year(frequency, yearly, year):
            if after < period.end <= until:
                yield period


def _of_year(
    frequency: Frequency | None, yearly: Callable[[int], Period], year: int
) -> Iterator[Period]:
    """The periods that begin in a financial year, or in the calendar year of a yearly metric."""
    if frequency is Frequency.YEAR:
        yield yearly(year)
    elif frequency is Frequency.QUARTER:
        yield from (quarter(year, number) for number in range(1, 5))
    else:
        yield from (month(year, number) for number in range(1, 13))
