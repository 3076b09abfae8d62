"""What trusts are like, from a store of published figures, each with the day it is of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from remit.files.datapackage import PackageSource
from remit.model.errors import PracticeError, SeriesError
from remit.model.metric import Metric
from remit.model.observation import Rejection
from remit.model.peers import PeerCharacteristic, PeerMethod, StoredCharacteristic
from remit.practice.peers.characteristics import LEAST, Characteristics
from remit.practice.whose import are_fictional
from remit.series.making import series
from remit.series.result import Series
from remit.store import Store
from remit.words.sentences import listed

_GIVEN = 0.5
"""The share of characteristics that must be known of a trust: fewer say too little of it."""
_A_YEAR = 366


def stored_characteristics(
    path: Path, method: PeerMethod
) -> tuple[Characteristics, tuple[PackageSource, ...]]:
    """The characteristics of trusts in a store, and the files that they come from.

    Parameters
    ----------
    path
        The store.
    method
        A method each of whose characteristics says where it is had from.

    Raises
    ------
    PracticeError
        If a characteristic is not published, or the store holds none of it.

    Examples
    --------
    >>> stored_characteristics(Path("remit.duckdb"), method)[0].codes  # doctest: +SKIP
    """
    values: list[dict[str, float]] = []
    names: dict[str, str] = {}
    notes: list[str] = []
    columns: list[PeerCharacteristic] = []
    sources: dict[str, PackageSource] = {}
    with Store.open(path, read_only=True, must_exist=True) as held:
        for one in method.characteristics:
            if one.stored is None:
                raise PracticeError(
                    f"{method.id}: {one.said} is in no file that Remit reads; give --input"
                )
            made = _series(held, one, one.stored)
            last = None if made is None else _last(made.frame, one.stored)
            if made is None or last is None:
                notes.append(f"{one.said}: the store holds no figure of it")
                continue
            columns.append(one)
            values.append(dict(last.select("org_code", "value").iter_rows()))
            names |= dict(last.select("org_code", "org_name").iter_rows())
            days = last["period_end"]
            first, newest = (str(day) for day in (days.min(), days.max()))
            notes.append(f"{one.said}: {last.height} trusts, {first} to {newest}")
            sources |= {key: PackageSource.of(source) for key, source in made.sources.items()}
    if len(columns) < _GIVEN * len(method.characteristics):
        raise PracticeError(
            f"{path}: the store holds {len(columns)} of the {len(method.characteristics)} "
            f"characteristics of {method.id}, and half of them are needed: {'; '.join(notes)}"
        )
    return _held(path, columns, values, names, notes), tuple(sources.values())


def _series(held: Store, one: PeerCharacteristic, stored: StoredCharacteristic) -> Series | None:
    try:
        return series(held, _metric(one, stored))
    except SeriesError:
        return None


def _metric(one: PeerCharacteristic, stored: StoredCharacteristic) -> Metric:
    return Metric.model_validate(
        {
            "id": f"peers.{one.column}",
            "name": one.said,
            "unit": "count",
            "better": "neutral",
            "horizon": "today",
            "aim": "none",
            "setting": "any",
            "why_it_matters": "It says what an organisation is.",
            "source": "see the declaration of the method",
            "numerator": list(stored.numerator),
            "denominator": list(stored.denominator),
            "frequency": stored.frequency,
            "over_time": "mean",
        }
    )


def _last(frame: pl.DataFrame, stored: StoredCharacteristic) -> pl.DataFrame | None:
    """The last figure of each, or the mean of its last year; none that ended a year before."""
    there = frame.filter(pl.col("status") == "reported", pl.col("value").is_not_null())
    if there.is_empty():
        return None
    newest = there["period_end"].max()
    recent = there.filter((pl.lit(newest) - pl.col("period_end")).dt.total_days() < _A_YEAR)
    latest = pl.col("value").last() if stored.over_time == "latest" else pl.col("value").mean()
    return (
        recent.sort("period_end")
        .group_by("org_code", maintain_order=True)
        .agg(pl.col("org_name").last(), pl.col("period_end").last(), latest)
    )


def _held(
    path: Path,
    columns: list[PeerCharacteristic],
    values: list[dict[str, float]],
    names: dict[str, str],
    notes: list[str],
) -> Characteristics:
    every = sorted({code for one in values for code in one})
    figures = np.array([[one.get(code, np.nan) for one in values] for code in every])
    given = (~np.isnan(figures)).mean(axis=1)
    enough = given >= _GIVEN
    if int(enough.sum()) < LEAST:
        raise PracticeError(f"{path}: fewer than three trusts have half of the characteristics")
    codes = tuple(code for code, keep in zip(every, enough, strict=True) if keep)
    lacking = [
        (code, [one.said for one, value in zip(columns, row, strict=True) if np.isnan(value)])
        for code, row, keep in zip(every, figures, enough, strict=True)
        if not keep
    ]
    rejected = tuple(
        Rejection(path.name, 0, "", code, f"too little is known of it; not given: {listed(what)}")
        for code, what in lacking
    )
    return Characteristics(
        codes,
        tuple(names[code] for code in codes),
        tuple(columns),
        figures[enough],
        rejected,
        tuple(notes),
        path.name,
        are_fictional(codes),
    )
