"""The figures of an organisation in the version that counts, and the rows that are behind each."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

import polars as pl

from remit.catalogue import load_computed_metrics, load_metrics, scored_publications
from remit.model.errors import SeriesError
from remit.model.organisation import OrganisationType
from remit.register import load_register
from remit.series import Level, Series, series
from remit.store import Store
from remit.web.figures.place import VersionPublished, opened_store, published
from remit.words.figures import number_words, value_words

_LEVELS: Mapping[OrganisationType, Level] = {
    OrganisationType.TRUST: "trust",
    OrganisationType.ICB: "icb",
    OrganisationType.REGION: "region",
}
_RANK = "league_rank"
_KEPT = 200
"""Of so many organisations the figures are kept in memory."""


@dataclass(frozen=True, slots=True)
class RowBehind:
    """One published figure behind a point, where it stands in its file."""

    file: str
    sha256: str
    published_on: str
    line: int
    column: str
    measure: str
    organisation: str
    value: float | None


@dataclass(frozen=True, slots=True)
class FigureHeld:
    """A figure of an organisation in one period, with what it was made of."""

    organisation: str
    metric: str
    metric_name: str
    is_counted: bool
    unit: str
    period: str
    period_start: date
    period_end: date
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str
    rows: tuple[RowBehind, ...] = ()
    among: int = 0
    """Of a rank: how many of the kind were ranked in that period; 0 where it is none."""

    @property
    def words(self) -> str:
        """The value with its unit; a rank with how many were ranked."""
        if self.unit == "rank" and self.value is not None and self.among:
            return f"rank {number_words(self.value, 0)} of {self.among}"
        return value_words(self.value, self.unit)

    @property
    def rows_text(self) -> str:
        """The rows behind it, as they are kept with a comment."""
        kept = [
            [r.file, r.sha256, r.published_on, r.line, r.column, r.measure, r.organisation, r.value]
            for r in self.rows
        ]
        return json.dumps(kept)

    @property
    def digest(self) -> str:
        """By which the same figure from the same rows is known, whatever version has it."""
        said = [self.organisation, self.metric, self.period, self.value, self.numerator,
                self.denominator, self.status, self.rows_text]  # fmt: skip
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:24]

    @property
    def kept(self) -> dict[str, Any]:
        """Its fields as they are kept with a comment, and the digest."""
        names = [name for name in self.__slots__ if name not in {"rows", "among"}]
        fields = {name: getattr(self, name) for name in names}
        return {**fields, "rows": self.rows_text, "digest": self.digest}


Held = Mapping[str, tuple[FigureHeld, ...]]


class _Recent:
    """What was asked for last, each kept once for all threads."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._found: OrderedDict[tuple[str, ...], Any] = OrderedDict()

    def get(self, key: tuple[str, ...]) -> Any:
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def keep(self, key: tuple[str, ...], value: Any) -> None:
        with self._lock:
            self._found[key] = value
            while len(self._found) > self._most:
                self._found.popitem(last=False)


_RECENT = _Recent(_KEPT)


def figures_of(instance: Path, code: str) -> tuple[VersionPublished, Held]:
    """The version that counts, and of an organisation the figures by metric, the oldest first.

    Parameters
    ----------
    instance
        The folder of the instance.
    code
        The organisation.

    Raises
    ------
    NothingPublished
        If there is no version.

    Examples
    --------
    ``figures_of(Path("demo/web"), "ZA1")[1]["ae.four-hours"][-1].words``
    """
    version = published(instance)
    held = _RECENT.get((version.name, code))
    if held is None:
        with opened_store(instance) as (version, store):
            held = {**_counted(store, code), **_scored(store, code)}
        _RECENT.keep((version.name, code), held)
    return version, held


def figure_of(
    instance: Path, code: str, metric: str, period: str = ""
) -> tuple[VersionPublished, FigureHeld | None]:
    """A figure with the rows behind it; None where it is not held.

    Parameters
    ----------
    instance
        The folder of the instance.
    code, metric
        Of which organisation, and what.
    period
        The label of its period; the newest that has a value if left out.

    Examples
    --------
    ``figure_of(Path("demo/web"), "ZA1", "ae.four-hours", "Mar 2026")``
    """
    with opened_store(instance) as (version, store):
        held = _RECENT.get((version.name, code))
        points = (held or {**_counted(store, code), **_scored(store, code)}).get(metric, ())
        valued = [one for one in points if one.value is not None]
        wanted = [one for one in points if one.period == period] if period else valued
        if not wanted:
            return version, None
        key = (version.name, code, metric, wanted[-1].period)
        found = _RECENT.get(key)
        if found is None:
            found = _with_rows(store, wanted[-1])
            _RECENT.keep(key, found)
        return version, found


