"""Short true sentences about a series, and its icons in words.

Common cause is never told as news: a rise or fall that the process gives anyway is not mentioned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

import polars as pl

from remit.model.metric import Better
from remit.model.spc_rules import NearLimits, Shift, SpcRules
from remit.signals.icons import (
    COMMON_CAUSE,
    CONCERN,
    CONSISTENT_FAIL,
    CONSISTENT_PASS,
    IMPROVEMENT,
    INCONSISTENT,
    NEUTRAL_HIGH,
    NEUTRAL_LOW,
    SIGNS,
)
from remit.words.figures import decimals_of, number_words, plain_number
from remit.words.sentences import count_words

VARIATION_WORDS = {
    COMMON_CAUSE: "common cause",
    IMPROVEMENT: "special cause: improvement",
    CONCERN: "special cause: concern",
    NEUTRAL_HIGH: "special cause: high",
    NEUTRAL_LOW: "special cause: low",
}
ASSURANCE_WORDS = {
    CONSISTENT_PASS: "passes consistently",
    CONSISTENT_FAIL: "fails consistently",
    INCONSISTENT: "hit and miss",
}
RULE_WORDS = {
    "above_upper_limit": "above the upper limit",
    "below_lower_limit": "below the lower limit",
    "rising_trend": "rising trend",
    "falling_trend": "falling trend",
    "near_upper_limit": "close to the upper limit",
    "near_lower_limit": "close to the lower limit",
    "shift_above_mean": "run above the mean",
    "shift_below_mean": "run below the mean",
}

_SPANS = (
    (1, 1, "day"),
    (7, 7, "week"),
    (28, 31, "month"),
    (89, 92, "quarter"),
    (365, 366, "year"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What can be truly said of a series: its variation, its target, and what to bear in mind."""

    variation: str
    assurance: str
    cautions: tuple[str, ...]
    is_news: bool

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(part for part in (self.variation, self.assurance, *self.cautions) if part)


def tell(
    points: pl.DataFrame,
    rules: SpcRules,
    subject: str,
    unit: str = "",
    better: Better | str = Better.NEUTRAL,
) -> Told:
    """Say what a chart of one series shows.

    Parameters
    ----------
    points
        The points of one series, in order of date, with the columns of ``Charts.points`` and
        ``date`` and ``value`` so named.
    rules
        The rule set that judged them.
    subject
        What the sentence speaks of, as its beginning: ``Four-hour performance at Elm Trust``.
    unit
        What is printed after a figure, such as ``%``.
    better
        Which way is better; a target is spoken of only where one is.
    """
    rows = points.filter(pl.col("value").is_not_null()).to_dicts()
    if not rows:
        return Told(f"{subject}: there are no figures.", "", (), is_news=False)
    said = _Sayer(rows, rules, unit, SIGNS[Better(better)])
    latest = rows[-1]
    return Told(
        f"{subject} {said.variation()}.",
        said.assurance(),
        said.cautions(),
        is_news=bool(latest["special_cause"]),
    )


def spacing(dates: Sequence[date]) -> str:
    """What lies between two points as a rule: ``month``; ``point`` if it cannot be told."""
    if len(dates) < 2:
        return "point"
    usual = median((later - before).days for before, later in pairwise(dates))
    return next((word for low, high, word in _SPANS if low <= usual <= high), "point")


def figure(value: float, unit: str = "") -> str:
    """A figure with three digits that count, or all those before the point."""
    return f"{number_words(value, decimals_of('', value))}{unit}"


