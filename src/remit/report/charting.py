"""Series and what the rules say of them, as one frame of points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from remit.model.metric import Frequency
from remit.model.spc_rules import SpcRules
from remit.report.gaps import with_gaps
from remit.report.view import SeriesPoint
from remit.series import Series
from remit.signals.charts import spc
from remit.signals.of_series import EVERYBODY, series_points

KEYS = ["org_code", "metric_id", "cut"]
Key = tuple[str, str, str]
"""Organisation, metric and cut; the cut is empty for everybody."""


@dataclass(frozen=True, slots=True)
class Charted:
    """A series after the rules: its points, and the two icons' codes."""

    points: tuple[SeriesPoint, ...]
    variation: str
    assurance: str

    @property
    def held(self) -> tuple[SeriesPoint, ...]:
        """The points that have a value."""
        return tuple(point for point in self.points if point.value is not None)


def charted(made: Series, codes: Sequence[str], rules: SpcRules) -> dict[Key, Charted]:
    """The control charts of some organisations.

    A sum that lacks somebody is a point of a rate, but no point of a count: it would fall by
    those who are missing.

    Parameters
    ----------
    made
        Series of one level.
    codes
        The organisations.
    rules
        The rule set.

    Returns
    -------
    dict
        By organisation, metric and cut; series without a single value are left out.
    """
    points = _points(made, codes)
    if points.is_empty():
        return {}
    judged = spc(
        points, better="better", series=KEYS, date="period_start", value="charted",
        target="target", rules=rules,
    )  # fmt: skip
    order = [*KEYS, "period_start"]
    said = judged.points.select(*order, "mean", "lower_limit", "upper_limit", "kind", "rule")
    whole = points.join(said, on=order, how="left").sort(order)
    assured = {
        (row["org_code"], row["metric_id"], row["cut"]): row
        for row in judged.series.iter_rows(named=True)
    }
    found = {}
    for (org, metric, cut), part in whole.group_by(KEYS, maintain_order=True):
        key = (str(org), str(metric), str(cut))
        if part["value"].drop_nulls().len():
            found[key] = _charted(part, assured[key], made.metrics[key[1]].frequency)
    return found


def _points(made: Series, codes: Sequence[str]) -> pl.DataFrame:
    """The points of some organisations, with what the rules need beside them."""
    frame = made.frame.filter(pl.col("org_code").is_in(list(codes)))
    own = replace(made, frame=frame)
    needed = series_points(own).rename({"date": "period_start", "value": "charted"})
    everybody = pl.when(pl.col("cut") != EVERYBODY).then("cut").otherwise(pl.lit("")).alias("cut")
    return frame.with_columns(pl.col("cut").fill_null("")).join(
        needed.with_columns(everybody), on=[*KEYS, "period_start"], how="left"
    )


def _charted(part: pl.DataFrame, series: dict[str, object], frequency: Frequency | None) -> Charted:
    trial = bool(series["trial_limits"])
    points = with_gaps([_point(row, trial) for row in part.iter_rows(named=True)], frequency)
    if trial or series["mean"] is None:
        return Charted(points, "too_few", _without_limits(points))
    kind = str(series["variation"])
    return Charted(points, _variation(kind, str(series["rule"] or "")), _assured(series))


def _point(row: dict[str, object], trial: bool) -> SeriesPoint:
    known = None if trial else row
    kind = str(known["kind"] or "common_cause") if known else "common_cause"
    return SeriesPoint(
        label=str(row["period_label"]),
        start=row["period_start"],  # type: ignore[arg-type]
        end=row["period_end"],  # type: ignore[arg-type]
        value=_number(row["charted"]),
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        mean=_number(known["mean"]) if known else None,
        lower=_number(known["lower_limit"]) if known else None,
        upper=_number(known["upper_limit"]) if known else None,
        target=_number(row["target"]),
        kind=_kind(kind),
        why=str(known["rule"] or "") if known else "",
        status=str(row["status"]),
    )


def _number(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]


def _kind(kind: str) -> str:
    """``special_cause_neutral_high`` becomes ``neutral``."""
    plain = kind.removeprefix("special_cause_")
    return "neutral" if plain.startswith("neutral") else plain


def _variation(kind: str, rule: str) -> str:
    """The code of the icon: what the rules say, and on which side."""
    plain = _kind(kind)
    if plain == "common_cause":
        return plain
    high = rule in {"above_upper_limit", "rising_trend", "near_upper_limit", "shift_above_mean"}
    return f"{plain}_{'high' if high else 'low'}"


def _assured(series: dict[str, object]) -> str:
    words = {"consistent_pass": "pass", "consistent_fail": "fail", "inconsistent": "inconsistent"}
    return words.get(str(series["assurance"]), "no_target")


def _without_limits(points: Sequence[SeriesPoint]) -> str:
    held = [point for point in points if point.value is not None]
    return "too_few" if held and held[-1].target is not None else "no_target"