def figure_as_at(store: Store, code: str, metric: str, period: str, day: date) -> FigureHeld | None:
    """A figure that is made from counts, as a store knew it on a day; None where it did not.

    Parameters
    ----------
    store
        An open store.
    code, metric, period
        Of which organisation, what and when.
    day
        Files that became known later do not count.
    """
    points = _counted(store, code, day).get(metric, ())
    found = next((one for one in points if one.period == period), None)
    return _with_rows(store, found, day) if found else None


def _series(
    store: Store, code: str, metrics: list[Any], as_at: date | None = None
) -> Series | None:
    organisation = load_register().find(code)
    level = _LEVELS.get(organisation.type) if organisation else None
    if level is None or not metrics:
        return None
    try:
        return series(store, metrics, level, organisations=[code], as_at=as_at)
    except SeriesError:  # nothing of it is held
        return None


def _counted(
    store: Store, code: str, as_at: date | None = None
) -> dict[str, tuple[FigureHeld, ...]]:
    """What is made from counts, as reports have it."""
    metrics = load_computed_metrics()
    made = _series(store, code, list(metrics.values()), as_at)
    found: dict[str, list[FigureHeld]] = {}
    for row in made.frame.filter(pl.col("cut").is_null()).iter_rows(named=True) if made else ():
        metric = metrics[row["metric_id"]]
        found.setdefault(metric.id, []).append(
            _held(row, code, metric.id, metric.name, metric.unit, is_counted=True)
        )
    return {metric: tuple(points) for metric, points in found.items()}


def _scored(store: Store, code: str) -> dict[str, tuple[FigureHeld, ...]]:
    """What a framework's publication prints, as its pages have it."""
    all_rows = store.observations(publications=scored_publications()).filter(
        pl.col("cut").is_null()
    )
    rows = all_rows.filter(pl.col("org_code") == code)
    ranked = _ranked(all_rows, rows)
    names = load_metrics().known_ids()
    found: dict[str, list[FigureHeld]] = {}
    for row in rows.sort("period_end", "release").iter_rows(named=True):
        metric = row["metric_id"]
        found.setdefault(metric, []).append(
            replace(
                _held(row, code, metric, names.get(metric, metric), row["unit"], is_counted=False),
                among=ranked.get((row["org_kind"], row["period_end"]), 0)
                if row["unit"] == "rank"
                else 0,
            )
        )
    return {metric: tuple(points) for metric, points in found.items()}


def _ranked(all_rows: pl.DataFrame, rows: pl.DataFrame) -> dict[tuple[str, date], int]:
    """Kind and end of a period → how many were ranked then, of the kinds that an organisation had.

    A table ranks each kind of trust for itself.
    """
    kinds = rows["org_kind"].unique()
    placed = all_rows.filter(
        (pl.col("metric_id") == _RANK) & pl.col("value").is_not_null()
        & pl.col("org_kind").is_in(kinds.to_list())
    )  # fmt: skip
    counted = placed.group_by("org_kind", "period_end").agg(pl.col("org_code").n_unique())
    return {(kind, end): count for kind, end, count in counted.iter_rows()}


def _held(
    row: Mapping[str, Any], code: str, metric: str, name: str, unit: str, *, is_counted: bool
) -> FigureHeld:
    names = ("period_start", "period_end", "value", "numerator", "denominator", "status")
    return FigureHeld(
        code, metric, name, is_counted, unit, row["period_label"], *(row[one] for one in names)
    )


def _with_rows(store: Store, figure: FigureHeld, as_at: date | None = None) -> FigureHeld:
    files = {source.source_id: source for source in store.sources(as_at)}
    if figure.is_counted:
        metric = load_computed_metrics()[figure.metric]
        made = _series(store, figure.organisation, [metric], as_at)
        told = made.trace(figure.organisation, figure.metric, figure.period_start) if made else None
        rows = [] if told is None else list(told.drop_nulls("source_id").iter_rows(named=True))
    else:
        seen = store.observations(metrics=[figure.metric], publications=scored_publications())
        wanted = (pl.col("org_code") == figure.organisation) & pl.col("cut").is_null()
        of_period = seen.filter(wanted & (pl.col("period_label") == figure.period))
        named = of_period.rename(
            {"source_row": "line", "source_column": "column", "metric_id": "measure"}
        )
        rows = list(named.iter_rows(named=True))[-1:]
    behind = tuple(
        RowBehind(
            files[row["source_id"]].file_name,
            files[row["source_id"]].sha256,
            str(files[row["source_id"]].published_on or ""),
            row["line"] or 0,
            row["column"] or "",
            row["measure"],
            row["org_code"],
            row["value"],
        )
        for row in rows
        if row["source_id"] in files
    )
    return replace(figure, rows=tuple(dict.fromkeys(behind)))
