"""Changed figures: what a user wants to be otherwise, checked and put among the observations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from remit.assessment.result.assessment import Assessment
from remit.catalogue import load_figure_limits
from remit.files.numbers import number_in
from remit.frames.figures import Figures
from remit.frames.observations import OBSERVATION_SCHEMA
from remit.model.errors import AssessmentError
from remit.model.framework import Framework, LookupRule, PublishedRule
from remit.model.metric import SHARE_RANGE, Metric
from remit.model.observation import Status
from remit.words.figures import typed_words
from remit.words.nearest import nearest

_NUMBER = r"[-+−]?[0-9.]+(?:e[-+]?[0-9]+)?"
_CHANGE = re.compile(
    rf"\s*(?P<id>[a-z0-9_.-]+)\s*=\s*(?P<number>{_NUMBER})\s*(?P<unit>.*?)\s*", re.IGNORECASE
)
_NEVER_NEGATIVE = {"rate"}


@dataclass(frozen=True, slots=True)
class Change:
    """A metric's value, or a flag, as it is to be. ``unit`` is None where it was not said."""

    id: str
    value: float
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure before and after a change; for a flag, 1 means yes."""

    id: str
    name: str
    unit: str
    before: float | None
    after: float


def parse_change(text: str) -> Change:
    """``OF0079=0.5``, ``OF0079=0.5%`` or ``OF0020=2 count`` as a change.

    Raises
    ------
    AssessmentError
        If it is none of these forms or the value is no finite number.
    """
    found = _CHANGE.fullmatch(text)
    value = number_in(found["number"]) if found else None
    if found is None or value is None:
        raise AssessmentError(f"a change is written as OF0079=0.5; got {text!r}")
    unit = {"": None, "%": "percent"}.get(found["unit"], found["unit"])
    return Change(found["id"].upper(), value, unit)


def check_changes(
    assessment: Assessment, code: str, changes: Sequence[Change]
) -> list[ChangedFigure]:
    """Check changes against the framework and say what the figures are at present.

    Raises
    ------
    AssessmentError
        If a metric or flag is not known (with the nearest), is given twice, cannot be changed,
        or if its value or unit cannot be right.
    """
    known = {name.upper(): name for name in (*assessment.metrics, *_flags(assessment.framework))}
    changes = [replace(change, id=known.get(change.id.upper(), change.id)) for change in changes]
    wanted = [change.id for change in changes]
    if twice := sorted({name for name in wanted if wanted.count(name) > 1}):
        raise AssessmentError(f"{', '.join(twice)} is given more than one value")
    rows = assessment.metric_scores.filter(pl.col("org_code") == code)
    cells = {row["metric_id"]: row for row in rows.iter_rows(named=True)}
    return [_checked(assessment, code, change, cells.get(change.id)) for change in changes]


def _checked(
    assessment: Assessment, code: str, change: Change, cell: Mapping[str, object] | None
) -> ChangedFigure:
    flags = _flags(assessment.framework)
    if change.id in flags:
        return _checked_flag(assessment, code, change, flags[change.id])
    metric = assessment.metrics.get(change.id)
    if metric is None:
        raise _unknown(assessment, change.id)
    _check_rule(assessment.framework, change.id)
    unit = str(cell["unit"]) if cell and cell["unit"] else metric.unit
    _check_value(metric, unit, change)
    before = cell["value"] if cell else None
    now = float(before) if isinstance(before, int | float) else None
    return ChangedFigure(metric.id, metric.name, unit, now, change.value)


def _flags(framework: Framework) -> dict[str, str]:
    return {override.flag: override.name for override in framework.segments.overrides}


def _checked_flag(assessment: Assessment, code: str, change: Change, name: str) -> ChangedFigure:
    if change.value not in {0.0, 1.0}:
        raise AssessmentError(f"{change.id} ({name}) is a flag: 1 means yes, 0 no")
    now = assessment.observations.filter(
        (pl.col("org_code") == code)
        & (pl.col("metric_id") == change.id)
        & (pl.col("status") == Status.REPORTED.value)
    )["value"]
    return ChangedFigure(change.id, name, "flag", now[0] if len(now) else None, change.value)


def _unknown(assessment: Assessment, wanted: str) -> AssessmentError:
    by_score = {metric.score_id: metric.id for metric in assessment.metrics.values()}
    if wanted in by_score:
        return AssessmentError(
            f"{wanted} is the score of {by_score[wanted]}: change the value, {by_score[wanted]}"
        )
    known = [*assessment.metrics, *_flags(assessment.framework)]
    names = {name: metric.name for name, metric in assessment.metrics.items()}
    close = [f"{name} ({names.get(name, 'flag')})" for name in nearest(wanted, known).split(", ")]
    return AssessmentError(
        f"{assessment.framework.name} has no metric or flag {wanted!r}; nearest: {', '.join(close)}"
    )


def _check_rule(framework: Framework, metric_id: str) -> None:
    rule = framework.metric(metric_id).rule
    if isinstance(rule, LookupRule):
        raise AssessmentError(
            f"{metric_id} is looked up from {rule.rows} and {rule.columns}: change one of these"
        )
    if isinstance(rule, PublishedRule):
        raise AssessmentError(
            f"{metric_id} cannot be changed: its score is published without a value to make it from"
        )


def _check_value(metric: Metric, unit: str, change: Change) -> None:
    if change.unit is not None and change.unit != unit:
        raise AssessmentError(f"{metric.id} is in {unit} for this organisation, not {change.unit}")
    if unit == "count" and change.value != round(change.value):
        raise AssessmentError(f"{metric.id} is a count and cannot be {change.value:g}")
    low, high = _range(metric, unit)
    if not low <= change.value <= high:
        what = "is a share in" if metric.share else "is in"
        raise AssessmentError(
            f"{metric.id} {what} {unit} and cannot be {change.value:g}; it lies from "
            f"{low:,.0f} to {high:,.0f}"
        )


def _range(metric: Metric, unit: str) -> tuple[float, float]:
    """The lowest and the highest value that a metric can have in a unit."""
    if metric.share and unit == "percent":
        return SHARE_RANGE
    limits = load_figure_limits()
    known = {limit.unit: (limit.low, limit.high) for limit in limits.limits}
    low, high = known.get(unit, (-limits.other, limits.other))
    return (0, high) if unit in _NEVER_NEGATIVE else (low, high)


def with_changes(
    figures: Figures, assessment: Assessment, code: str, changed: Sequence[ChangedFigure]
) -> Figures:
    """The figures with an organisation's changed ones in place of those that were read.

    A changed figure has no source, and no published rank to order it among equal values.
    """
    observations = figures.observations
    for change in changed:
        if change.before != change.after:
            observations = _put(observations, assessment, code, change)
    return replace(figures, observations=observations)


def _put(
    observations: pl.DataFrame, assessment: Assessment, code: str, change: ChangedFigure
) -> pl.DataFrame:
    release = pl.col("release")
    at = (
        (pl.col("org_code") == code)
        & (pl.col("metric_id") == change.id)
        & (release == assessment.period.label).fill_null(value=True)
    )
    if change.unit != "flag":
        main = assessment.metrics[change.id].unit
        at = at & (pl.col("unit").fill_null(main) == change.unit)
    rest = observations.filter(~at)
    kinds = assessment.standing.filter(pl.col("org_code") == code)["kind"]
    row = {
        "org_code": code,
        "org_kind": kinds[0],
        "metric_id": change.id,
        "unit": change.unit,
        "release": assessment.period.label,
        "period_label": f"if it were {typed_words(change.after, change.unit)}",
        "value": change.after,
        "status": Status.REPORTED.value,
    }
    return pl.concat([rest, pl.DataFrame([row], schema=OBSERVATION_SCHEMA)])
