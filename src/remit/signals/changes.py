"""What changes in the life of a series: re-basings with their reason, and targets by date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np
import polars as pl

from remit.frames.columns import as_numbers, days_of, impossible
from remit.model.errors import AssessmentError
from remit.model.period import london_day
from remit.signals.intake import Intake
from remit.signals.means import Floats
from remit.signals.stretches import Flags
from remit.words.nearest import nearest


@dataclass(frozen=True, slots=True)
class Rebase:
    """From this day on a series has a new mean and new limits; ``series`` None means all of them.

    A series that several columns name is written as its parts joined by `` · ``. ``of_members``
    says that a sum has other members from then on, and not that its process changed.
    """

    on: date
    reason: str
    series: str | None = None
    of_members: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise AssessmentError(
                f"the re-basing on {self.on} has no reason; say what changed in the process"
            )


@dataclass(frozen=True, slots=True)
class Target:
    """A target that holds from a day on, for one series or (None) for all without their own.

    A ``value`` of None ends it: from that day on there is no target.
    """

    value: float | None
    since: date = date.min
    series: str | None = None


_Change = TypeVar("_Change")
_NUMBERS = (int, float, Decimal, np.number)

Targets = float | str | Mapping[str, float] | Sequence[Target] | None
"""One number, the name of a column, a number for each series, or targets by date."""


def begins(intake: Intake, rebases: Sequence[Rebase]) -> Flags:
    """Where a stretch begins: at each series, and at the first point on or after a re-basing."""
    first = intake.first
    out = first.copy()
    if not rebases:
        return out
    _all_are(rebases, Rebase)
    days = _days(intake.dates)
    numbers = _numbers(intake, [r.series for r in rebases])
    for rebase in rebases:
        since = days >= _day(rebase.on)
        crossed = since & ~np.concatenate([[False], since[:-1]])
        if rebase.series is not None:
            crossed &= intake.series == numbers[_key(rebase.series)]
        out |= crossed
    return out


def targets_of_points(intake: Intake, targets: Targets) -> Floats:
    """The target of each point with a value; NaN where there is none."""
    count = len(intake.values)
    if targets is None:
        return np.full(count, np.nan)
    if isinstance(targets, str):
        return _column(intake, targets)
    if isinstance(targets, _NUMBERS):
        return np.full(count, _checked(targets))
    if isinstance(targets, Mapping):
        return _dated(intake, [Target(value, series=name) for name, value in targets.items()])
    return _dated(intake, _all_are(list(targets), Target))


def _all_are(given: Sequence[_Change], wanted: type[_Change]) -> list[_Change]:
    """What was given, if each is what it should be.

    Raises
    ------
    AssessmentError
        If one is not.
    """
    for one in given:
        if not isinstance(one, wanted):
            raise AssessmentError(f"a {one!r} is no {wanted.__name__}; see remit.signals")
    return list(given)


def _checked(target: Any) -> float:
    """A target as a number, if it can be one.

    Raises
    ------
    AssessmentError
        If it is none, or larger than any figure.
    """
    if isinstance(target, _NUMBERS) and not isinstance(target, bool):
        number = float(target)
        if np.isfinite(number) and not impossible(pl.Series([number]))[0]:
            return number
    raise AssessmentError(f"a target must be a number that a figure can reach; got {target!r}")


def _key(name: Any) -> str:
    """The name of a series as messages have it, whatever its columns hold."""
    return " · ".join(map(str, name)) if isinstance(name, tuple) else str(name)


def _column(intake: Intake, name: str) -> Floats:
    if name not in intake.frame.columns:
        raise AssessmentError(
            f"there is no column {name!r} of targets; the frame has: "
            f"{', '.join(intake.frame.columns[:-1])}"
        )
    values = as_numbers(intake.frame, name)[intake.valued]
    for target in values.filter(impossible(values)).head(1):
        _checked(target)
    return values.fill_null(np.nan).to_numpy()


def _dated(intake: Intake, targets: list[Target]) -> Floats:
    """Later targets overrule earlier ones, and a series' own those of all."""
    out = np.full(len(intake.values), np.nan)
    days = _days(intake.dates)
    numbers = _numbers(intake, [target.series for target in targets])
    for target in sorted(targets, key=lambda t: (t.series is not None, t.since)):
        holds = days >= _day(target.since)
        if target.series is not None:
            holds &= intake.series == numbers[_key(target.series)]
        out[holds] = np.nan if target.value is None else _checked(target.value)
    _each_day_once(targets)
    return out


def _each_day_once(targets: Sequence[Target]) -> None:
    """Refuse two targets that begin on one day and are not the same.

    Raises
    ------
    AssessmentError
        If there are two: nobody can know which is right.
    """
    first: dict[tuple[str | None, int], Target] = {}
    for target in targets:
        series = None if target.series is None else _key(target.series)
        before = first.setdefault((series, _day(target.since)), target)
        if before.value != target.value:
            whose = f" for {series!r}" if series is not None else ""
            when = "from the beginning" if target.since == date.min else f"from {target.since}"
            raise AssessmentError(
                f"two targets hold {when}{whose}: {_said(before)} and {_said(target)}; leave one"
            )


def _said(target: Target) -> str:
    return "none" if target.value is None else f"{target.value:g}"


def _numbers(intake: Intake, wanted: Iterable[str | None]) -> dict[str, int]:
    """The numbers of the series that are named.

    Raises
    ------
    AssessmentError
        If one is not there.
    """
    named = {_key(name) for name in wanted if name is not None}
    if not named:
        return {}
    known = {intake.label(place): place for place in range(intake.names.height)}
    for name in sorted(named - known.keys()):
        near = nearest(name, list(known))
        hint = f"; did you mean {near}?" if near else ""
        raise AssessmentError(f"there is no series {name!r} in the figures{hint}")
    return {name: known[name] for name in named}


def _days(dates: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return days_of(dates).to_physical().to_numpy()


def _day(day: date) -> int:
    plain = london_day(day) if isinstance(day, datetime) else day
    return (plain - date(1970, 1, 1)).days