class _Sayer:
    """The sentences about one series, from its points in order."""

    def __init__(self, rows: list[dict[str, Any]], rules: SpcRules, unit: str, better: int) -> None:
        self.latest = rows[-1]
        self.stretch = [row for row in rows if row["stretch"] == self.latest["stretch"]]
        self.rules = rules
        self.unit = unit
        self.better = better
        self.noun = spacing([row["date"] for row in rows])

    def variation(self) -> str:
        """A predicate about the latest point and those that belong with it."""
        rule = self.latest["rule"]
        if rule is None:
            return self._common()
        verdict = VARIATION_WORDS[self.latest["kind"]].removeprefix("special cause: ")
        named = verdict if verdict in {"improvement", "concern"} else "neither better nor worse"
        return f"{self._special(rule)}: special cause, {named}"

    def assurance(self) -> str:
        """A sentence about the target, or nothing without one."""
        target, lower, upper = (self.latest[k] for k in ("target", "lower_limit", "upper_limit"))
        if target is None or lower is None or not self.better:
            return ""
        said = f"The target of {plain_number(target)}{self.unit}"
        if target in {lower, upper}:
            return f"{said} lies on a process limit."
        if lower < target < upper:
            return f"{said} lies within the process limits: it may be met or missed by chance."
        met = (self.latest["value"] - target) * self.better >= 0
        if ((lower - target) if self.better > 0 else (target - upper)) > 0:
            late = "" if met else f"; it was missed in the latest {self.noun}"
            return f"{said} will be met as long as the process stays as it is{late}."
        late = f"; it was met in the latest {self.noun}" if met else ""
        return f"{said} will be missed unless the process changes{late}."

    def cautions(self) -> tuple[str, ...]:
        """What a reader should bear in mind."""
        count = len(self.stretch)
        if count >= self.rules.minimum_points:
            return ()
        return (f"The limits rest on {count_words(count, 'point')} and are trial limits.",)

    def _common(self) -> str:
        if self.latest["lower_limit"] is None:
            return "has too few points for process limits"
        if any(row["special_cause"] for row in self.stretch):
            return f"shows no special cause in the latest {self.noun}"
        return "shows common cause variation only: nothing points to a change"

    def _special(self, rule: str) -> str:
        side = "above" if rule.endswith(("above_mean", "upper_limit")) else "below"
        if rule.startswith("shift"):
            return self._beyond_mean(side)
        if rule.endswith("trend"):
            return self._trend(rule)
        if rule.startswith("near"):
            return self._near(rule)
        return self._outside(rule, side)

    def _beyond_mean(self, side: str) -> str:
        sign = 1 if side == "above" else -1
        run = self._run(lambda row: (row["value"] - row["mean"]) * sign > 0)
        mean = self._shown(self.latest["mean"])
        return f"has been {side} its process mean ({mean}) for {self._length(run)}"

    def _outside(self, rule: str, side: str) -> str:
        run = self._run(lambda row: row["rule"] == rule)
        column = "upper_limit" if side == "above" else "lower_limit"
        limit = f"its {column.replace('_', ' process ')} ({self._shown(self.latest[column])})"
        value = self._shown(self.latest["value"])
        if run == 1:
            return f"is {side} {limit} at {value}{self._and_the_mean(side, run)}"
        return f"has been {side} {limit} for {self._length(run)}{self._and_the_mean(side, run)}"

    def _and_the_mean(self, side: str, told: int) -> str:
        """A long run on one side of the mean, where another rule comes first."""
        sign = 1 if side == "above" else -1
        run = self._run(lambda row: (row["value"] - row["mean"]) * sign > 0)
        least = next((rule.points for rule in self.rules.rules if isinstance(rule, Shift)), None)
        if least is None or run < least or run == told:
            return ""
        return f" and {side} its process mean for {self._length(run)}"

    def _trend(self, rule: str) -> str:
        sign = 1 if rule == "rising_trend" else -1
        steps = 0
        for before, after in pairwise(reversed(self.stretch)):
            if (before["value"] - after["value"]) * sign <= 0:
                break
            steps += 1
        times = count_words(steps, "time")
        return f"has {'risen' if sign > 0 else 'fallen'} {times} in a row"

    def _near(self, rule: str) -> str:
        declared = next(r for r in self.rules.rules if isinstance(r, NearLimits))
        rows = self.stretch[-declared.of :]
        side = "upper" if "upper" in rule else "lower"
        close = sum(row["rule"] == rule or self._is_near(row, side) for row in rows)
        limit = self._shown(self.latest[f"{side}_limit"])
        return (
            f"has been close to its {side} process limit ({limit}) in {close} of the last "
            f"{len(rows)} {self.noun}s{self._gaps(len(rows))}"
        )

    @staticmethod
    def _is_near(row: dict[str, Any], side: str) -> bool:
        if side == "upper":
            return bool(row["near_upper"] < row["value"] <= row["upper_limit"])
        return bool(row["lower_limit"] <= row["value"] < row["near_lower"])

    def _run(self, holds: Any) -> int:
        """How many of the latest points in a row something is true of."""
        count = 0
        for row in reversed(self.stretch):
            if not holds(row):
                break
            count += 1
        return count

    def _length(self, count: int) -> str:
        """``9 months``; with gaps between them, ``9 months with a figure``."""
        return f"{count_words(count, self.noun)}{self._gaps(count)}"

    def _gaps(self, count: int) -> str:
        high = next((high for _, high, word in _SPANS if word == self.noun), None)
        dates = [row["date"] for row in self.stretch[-count:]]
        if high is None or all((b - a).days <= high for a, b in pairwise(dates)):
            return ""
        return " with a figure"

    def _shown(self, value: float) -> str:
        return figure(value, self.unit)
