"""Movement between two periods, split into what caused it.

A score is a rank among others: it can worsen while the organisation stands still. The change of
score, segment and rank is split among five causes, in no preferred order (Shapley values), and
the parts sum to the change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from remit.assessment.movement.apportion import apportion, last_digits, signed
from remit.assessment.movement.changes_of_segment import changes_of_segment, how_changed
from remit.assessment.movement.combinations import (
    FACTORS,
    MEASURES,
    OTHERS,
    OWN,
    SET,
    Combinations,
    average_worth,
    metric_worth,
    side,
)
from remit.assessment.movement.comparable import plain_codes, why_absent
from remit.assessment.movement.figures import (
    LABELS,
    MEASURE_LABELS,
    MetricPart,
    Movement,
    Part,
    Waterfall,
)
from remit.assessment.movement.shapley import shapley
from remit.assessment.movement.two_periods import crossed_scores
from remit.assessment.movement.words import notes_of, sentence_of
from remit.assessment.result.assessment import Assessment, CutPoints
from remit.assessment.scoring.laws.arrays import Floats
from remit.model.errors import AssessmentError, UnknownCode
from remit.model.framework import Framework
from remit.model.period import Period
from remit.words.nearest import nearest

_NUMBERS = ("before", "after", "change", *FACTORS)
_SCHEMA = {"org_code": pl.String, "measure": pl.String} | dict.fromkeys(_NUMBERS, pl.Float64)


def movement(before: Assessment, after: Assessment, code: str) -> Movement:
    """Split one organisation's movement among its causes.

    Parameters
    ----------
    before, after
        Assessments of two periods by the same framework and in the same mode. Everybody who is
        ranked should be in them: assess without ``kind``.
    code
        The organisation.

    Returns
    -------
    Movement
        Scores in points (1 best), segments and ranks in places; above zero is worse.

    Raises
    ------
    AssessmentError
        If the two cannot be compared, or if the organisation has no score in one of them.
    UnknownCode
        If it is in neither.

    References
    ----------
    Shapley, "A value for n-person games", Contributions to the Theory of Games II, 1953.
    """
    moves = _Moves(before, after)
    if code not in moves.codes:
        raise _absent(before, after, code)
    return moves.one(code)


def every_movement(before: Assessment, after: Assessment) -> dict[str, Movement]:
    """The movement of every organisation that can be compared, by code; see :func:`movement`."""
    moves = _Moves(before, after)
    return {code: moves.one(code) for code in moves.codes}


def movements(before: Assessment, after: Assessment) -> pl.DataFrame:
    """Split the movement of every organisation.

    Returns
    -------
    polars.DataFrame
        ``org_code, org_name, kind, measure, before, after, change, own_values, others_values,
        metric_set, cut_points, override, how_changed, reason``: one row an organisation and measure
        (``average_score``, ``unadjusted_segment``, ``adjusted_segment``, ``rank``). An
        organisation that cannot be compared has one row with the reason and no measure.

    Raises
    ------
    AssessmentError
        If the two assessments are not by the same framework and mode.
    """
    return _Moves(before, after).table()


def _absent(before: Assessment, after: Assessment, code: str) -> AssessmentError | UnknownCode:
    codes = sorted({*before.standing["org_code"], *after.standing["org_code"]})
    if code in codes:
        return AssessmentError(why_absent(before, after, code))
    if code in {**before.not_judged, **after.not_judged}:
        return UnknownCode((before if code in before.not_judged else after).why_absent(code))
    return UnknownCode(
        f"{code} is not among the {len(codes)} organisations of {before.period.label} and "
        f"{after.period.label}; nearest: {nearest(code, codes)}"
    )


@dataclass(frozen=True)
class _Moves:
    """All that two assessments say of the organisations in both."""

    before: Assessment
    after: Assessment
    codes: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        _check_alike(self.before, self.after)
        both = plain_codes(self.before) & plain_codes(self.after)
        object.__setattr__(self, "codes", tuple(sorted(both)))

    @cached_property
    def everyone(self) -> tuple[str, ...]:
        """The organisations of either period."""
        frames = (self.before.standing, self.after.standing)
        return tuple(sorted({code for frame in frames for code in frame["org_code"]}))

    @cached_property
    def cuts(self) -> tuple[CutPoints, CutPoints]:
        return self.before.cut_points, self.after.cut_points

    @cached_property
    def crossed(self) -> pl.DataFrame:
        crossed = crossed_scores(self.before, self.after)
        return crossed.filter(pl.col("org_code").is_in(self.codes))

    @cached_property
    def worth(self) -> dict[str, Floats]:
        """Every measure under every combination, shape ``(32, n)``."""
        sides = side(self.before, self.everyone), side(self.after, self.everyone)
        own = np.searchsorted(self.everyone, self.codes).astype(np.int64)
        averages = average_worth(self.crossed, self.codes)
        combined = Combinations(self.before.framework, sides, own, averages)
        unadjusted, adjusted = combined.segments()
        ranks = combined.ranks(adjusted)
        return dict(zip(MEASURES, (averages, unadjusted, adjusted, ranks), strict=True))

    @cached_property
    def parts(self) -> dict[str, Floats]:
        """Every measure's parts, shape ``(5, n)``."""
        return {measure: shapley(worth) for measure, worth in self.worth.items()}

    @cached_property
    def changes(self) -> pl.DataFrame:
        """How everybody's segment changed."""
        return how_changed(self.before, self.after)

    @cached_property
    def ranked(self) -> Mapping[str, int]:
        """How many of each kind have a rank."""
        ranked = self.after.standing.drop_nulls("rank")
        return Counter(ranked["kind"].to_list())

    # One organisation

    def one(self, code: str) -> Movement:
        place = self.codes.index(code)
        row = self.after.record(code)
        score, *others = (self._waterfall(measure, place) for measure in MEASURES)
        if score is None:
            raise AssessmentError(f"{code} has no score to split")
        unadjusted, adjusted, rank = others
        metrics = self._metrics(code, score)
        peers = self.ranked[row["kind"]]
        return Movement(
            code=code,
            name=str(row["org_name"]),
            kind=str(row["kind"]),
            before=self.before.period.label,
            after=self.after.period.label,
            mode=self.after.mode,
            fictional=self.after.fictional,
            score=score,
            unadjusted_segment=unadjusted,
            adjusted_segment=adjusted,
            rank=rank,
            metrics=metrics,
            sentence=sentence_of((score, unadjusted, adjusted, rank), peers),
            segments=changes_of_segment(self.before, self.after, code, self.changes),
            notes=notes_of(
                self.cuts,
                (self.before.period.label, self.after.period.label),
                self.after.mode,
                metrics,
            ),
        )

    def _waterfall(self, measure: str, place: int) -> Waterfall | None:
        worth = self.worth[measure][:, place]
        start, end = float(worth[0]), float(worth[-1])
        if np.isnan(start) or np.isnan(end):
            return None
        rounding = self.after.framework.rounding
        decimals = 1 if measure == "rank" else rounding.decimals
        first, last = (last_digits(value, rounding, decimals) for value in (start, end))
        values = [float(value) for value in self.parts[measure][:, place]]
        digits = apportion(values, last - first, decimals)
        everything = len(worth) - 1
        parts = tuple(
            Part(
                factor,
                LABELS[factor],
                values[number],
                digits[number],
                signed(digits[number], decimals),
                decisive=start != end and bool(worth[everything ^ (1 << number)] == start),
                sufficient=start != end and bool(worth[1 << number] == end),
            )
            for number, factor in enumerate(FACTORS)
        )
        label = MEASURE_LABELS[measure]
        return Waterfall(measure, label, start, end, first, last, decimals, parts)

    def _metrics(self, code: str, score: Waterfall) -> tuple[MetricPart, ...]:
        rows = self.crossed.filter(pl.col("org_code") == code)
        parts = shapley(metric_worth(rows))
        columns = [
            apportion(parts[number].tolist(), score.part(FACTORS[number]).digits, score.decimals)
            for number in (OWN, OTHERS, SET)
        ]
        found = [
            self._metric(row, parts[:, place], (column[place] for column in columns))
            for place, row in enumerate(rows.iter_rows(named=True))
        ]
        return tuple(sorted(found, key=lambda metric: -abs(metric.total)))

    def _metric(self, row: dict[str, Any], parts: Floats, digits: Any) -> MetricPart:
        there = self.after if row["metric_id"] in self.after.metrics else self.before
        framework, metric = there.framework, there.metrics[row["metric_id"]]
        own, others, in_set = digits
        return MetricPart(
            metric_id=metric.id,
            name=metric.name,
            domain=framework.domain(framework.metric(metric.id).domain).name,
            unit=metric.unit,
            value_before=row["value0"],
            value_after=row["value1"],
            score_before=row["s00"] if row["weight0"] else None,
            score_after=row["s11"] if row["weight1"] else None,
            own_values=float(parts[OWN]),
            others_values=float(parts[OTHERS]),
            metric_set=float(parts[SET]),
            digits=(own, others, in_set),
            how=row["how"],
        )

    # All organisations

    def table(self) -> pl.DataFrame:
        names = self._names()
        frames = [self._measure(measure) for measure in MEASURES]
        missing = [code for code in self.everyone if code not in self.codes]
        reasons = [why_absent(self.before, self.after, code) for code in missing]
        absent = pl.DataFrame(
            {"org_code": missing, "reason": reasons},
            schema={"org_code": pl.String, "reason": pl.String},
        )
        table = pl.concat([*frames, absent], how="diagonal").join(
            names, on="org_code", how="left", maintain_order="left"
        )
        columns = ["org_code", "org_name", "kind", "measure", "before", "after", "change"]
        how = how_changed(self.before, self.after).select(
            "org_code",
            pl.lit("adjusted_segment").alias("measure"),
            pl.col("how").alias("how_changed"),
        )
        table = table.join(how, on=["org_code", "measure"], how="left", maintain_order="left")
        columns = [*columns, *FACTORS, "how_changed", "reason"]
        return table.select(columns).sort("org_code", maintain_order=True)

    def _names(self) -> pl.DataFrame:
        names = [
            assessment.standing.select("org_code", "org_name", "kind")
            for assessment in (self.after, self.before)
        ]
        return pl.concat(names).unique("org_code", keep="first", maintain_order=True)

    def _measure(self, measure: str) -> pl.DataFrame:
        worth, parts = self.worth[measure], self.parts[measure]
        frame = pl.DataFrame(
            {
                "org_code": list(self.codes),
                "measure": [measure] * len(self.codes),
                "before": worth[0],
                "after": worth[-1],
                "change": worth[-1] - worth[0],
                **{factor: parts[number] for number, factor in enumerate(FACTORS)},
            },
            schema=_SCHEMA,
        )
        return frame.filter(pl.col("change").is_not_nan())


