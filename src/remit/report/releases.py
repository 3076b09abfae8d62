"""What is published when: which period is out on a day, and what comes before the next board."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from remit.model.errors import AssessmentError
from remit.model.metric import Frequency, Metric
from remit.model.period import Period, financial_year, month, quarter
from remit.model.publication import Publication
from remit.words.days import day_words


@dataclass(frozen=True, slots=True)
class Release:
    """A part of a publication that is to come.

    ``metrics`` are those of the report that it brings; ``verified`` is false where the lag was not
    checked against a calendar of releases, which ``source`` then says.
    """

    publication: str
    period: str
    on: date
    verified: bool
    source: str
    metrics: tuple[str, ...]

    @property
    def said(self) -> str:
        """The day, and whether it is only about then."""
        return day_words(self.on) if self.verified else f"about {day_words(self.on)} (not verified)"


@dataclass(frozen=True, slots=True)
class ReleaseCalendar:
    """How long after its end a period of each metric is published.

    Parameters
    ----------
    publications
        As declared; one that tells no lag is out as soon as its period is over.
    today
        The day of the question: what is published later is not late.
    """

    publications: Sequence[Publication] = ()
    today: date = date.max
    _lags: dict[str, int] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        """The shortest lag of each count: several publications may give it."""
        for one in self.publications:
            lag = one.release.after_days if one.release else 0
            for count in one.counts:
                self._lags[count] = min(lag, self._lags.get(count, lag))

    def due_by(self, metric: Metric, end: date) -> date:
        """The last day with which a period can end and be out: the report's, or before.

        A metric is out when the last of its counts is.
        """
        lag = max((self._lags.get(count, 0) for count in metric.measures), default=0)
        return min(end, self.today - timedelta(days=lag))

    def between(self, metrics: Sequence[Metric], after: date, until: date) -> tuple[Release, ...]:
        """What is published after a day and up to another, the earliest first.

        Parameters
        ----------
        metrics
            Those of the report.
        after, until
            The board's day, and the next one's.

        Raises
        ------
        AssessmentError
            If the second day is not after the first.

        Examples
        --------
        ``calendar.between(metrics, date(2025, 8, 1), date(2025, 9, 5))``
        """
        if until <= after:
            raise AssessmentError(
                f"--next-board {until.isoformat()} is not after {after.isoformat()}, the board's "
                "day (--board; today without it)"
            )
        found = (r for one in self.publications for r in _of(one, metrics, after, until))
        return tuple(sorted(found, key=lambda release: (release.on, release.publication)))


def _of(
    publication: Publication, metrics: Sequence[Metric], after: date, until: date
) -> Iterator[Release]:
    release = publication.release
    if release is None:
        return
    by_frequency: dict[Frequency, list[str]] = {}
    for metric in metrics:
        if publication.counts & set(metric.measures):
            by_frequency.setdefault(metric.frequency or Frequency.MONTH, []).append(metric.name)
    lag = timedelta(days=release.after_days)
    for frequency, names in by_frequency.items():
        for period in _ending(frequency, after - lag, until - lag):
            yield Release(
                publication.name,
                period.label,
                period.end + lag,
                release.verified,
                release.source,
                tuple(names),
            )


def _ending(frequency: Frequency, after: date, until: date) -> Iterator[Period]:
    """The periods of a frequency that end after a day and up to another."""
    for place in range(after.year * 12 + after.month - 1, until.year * 12 + until.month):
        year, number = place // 12, place % 12 + 1
        period = _WITH_MONTH.get(frequency, month)(year, number)
        if period is not None and after < period.end <= until:
            yield period


def _quarter(year: int, number: int) -> Period | None:
    if number % 3:
        return None
    return quarter(year - 1, 4) if number == 3 else quarter(year, number // 3 - 1)


def _year(year: int, number: int) -> Period | None:
    return financial_year(year - 1) if number == 3 else None


_WITH_MONTH: Mapping[Frequency, Callable[[int, int], Period | None]] = {
    Frequency.MONTH: month,
    Frequency.QUARTER: _quarter,
    Frequency.YEAR: _year,
}
"""The period of a frequency that ends with a month, or None."""
