"""Points of a control chart, and the series that they make, as sentences and charts read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from remit.model.metric import Better
from remit.signals.changes import Rebase
from remit.signals.icons import (
    COMMON_CAUSE,
    CONSISTENT_FAIL,
    CONSISTENT_PASS,
    ENDED,
    INCONSISTENT,
    SIGNS,
    assurance,
    variation_words,
)

Spoken = Mapping[str, tuple[int, str]]
"""By the code that a rule gives to a point: its side, and what a table says of it."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a control chart.

    Attributes
    ----------
    label, start, end
        Its period.
    value
        None where there is none; ``status`` then says why.
    mean, lower, upper
        None where there are too few points.
    target
        The one in force in its period.
    trajectory
        What the user's own file plans for its period.
    kind
        ``common_cause``, ``special_cause_improvement``, … (:mod:`remit.signals.icons`).
    rule, side, named
        The code that a rule gave it, or empty; the side on which that spoke; the code in words.
    stretch
        1, then one more for each re-basing; None without a value.
    ended
        It was a signal, but what it belonged to no longer goes on: it is drawn plain.
    """

    label: str
    start: date
    end: date
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    target: float | None = None
    trajectory: float | None = None
    kind: str = COMMON_CAUSE
    rule: str = ""
    side: int = 0
    named: str = ""
    status: str = "reported"
    stretch: int | None = 1
    ended: bool = False

    @property
    def cause(self) -> str:
        """``common_cause``, ``improvement``, ``concern`` or ``neutral``."""
        plain = self.kind.removeprefix("special_cause_")
        return plain if plain == COMMON_CAUSE else plain.partition("_")[0]

    @property
    def drawn(self) -> str:
        """The kind by which it is drawn: ``ended`` where it is a signal of the past."""
        return ENDED if self.ended else self.kind

    @property
    def words(self) -> str:
        """What a table says of it: ``special cause: concern (run below the mean)``."""
        return variation_words(self.drawn, self.named)


_SIDES = {-1: "_low", 1: "_high"}
_ASSURED = {CONSISTENT_PASS: "pass", CONSISTENT_FAIL: "fail", INCONSISTENT: "inconsistent"}


def assured(point: Point, target: float | None, better: Better) -> str:
    """The code of an assurance icon: a target against the limits of a point."""
    numbers = (target, point.lower, point.upper)
    aim, lower, upper = (np.array([np.nan if n is None else n]) for n in numbers)
    found = assurance(aim, lower, upper, np.array([SIGNS[better]], dtype=np.int8))[0]
    return _ASSURED.get(found, "no_target")


@dataclass(frozen=True, slots=True)
class Charted:
    """A series after the rules.

    Attributes
    ----------
    points
        In order of time; those without a value are gaps.
    unit
        That of the values, as the catalogue names it; empty where nobody knows it.
    better
        Which way is better.
    noun
        What lies between two points: ``month``; ``point`` where it cannot be told.
    chart
        Which kind of chart made the limits: ``xmr``, ``p-prime``, ``g`` or ``t``.
    mute
        Why a chart of this kind can give no verdict of this series; empty if it can.
    who
        Of whom its latest point is made; empty where nobody knows.
    members
        What of that its sentence must not leave out; empty where there is nothing.
    baseline
        So many points at the beginning of a stretch made its limits; all where it is None.
    rebases
        Where its members change, so that mean and limits begin anew.
    """

    points: tuple[Point, ...]
    unit: str = ""
    better: Better = Better.NEUTRAL
    noun: str = "point"
    who: str = ""
    members: str = ""
    chart: str = "xmr"
    mute: str = ""
    rebases: tuple[Rebase, ...] = ()
    baseline: int | None = None

    @property
    def variation(self) -> str:
        """The code of the icon: ``common_cause``, or the kind of the latest point and its side."""
        last = self.held[-1]
        if last.mean is None:
            return "too_few"
        return last.cause + _SIDES.get(last.side, "")

    @property
    def has_periods(self) -> bool:
        """Whether its points stand for months, quarters or years, and not for days."""
        return self.noun in {"month", "quarter", "year"}

    @property
    def held(self) -> tuple[Point, ...]:
        """The points that have a value."""
        return tuple(point for point in self.points if point.value is not None)

    @property
    def stretch(self) -> tuple[Point, ...]:
        """The points with a value that share mean and limits with the latest."""
        held = self.held
        return tuple(point for point in held if point.stretch == held[-1].stretch)


def point_of(row: Mapping[str, Any], spoken: Spoken, **more: Any) -> Point:
    """A row of ``Charts.points`` as a point; ``more`` are what the rules know nothing of."""
    side, named = spoken[row["rule"]] if row["rule"] else (0, "")
    told = {
        "start": row["date"],
        "end": row["date"],
        "value": row["value"],
        "mean": row["mean"],
        "lower": row["lower_limit"],
        "upper": row["upper_limit"],
        "target": row["target"],
        "trajectory": row.get("trajectory"),
        "kind": row["kind"] or COMMON_CAUSE,
        "rule": row["rule"] or "",
        "side": side,
        "named": named,
        "stretch": row["stretch"],
        "numerator": row.get("numerator"),
        "denominator": row.get("denominator"),
    }
    return Point(**(told | more))


def until_words(points: Sequence[Point], has: Callable[[Point], bool]) -> str:
    """That a line of a chart ends before its latest value, and with which: `` until Mar 2024``.

    Parameters
    ----------
    points
        In order of time; those without a value are passed over.
    has
        Whether a point has the line.

    Examples
    --------
    ``until_words(line.points, lambda point: point.target is not None)``
    """
    held = [point for point in points if point.value is not None]
    last = next((point for point in reversed(held) if has(point)), None)
    return f" until {last.label}" if last is not None and last is not held[-1] else ""


def months_old(point: Point, end: date) -> int:
    """How many months before a day the period of a point ended."""
    return 12 * (end.year - point.end.year) + end.month - point.end.month


def meets(value: float | None, target: float, better: Better) -> bool:
    """Whether a value meets a target."""
    if value is None:
        return False
    return value >= target if better is Better.HIGHER else value <= target
