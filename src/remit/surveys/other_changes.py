"""What changed between waves in items of several answers and of numbers."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.stats import false_discovery_control
from scipy.stats import t as student

from remit.surveys.changes import reasons_of, who_is_lacking
from remit.surveys.intervals import SIGNIFICANT, two_shares
from remit.surveys.reading.answers import MultiAnswers, NumberAnswers, Numbers, SurveyRead, Voices

_TEST = {
    "change": pl.Float64,
    "p": pl.Float64,
    "significant": pl.Boolean,
    "p_adjusted": pl.Float64,
    "comparable": pl.Boolean,
    "reason": pl.String,
    "group_by": pl.String,
    "wave_now": pl.String,
    "wave_before": pl.String,
    "base_now": pl.Int64,
    "base_before": pl.Int64,
    "item_id": pl.String,
    "suppressed": pl.String,
}
_SIDES = ("now", "before")
_HEAD = {"item": pl.String, "group": pl.String}
_MULTI = {
    **_HEAD, "option": pl.String, "pct_now": pl.Float64, "pct_before": pl.Float64, **_TEST,
}  # fmt: skip
_NUMERIC = {**_HEAD, "mean_now": pl.Float64, "mean_before": pl.Float64, **_TEST}

_Schema = dict[str, type[pl.DataType]]
_Held = tuple[pl.DataFrame, list[str], np.ndarray]


def multi_changes(read: SurveyRead, multi: pl.DataFrame) -> pl.DataFrame:
    """Who ticked an option in the last wave, against the one before.

    Parameters
    ----------
    read
        The answers.
    multi
        The table of options, small bases taken out: what is hidden is in no test.

    Returns
    -------
    polars.DataFrame
        Shares in per cent of who ticked anything; p of the pooled z test of two shares, and by
        Benjamini and Hochberg (1995) over all rows of the table that are compared and shown.

    Examples
    --------
    >>> multi_changes(read, frames["multi"]).columns[:4]  # doctest: +SKIP
    ['item', 'group', 'option', 'pct_now']
    """
    if len(read.waves) < 2:
        return pl.DataFrame(schema=_MULTI)
    both, reasons, fit = _held(read, multi, MultiAnswers, ["option"])
    counts = [_column(both, name) for name in ("n_now", "base_now", "n_before", "base_before")]
    p = np.where(fit, two_shares(*counts), np.nan)
    return _told(read, (both, reasons, fit), p, "pct", _MULTI)


def numeric_changes(read: SurveyRead, numeric: pl.DataFrame) -> pl.DataFrame:
    """The mean of the numbers given in the last wave, against the one before.

    Parameters
    ----------
    read
        The answers.
    numeric
        The table of numbers, small bases taken out: what is hidden is in no test.

    Returns
    -------
    polars.DataFrame
        Means in the unit of the item; p of Welch's t test (1947), two-sided, and by Benjamini and
        Hochberg (1995). Without two numbers in both waves, or without any spread, there is no p,
        and ``reason`` says so.

    Examples
    --------
    >>> numeric_changes(read, frames["numeric"]).columns[:3]  # doctest: +SKIP
    ['item', 'group', 'mean_now']
    """
    if len(read.waves) < 2:
        return pl.DataFrame(schema=_NUMERIC)
    both, reasons, fit = _held(read, numeric, NumberAnswers, [])
    p = np.where(fit, _welch(both), np.nan)
    for number in np.flatnonzero(fit & np.isnan(p)):
        reasons[number] = "no test: under two numbers in a wave, or all numbers the same"
    return _told(read, (both, reasons, fit), p, "mean", _NUMERIC)


def _held(
    read: SurveyRead, frame: pl.DataFrame, kind: type[MultiAnswers | NumberAnswers],
    more: list[str],
) -> _Held:  # fmt: skip
    """Both waves side by side, why a row is not compared, and which rows are."""
    before, now = read.waves[-2:]
    keys = ["item_id", "group_by", "group", *more]
    sides = [
        frame.filter(pl.col("wave") == wave.wave.id)
        .drop("wave")
        .rename({one: f"{one}_{name}" for one in frame.columns if one not in {*keys, "wave"}})
        for name, wave in zip(_SIDES, (now, before), strict=True)
    ]
    both = sides[0].join(sides[1], on=keys, how="full", coalesce=True, maintain_order="left_right")
    out = pl.max_horizontal(pl.col(f"suppressed_{one}").fill_null("") for one in _SIDES)
    both = both.with_columns(out.alias("suppressed"))
    why = reasons_of(before, now, kind)
    anybody = (pl.col(f"base_{one}").max().over("item_id", "group_by", "group") for one in _SIDES)
    answered = zip(*(both.select(one).to_series() for one in anybody), strict=True)
    rows = both.select("item_id", "base_now", "base_before", "suppressed").iter_rows()
    reasons = [
        why[item]
        or (
            ""
            if hidden
            else who_is_lacking(some_now, some_before, now, before)
            or _absent(late, early, now, before)
        )
        for (item, late, early, hidden), (some_now, some_before) in zip(rows, answered, strict=True)
    ]
    fit = np.array([not one for one in reasons], dtype=np.bool_)
    return both, reasons, fit & (both["suppressed"] == "").to_numpy()


def _absent(base_now: int | None, base_before: int | None, now: Voices, before: Voices) -> str:
    """In which wave an option stands in no answer, though the item was answered; or nothing."""
    absent = [wave.wave.id for base, wave in ((base_now, now), (base_before, before)) if not base]
    return f"not ticked or not offered in {' and '.join(absent)}" if absent else ""


def _welch(both: pl.DataFrame) -> Numbers:
    """Welch's t test of two means, two-sided; NaN where there is no spread to hold them against."""
    mean, mean_old, sd, sd_old, base, base_old = (
        _column(both, f"{name}_{side}")
        for name in ("mean", "sd", "base")
        for side in ("now", "before")
    )
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        late, early = sd**2 / base, sd_old**2 / base_old
        error = late + early
        freedom = error**2 / (late**2 / (base - 1) + early**2 / (base_old - 1))
        p = 2 * student.sf(np.abs(mean - mean_old) / np.sqrt(error), freedom)
    fit = (np.minimum(base, base_old) > 1) & (error > 0) & np.isfinite(error)
    return np.where(fit, p, np.nan)


