"""How organisations do, from a store of published figures: metrics of trusts that have a way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from remit.catalogue.library import load_computed_metrics
from remit.files.datapackage import PackageSource
from remit.model.errors import PracticeError, SeriesError
from remit.model.metric import Metric
from remit.practice.deviants.outcomes import Better, Outcome, Outcomes, periods_in_order
from remit.practice.whose import are_fictional
from remit.series.making import series
from remit.store import Store

_A_YEAR = {"month": 12, "quarter": 4, "year": 1}


def stored_outcomes(
    path: Path, metrics: Sequence[str] = (), years: int = 2, *, with_predecessors: bool = False
) -> tuple[Outcomes, tuple[PackageSource, ...]]:
    """The figures of trusts in a store, and the files that they come from.

    Parameters
    ----------
    path
        The store.
    metrics
        Identifiers of the catalogue; all shares and rates with a better way if left out.
    years
        How many years, up to the last period of each metric.
    with_predecessors
        Whether figures of a trust that has merged are part of its successor's.

    Raises
    ------
    RemitError
        If a metric is not known or neutral, or the store holds none of it.

    Examples
    --------
    >>> stored_outcomes(Path("remit.duckdb"), ["ae.four-hours"])[0].better  # doctest: +SKIP
    {'ae.four-hours': 'higher'}
    """
    known = load_computed_metrics()
    wanted = [known.get(one, one) for one in metrics] or _with_a_way(known.values())
    figures: list[Outcome] = []
    better: dict[str, Better] = {}
    notes: list[str] = []
    sources: dict[str, PackageSource] = {}
    with Store.open(path, read_only=True, must_exist=True) as held:
        for one in wanted:
            try:
                made = series(held, one, with_predecessors=with_predecessors)
            except SeriesError:
                if metrics:
                    raise
                continue
            (metric,) = made.metrics.values()
            better[metric.id] = _way(metric)
            kept = _window(made.frame, metric, years)
            notes += [_told(metric, kept)] if kept.height else []
            figures += [_outcome(row) for row in kept.to_dicts()]
            sources |= {key: PackageSource.of(one) for key, one in made.sources.items()}
    if not figures:
        raise PracticeError(f"{path}: there is no figure of trusts on a metric with a better way")
    order, said = periods_in_order(one.period for one in figures)
    fictional = are_fictional({one.code for one in figures})
    read = Outcomes(
        tuple(figures), better, order, (), (*notes, *said), path.name, fictional=fictional
    )
    return read, tuple(sources.values())


def _with_a_way(known: Any) -> list[Metric]:
    """Shares and rates with a better way: a plain count tells of size and not of doing well."""
    return [
        one
        for one in known
        if one.better in {"higher", "lower"} and one.denominator and one.frequency in _A_YEAR
    ]


def _way(metric: Metric) -> Better:
    if metric.better == "higher":
        return "higher"
    if metric.better == "lower":
        return "lower"
    raise PracticeError(f"{metric.id} has no better way, and nobody does better on it")


def _window(frame: pl.DataFrame, metric: Metric, years: int) -> pl.DataFrame:
    """The periods of the last years that are there; those without a figure are missing."""
    there = frame.filter(pl.col("status") == "reported", pl.col("value").is_not_null())
    most = years * _A_YEAR.get(str(metric.frequency or "month"), 12)
    starts = there["period_start"].unique().sort(descending=True)[:most]
    return there.filter(pl.col("period_start").is_in(starts.to_list()))


def _told(metric: Metric, kept: pl.DataFrame) -> str:
    labels = kept.sort("period_start")["period_label"].unique(maintain_order=True).to_list()
    return f"{metric.name} ({metric.id}), {labels[0]} to {labels[-1]}"


def _outcome(row: dict[str, Any]) -> Outcome:
    return Outcome(
        row["org_code"],
        row["metric_id"],
        row["period_label"],
        row["value"],
        row["numerator"],
        row["denominator"],
    )
