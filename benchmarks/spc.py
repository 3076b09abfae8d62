"""How long all rules and icons take, as a ratio to plain pandas that does the same.

    python benchmarks/spc.py [--series 10000] [--points 48] [--runs 3] [--linear 100000]

Both make mean, limits (outliers screened), the four rules with their precedence and the two icons
of every series, from a frame to frames. The pandas version is written as one would write it down
first: a function of one series, applied to each group. It is timed over fewer series and scaled.
They run in turn (A B A B …), the ratio is taken pair by pair, and their answers are compared.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from remit.signals.charts import spc

GROUPED = 500
TARGET_SECONDS, TARGET_BYTES = 1.0, 2 * 10**9


def main() -> None:
    arguments = _arguments()
    frame, few = _made(arguments.series, arguments.points), _made(GROUPED, arguments.points)
    wide = few.to_pandas()
    _timed(lambda: spc(few, better="higher", target=80))
    pairs = [
        (
            _timed(lambda: spc(frame, better="higher", target=80)),
            _timed(lambda: _plain(wide))[1] * arguments.series / GROUPED,
        )
        for _ in range(arguments.runs)
    ]
    agreed = _agree(few, wide)
    ours = statistics.median(pair[0][0] for pair in pairs)
    compute = statistics.median(pair[0][1] for pair in pairs)
    ratios = sorted(plain / mine[1] for mine, plain in pairs)
    print(f"{arguments.series:,} series of {arguments.points} points, all rules and icons")
    print(f"remit.spc      median {ours:.2f} s by the clock, {compute:.2f} s of processor time")
    print(f"plain pandas   median {statistics.median(b for _, b in pairs):.1f} s, scaled")
    spread = f"{ratios[0]:.0f} to {ratios[-1]:.0f}"
    print(f"times faster   median {statistics.median(ratios):.0f} ({spread})")
    print(f"same answers   {'yes' if agreed else 'NO'}, for {GROUPED} series")
    slope = _linear(arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak *= 1 if sys.platform == "darwin" else 1024
    print(f"peak memory    {peak / 1e6:.0f} MB (target {TARGET_BYTES / 1e6:.0f} MB)")
    fits = agreed and compute < TARGET_SECONDS and slope < 1.5 and peak < TARGET_BYTES
    sys.exit(0 if fits else 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=10_000)
    parser.add_argument("--points", type=int, default=48)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--linear", type=int, default=100_000, help="the largest; 0 leaves it out")
    return parser.parse_args()


def _made(series: int, points: int) -> pl.DataFrame:
    """Months of percentages; a third of the series shift or drift."""
    random = np.random.default_rng(1)
    values = 75 + random.normal(0, 4, (series, points))
    values[::3] += np.linspace(0, 12, points)
    values[1::3, points // 2 :] += 6
    months = np.datetime64("2021-04") + np.arange(points)
    return pl.DataFrame(
        {
            "series": np.repeat([f"S{place:06}" for place in range(series)], points),
            "date": np.tile(months.astype("datetime64[D]"), series),
            "value": values.round(2).ravel(),
        }
    )


def _timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock and of processor time: other work must not count in a ratio."""
    clock, begun = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - begun


def _linear(arguments: argparse.Namespace) -> float:
    """The cost of a series among the most, over its cost among the fewest."""
    if not arguments.linear:
        return 1.0
    costs = []
    for count in (arguments.linear // 10, arguments.linear // 3, arguments.linear):
        frame = _made(count, arguments.points)
        took = _timed(lambda frame=frame: spc(frame, better="higher", target=80))[1]
        costs.append(took / count)
        print(f"{count:>8,} series  {took:.2f} s, {took / count * 1e6:.0f} µs each")
    return costs[-1] / costs[0]


# Plain pandas ------------------------------------------------------------------------------------


def _plain(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    points = pd.concat([_one_series(part) for _, part in frame.groupby("series", sort=False)])
    latest = points.groupby("series", sort=False).tail(1).set_index("series")
    series = pd.DataFrame({"variation": latest["kind"], "assurance": "inconsistent"})
    series.loc[latest["upper"] < 80, "assurance"] = "consistent_fail"
    series.loc[latest["lower"] > 80, "assurance"] = "consistent_pass"
    return points, series


def _one_series(part: pd.DataFrame) -> pd.DataFrame:
    part = part.sort_values("date")
    value = part["value"]
    mean, moving = value.mean(), value.diff().abs()
    kept = moving[moving < 3.267 * moving.mean()]
    far, near = 2.66 * kept.mean(), 2 * (2.66 / 3) * kept.mean()
    side = np.sign(value - mean)
    outside = (value > mean + far) | (value < mean - far)
    close = ~outside & ((value > mean + near) | (value < mean - near))
    trend, direction = _trends(value)
    kind = pd.Series("common_cause", index=part.index)
    above = pd.Series(0.0, index=part.index)
    for fits, way in (
        (_members(side.rolling(7).sum().abs() == 7, 7), side),
        (close & _members((close.rolling(3).sum() >= 2) & (side.rolling(3).sum().abs() == 3), 3),
         side),
        (trend, direction),
        (outside, side),
    ):  # fmt: skip
        above = above.mask(fits, way)
    kind = kind.mask(above > 0, "special_cause_improvement")
    kind = kind.mask(above < 0, "special_cause_concern")
    return part.assign(mean=mean, lower=mean - far, upper=mean + far, kind=kind)


def _members(ends: pd.Series, width: int) -> pd.Series:
    """Points in a window that ends at a marked point."""
    return ends[::-1].rolling(width, min_periods=1).max()[::-1].astype(bool)


def _trends(value: pd.Series) -> tuple[pd.Series, pd.Series]:
    step = np.sign(value.diff())
    member = _members(step.rolling(6).sum().abs() == 6, 7)
    onward = member & member.shift(-1, fill_value=False)
    return member, np.sign(step.where(~onward, step.shift(-1)) - 0.5)


def _agree(few: pl.DataFrame, wide: pd.DataFrame) -> bool:
    ours = spc(few, better="higher", target=80)
    points, series = _plain(wide)
    return (
        ours.points["kind"].to_list() == points["kind"].to_list()
        and ours.series["variation"].to_list() == series["variation"].to_list()
        and ours.series["assurance"].to_list() == series["assurance"].to_list()
        and np.allclose(ours.points["lower_limit"], points["lower"], atol=1e-9)
    )


if __name__ == "__main__":
    main()