def _column(frame: pl.DataFrame, name: str) -> Numbers:
    return frame[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _told(read: SurveyRead, held: _Held, p: Numbers, figure: str, schema: _Schema) -> pl.DataFrame:
    both, reasons, fit = held
    before, now = read.waves[-2:]
    tested = fit & ~np.isnan(p)
    corrected = np.full(len(p), np.nan)
    corrected[tested] = false_discovery_control(p[tested]) if tested.any() else []
    shown = pl.col("suppressed") == ""
    columns = (f"{figure}_now", f"{figure}_before", "base_now", "base_before")
    gap = pl.col(f"{figure}_now") - pl.col(f"{figure}_before")
    said = both.with_columns(
        pl.coalesce("item_now", "item_before").alias("item"),
        pl.when(pl.Series(fit)).then(gap).alias("change"),
        pl.Series("p", p, dtype=pl.Float64).fill_nan(None),
        pl.when(shown).then(pl.Series(tested & (p < SIGNIFICANT))).alias("significant"),
        pl.Series("p_adjusted", corrected, dtype=pl.Float64).fill_nan(None),
        pl.Series("comparable", [not one for one in reasons], dtype=pl.Boolean),
        pl.Series("reason", reasons, dtype=pl.String),
        pl.lit(now.wave.id).alias("wave_now"),
        pl.lit(before.wave.id).alias("wave_before"),
        *(pl.when(shown).then(pl.col(one)).alias(one) for one in columns),
    )
    return said.select(list(schema)).cast(schema)  # type: ignore[arg-type]