def check_periods(framework: Framework, *periods: Period) -> None:
    """Refuse to split a change between a quarter of a framework and one of another.

    Parameters
    ----------
    framework
        By which both quarters are judged.
    periods
        The two quarters.

    Raises
    ------
    AssessmentError
        If it is in force in one of them only.
    """
    outside = [period for period in periods if not framework.in_force(period.start, period.end)]
    if len(outside) != 1:
        return
    (inside,) = (period for period in periods if period not in outside)
    raise AssessmentError(
        f"movement is within one framework: {inside.label} is a quarter of {framework.name}, and "
        f"{outside[0].label} is not. Scores and segments of two frameworks are made by other "
        "rules of other metrics, so a change between them has no parts; set the quarters side by "
        "side with remit explain, each with its own --framework"
    )


def _check_alike(before: Assessment, after: Assessment) -> None:
    if after.mode == "published":
        check_periods(after.framework, before.period, after.period)
    if before.hashes["scoring"] != after.hashes["scoring"]:
        raise AssessmentError(
            f"movement is within one framework: {before.period.label} is judged by "
            f"{before.framework.name} and {after.period.label} by another, or by other rules"
        )
    if before.mode != after.mode:
        raise AssessmentError(
            f"{before.period.label} has {before.mode} scores and {after.period.label} "
            f"{after.mode} ones; assess both in one mode"
        )
