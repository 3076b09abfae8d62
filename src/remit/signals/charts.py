"""Control charts of many series at once (XmR, as Making Data Count draws them)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import polars as pl

from remit.frames.native import to_polars
from remit.model.errors import AssessmentError
from remit.model.metric import Better
from remit.signals.changes import Rebase, Targets, begins, targets_of_points
from remit.signals.finding import Findings, first_that_fits, rule_names
from remit.signals.fit import describe_all
from remit.signals.icons import SIGNS, Signs, assurance, kinds
from remit.signals.intake import SERIES_ID, Columns, Intake, as_names, constant_of, take_in
from remit.signals.limits import ProcessLimits, process_limits
from remit.signals.means import Floats
from remit.signals.rule import Tested
from remit.signals.rule_sets import RuleSet, load_rules
from remit.signals.stretches import Flags, Stretches, blocks, stretches


@dataclass(frozen=True, slots=True)
class Charts:
    """What the rules say of many series.

    Attributes
    ----------
    points
        One row a point: the user's series, date and value, then ``mean, lower_limit,
        upper_limit, near_lower, near_upper, special_cause`` (true or false), ``kind``
        (``common_cause``, ``special_cause_improvement``, ``special_cause_concern``,
        ``special_cause_neutral_high``, ``special_cause_neutral_low``, or
        ``special_cause_neutral`` by a rule that knows no side), ``rule`` (which one named the
        point), ``target`` and ``stretch`` (1, then one more for each re-basing). All of these
        are null where there is no value.
    series
        One row a series: ``n, mean, lower_limit, upper_limit`` of its latest stretch,
        ``variation`` (the kind of its latest point), ``assurance`` (``consistent_pass``,
        ``consistent_fail``, ``inconsistent``, or null without a target), ``rule, latest_date,
        latest_value, target, stretch, trial_limits`` (fewer points than the rule set asks for) and
        ``limits_fit`` (false where most of the points that made them lie outside, or where they
        have no width: such limits judge nothing; null with trial limits).
    rules
        The rule set, to be printed on every chart.
    chart
        Which kind it is: ``xmr``, ``p-prime``, ``g`` or ``t``.
    mute
        By the names of series that it can give no verdict of, the reason.
    notices
        By the names of series, what must be known of their charts: :func:`remit.spc` says it.
    """

    points: Any
    series: Any
    rules: RuleSet
    rebases: tuple[Rebase, ...] = ()
    baseline: int | None = None
    chart: str = "xmr"
    mute: Mapping[str, str] = field(default_factory=dict)
    notices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def spc(
    frame: Any,
    *,
    better: str,
    series: str | Sequence[str] | None = "series",
    date: str = "date",
    value: str = "value",
    target: Targets = None,
    rules: str | RuleSet = "mdc-nhsr",
    baseline: int | None = None,
    rebase: Sequence[Rebase] = (),
) -> Charts:
    """Flag the points of many series, as the reference does.

    Parameters
    ----------
    frame, better, series, date, value, target, rules, baseline, rebase
        As for :func:`remit.spc`, which also tells what a chart cannot say.

    Examples
    --------
    ``spc(points, better="better", series=("org_code", "metric_id"), target="target")``
    """
    native, back = to_polars(frame)
    chosen = chosen_rules(rules, baseline)
    intake = take_in(native, Columns(as_names(series), date, value))

    def limits(block: slice, parts: Stretches) -> ProcessLimits:
        found = process_limits(intake.values[block], parts, chosen.limits, baseline)
        return found.at(parts.of_point)

    charts = judge(intake, limits, chosen, Choices(better, target, baseline, tuple(rebase)))
    return replace(charts, points=back(charts.points), series=back(charts.series))


def chosen_rules(rules: str | RuleSet, baseline: int | None) -> RuleSet:
    """The rule set, if the baseline is long enough for it.

    Raises
    ------
    AssessmentError
        If it is not.
    """
    chosen = rules if isinstance(rules, RuleSet) else load_rules(rules)
    if baseline is not None and (not isinstance(baseline, int) or isinstance(baseline, bool)):
        raise AssessmentError(f"a baseline is a whole number of points; got {baseline!r}")
    if baseline is not None and baseline < chosen.minimum_points:
        raise AssessmentError(
            f"a baseline of {baseline} points is too short: {chosen.id} asks for at least "
            f"{chosen.minimum_points}"
        )
    return chosen


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user chooses beside the rule set."""

    better: str
    target: Targets = None
    baseline: int | None = None
    rebases: tuple[Rebase, ...] = ()


MakeLimits = Callable[[slice, Stretches], ProcessLimits]
"""The limits of each point in a part of the long array, whose stretches are given."""


