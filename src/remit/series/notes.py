"""What a reader of series should know and cannot see from their points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from remit.model.metric import Metric
from remit.series.areas import OTHER_PROVIDER, Level

_NAMED = 6


def notes(
    every: pl.DataFrame, members: pl.DataFrame, metrics: Sequence[Metric], level: Level
) -> Iterator[str]:
    """What was left out of the series, in sentences.

    Parameters
    ----------
    every
        The organisations' own points with their ``area``, also those that belong to none.
    members
        Those that the series are made of.
    metrics, level
        What was asked for.
    """
    present = every.filter("present")
    yield from _never_whole(set(present["metric_id"]), metrics)
    if level in {"icb", "region"} and "trust" in set(members["basis"]):
        outside = present.filter(pl.col("area").is_null())
        yield from _trusts_without_area(outside.filter(pl.col("layer") == "trust"), level)
        yield from _other_providers(outside.filter(pl.col("layer") == OTHER_PROVIDER))


def _never_whole(whole: set[str], metrics: Sequence[Metric]) -> Iterator[str]:
    for metric in metrics:
        if metric.id not in whole:
            yield (
                f"{metric.id}: no organisation has all of its counts for one and the same period "
                f"({', '.join(metric.needed)})."
            )


def _trusts_without_area(outside: pl.DataFrame, level: Level) -> Iterator[str]:
    """Trusts that closed before ICBs began, and of which no successor is known."""
    last = outside.group_by("org_code").agg(pl.col("period_end").max()).sort("org_code")
    if last.is_empty():
        return
    named = [f"{code} (to {end:%b %Y})" for code, end in last.head(_NAMED).iter_rows()]
    more = f" and {last.height - _NAMED} more" if last.height > _NAMED else ""
    name = "ICB" if level == "icb" else "region"
    noun = "1 trust has" if last.height == 1 else f"{last.height} trusts have"
    yield (
        f"{noun} no {name} in the register, and their figures are in no {name}'s sum: "
        f"{', '.join(named)}{more}."
    )


def _other_providers(outside: pl.DataFrame) -> Iterator[str]:
    count = outside["org_code"].n_unique()
    if count:
        noun = (
            "1 provider that is no NHS trust belongs"
            if count == 1
            else (f"{count} providers that are no NHS trusts belong")
        )
        yield f"{noun} to no ICB in the register; what they count is in England's sum only."