def judge(intake: Intake, limits: MakeLimits, rules: RuleSet, choices: Choices) -> Charts:
    """Apply a rule set to points and their limits, whatever kind of chart made these."""
    first = begins(intake, choices.rebases)
    made, found = [], []
    for block in blocks(first):
        parts = stretches(first[block])
        made.append(limits(block, parts))
        tested = Tested.of(intake.values[block], made[-1], parts)
        found.append(first_that_fits(tested, rules.rules))
    judged = _Judged(
        intake=intake,
        rules=rules,
        better=_signs(intake, choices.better),
        parts=stretches(first),
        limits=ProcessLimits.joined(made),
        targets=targets_of_points(intake, choices.target),
        found=Findings.joined(found),
        baseline=choices.baseline,
    )
    return Charts(judged.points(), judged.series(), rules, choices.rebases, choices.baseline)


@dataclass(frozen=True, slots=True)
class _Judged:
    """All that is known of every point and stretch, as arrays."""

    intake: Intake
    rules: RuleSet
    better: Signs
    parts: Stretches
    limits: ProcessLimits
    targets: Floats
    found: Findings
    baseline: int | None = None

    def points(self) -> pl.DataFrame:
        """One row a point that was given, those without a value among them."""
        at = self.limits
        said = pl.DataFrame(
            {
                "mean": at.mean,
                "lower_limit": at.lower,
                "upper_limit": at.upper,
                "near_lower": at.near_lower,
                "near_upper": at.near_upper,
                "special_cause": self.found.place != 0,
                "kind": kinds(self.found.place, self.found.side, self.better[self.intake.series]),
                "rule": rule_names(self.found, self.rules.rules),
                "target": self.targets,
                "stretch": self._stretch_numbers(),
            },
            nan_to_null=True,
        )
        columns = self.intake.columns
        given = self.intake.frame.select(*columns.series, columns.date, columns.value)
        return pl.concat([given, _spread(said, self.intake.valued, given.height)], how="horizontal")

    def _stretch_numbers(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The number of each point's stretch within its series, from 1."""
        of_series = self.intake.series[self.parts.starts]
        begin = np.searchsorted(of_series, of_series)
        numbers = np.arange(1, len(of_series) + 1) - begin
        return numbers[self.parts.of_point].astype(np.int64)

    def _without_width(self) -> Flags:
        """Where both limits lie on the mean although the stretch is not constant.

        Such limits know nothing of the next point, so no target is held against them.
        """
        values, starts = self.intake.values, self.parts.starts
        if not len(values):
            return np.zeros(0, dtype=bool)
        least, most = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
        varies: Flags = (least < most)[self.parts.of_point]
        narrow: Flags = self.limits.lower == self.limits.upper
        return varies & narrow

    def series(self) -> pl.DataFrame:
        """One row a series, from its latest point and that point's stretch."""
        last = self.intake.last_points
        limits, better = self.limits.at(last), self.better[self.intake.series[last]]
        found, count = self.found.at(last), self.parts.counts[self.parts.of_point[last]]
        fits = describe_all(
            self.intake.values, self.limits, self.parts, self.baseline,
            self.rules.outlook.most_outside,
        )[last] & ~self._without_width()[last]  # fmt: skip
        few = count < self.rules.minimum_points
        assured = assurance(self.targets[last], limits.lower, limits.upper, better)
        mute = pl.Series(self._without_width()[last])
        said = pl.DataFrame(
            {
                "n": count,
                "mean": limits.mean,
                "lower_limit": limits.lower,
                "upper_limit": limits.upper,
                "variation": kinds(found.place, found.side, better),
                "assurance": assured.set(mute, None),
                "rule": rule_names(found, self.rules.rules),
                "latest_date": self.intake.dates[last],
                "latest_value": self.intake.values[last],
                "target": self.targets[last],
                "stretch": self._stretch_numbers()[last],
                "trial_limits": few,
                "limits_fit": pl.Series(fits).set(pl.Series(few), None),
            },
            nan_to_null=True,
        )
        whole = _spread(said, self.intake.series[last], self.intake.names.height)
        whole = whole.with_columns(pl.col("n").fill_null(0))
        return pl.concat([self.intake.names, whole], how="horizontal")


def _spread(said: pl.DataFrame, places: Any, height: int) -> pl.DataFrame:
    """Rows at their places in a taller frame; null where there is none."""
    if said.height == height:
        return said
    where = np.full(height, -1, dtype=np.int64)
    where[places] = np.arange(said.height)
    index = pl.Series(where).replace(-1, None)
    return said.select(pl.all().gather(index))


def _signs(intake: Intake, better: str) -> Signs:
    """Which way is better for each series: 1, 0 or -1.

    Raises
    ------
    AssessmentError
        If it is not said.
    """
    if better in set(Better):
        return np.full(intake.names.height, SIGNS[Better(better)], dtype=np.int8)
    if better not in intake.frame.columns or better == SERIES_ID:
        raise AssessmentError(
            f"better is {better!r}; say higher, lower or neutral, or name a column that does"
        )
    said = constant_of(intake, better)
    for place, word in enumerate(said):
        if word not in set(Better):
            raise AssessmentError(
                f"the column {better!r} says {word!r} of the series {intake.label(place)}; it must "
                "say higher, lower or neutral"
            )
    return np.array([SIGNS[Better(word)] for word in said], dtype=np.int8)
