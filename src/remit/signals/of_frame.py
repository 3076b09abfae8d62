"""Charts of a user's own frame: what a chart cannot say is warned of, and not judged."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from remit.frames.native import to_polars
from remit.model.metric import Better
from remit.signals import charts as flagged
from remit.signals.changes import Rebase, Targets
from remit.signals.charted import charted_series
from remit.signals.charts import Charts
from remit.signals.conclusion import conclude
from remit.signals.fitness import SHARE
from remit.signals.intake import as_names
from remit.signals.rule_sets import RuleSet
from remit.words.sentences import count_words

_SHOWN = 3
_KEY = "_place"


class UnfitChart(UserWarning):
    """A chart does not suit its figures or its target, so that something is not judged."""


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
    unit: str = "",
) -> Charts:
    """Tell signal from noise in many series at once.

    Parameters
    ----------
    frame
        A polars or pandas frame, an Arrow table or a DuckDB relation, one row a point, in any
        order. A row without a value is no point; its neighbours count as next to each other.
    better
        ``higher``, ``lower`` or ``neutral``; or the name of a column that says so for each series.
    series, date, value
        The columns. ``series`` can be several that name a series together, or None for one.
    target
        One number, the name of a column, ``{series: number}``, or :class:`Target` by date.
    rules
        A rule set's name, the path of one's own, or a rule set.
    baseline
        Mean and limits come from so many points at the beginning of each stretch.
    rebase
        Where a series has a new mean and limits, and why (:class:`Rebase`).
    unit
        That of the values, such as ``percent``, where all are of one: then 0.5 beside 90 is no
        share beside a percentage.

    Returns
    -------
    Charts
        ``points`` and ``series``, frames of the kind that was given. ``notices`` say by series
        what its chart cannot say; its verdict is then blank, and :class:`UnfitChart` warns.

    Raises
    ------
    RemitError
        If columns are missing or of the wrong type, if two points of a series have one date, or
        if the rule set, the baseline, a re-basing or a target cannot be applied.

    Notes
    -----
    XmR charts: D J Wheeler, Understanding Variation (1993); the rules are those of NHS England's
    Making Data Count, as the rule set declares them.

    Examples
    --------
    >>> import remit
    >>> shares = [71.0, 70.0, 72.0, 71.0, 69.0, 70.0, 71.0, 72.0, 70.0, 71.0, 70.0, 58.0]
    >>> months = pl.date_range(pl.date(2025, 4, 1), pl.date(2026, 3, 1), "1mo", eager=True)
    >>> frame = pl.DataFrame({"series": "ZA1", "date": months, "value": shares})
    >>> charts = remit.spc(frame, better="higher")
    >>> charts.points.select("value", "kind", "rule").row(-1)
    (58.0, 'special_cause_concern', 'below_lower_limit')
    """
    native, back = to_polars(frame)
    charts = flagged.spc(
        native, better=better, series=series, date=date, value=value,
        target=target, rules=rules, baseline=baseline, rebase=rebase,
    )  # fmt: skip
    told = _OfFrame(charts, tuple(map(str, as_names(series))), str(date), str(value), unit).told(
        native, better
    )
    return replace(told, points=back(told.points), series=back(told.series))


@dataclass(frozen=True, slots=True)
class _Unfit:
    """What is said of one series, and what is withheld for it."""

    place: int
    name: str
    words: tuple[str, ...]
    withheld: frozenset[str]


@dataclass(frozen=True, slots=True)
class _OfFrame:
    """Charts of a frame with the names of its columns."""

    charts: Charts
    keys: tuple[str, ...]
    date: str
    value: str
    unit: str

    def told(self, native: pl.DataFrame, better: str) -> Charts:
        """The charts with their notices, without the verdicts that these withhold."""
        found = list(self._unfit(self._better(native, better)))
        self._warn([one for one in found if one.withheld])
        held = [one for one in found if one.withheld & {"all", "target", "limits"}]
        mute = {one.name: " ".join(one.words) for one in found if "all" in one.withheld}
        notices = {one.name: one.words for one in found if one.words}
        if not held:
            return replace(self.charts, notices=notices)
        mutes = [one.place for one in held if "all" in one.withheld]
        series = self.charts.series.with_row_index(_KEY)
        points = self._placed()
        return replace(
            self.charts,
            points=_blank(points, mutes, ("special_cause", "kind", "rule")),
            series=_blank(
                _blank(series, mutes, ("variation", "rule")).with_row_index(_KEY),
                [one.place for one in held],
                ("assurance",),
            ),
            mute=mute,
            notices=notices,
        )

    def _placed(self) -> pl.DataFrame:
        """The points, with the place of their series."""
        points: pl.DataFrame = self.charts.points
        if not self.keys:
            return points.with_columns(pl.lit(0, pl.UInt32).alias(_KEY))
        names = self.charts.series.select(self.keys).with_row_index(_KEY)
        return points.join(names, on=self.keys, how="left", maintain_order="left")

    def _better(self, native: pl.DataFrame, better: str) -> Mapping[Any, str]:
        """Which way is better, by the names of a series where a column says so."""
        names = self.charts.series.select(self.keys).rows() if self.keys else [()]
        if better in set(Better):
            return dict.fromkeys(names, better)
        known = native.drop_nulls(better).unique([*self.keys] or None, keep="first")
        return {tuple(row[k] for k in self.keys): row[better] for row in known.to_dicts()}

    def _unfit(self, better: Mapping[Any, str]) -> Iterator[_Unfit]:
        least = self.charts.rules.minimum_points
        rows = self.charts.series.to_dicts()
        points = self._placed()
        doubtful = set(self._doubtful(points))
        parts = points.filter(pl.col(_KEY).is_in(list(doubtful))).partition_by(_KEY, as_dict=True)
        for place, row in enumerate(rows):
            key = tuple(row[name] for name in self.keys)
            name = " · ".join(map(str, key)) or "the series"
            few = 0 < row["n"] < least
            said = f"{count_words(row['n'], 'figure')}; a usual range needs {least}."
            words: tuple[str, ...] = (said,) if few else ()
            withheld: frozenset[str] = frozenset()
            if place in doubtful:
                more, withheld = self._of_one(parts[(place,)], better.get(key, "neutral"))
                words += more
            if words:
                yield _Unfit(place, name, words, withheld)

    def _of_one(self, part: pl.DataFrame, better: str) -> tuple[tuple[str, ...], frozenset[str]]:
        named = part.rename({self.date: "date", self.value: "value"})
        charted = charted_series(named, self.charts, self.unit, better)
        aim = charted.held[-1].target
        notices = conclude(charted, self.charts.rules, aim).notices
        return tuple(n.words for n in notices), frozenset(n.withholds for n in notices) - {""}

    def _doubtful(self, points: pl.DataFrame) -> list[int]:
        """The series that are worth a closer look: most are plainly of one unit, and vary."""
        held = points.filter(pl.col(self.value).is_not_null())
        figure, aim = pl.col(self.value), pl.col("target").last()
        small, large = figure.filter(figure > 0).min() <= SHARE, figure.max() > SHARE
        apart = (aim > SHARE) != large
        apart |= ((aim > 100) & (figure.max() <= 100)) | (aim <= SHARE / 100) | (aim < 1)
        flat = (pl.col("lower_limit").last() == pl.col("upper_limit").last()) | (
            (figure == 0).mean() >= 0.25
        )
        looked = held.group_by(_KEY).agg(
            ((small & large) | apart.fill_null(value=False) | flat.fill_null(value=False)).alias(
                "doubtful"
            )
        )
        return looked.filter("doubtful")[_KEY].to_list()

    def _warn(self, found: Sequence[_Unfit]) -> None:
        for one in found[:_SHOWN]:
            warnings.warn(f"{one.name}: {' '.join(one.words)}", UnfitChart, stacklevel=4)
        if len(found) > _SHOWN:
            more = f"and {len(found) - _SHOWN:,} more series: see Charts.notices"
            warnings.warn(more, UnfitChart, stacklevel=4)


def _blank(frame: pl.DataFrame, places: Sequence[int], columns: Sequence[str]) -> pl.DataFrame:
    """A frame without what some columns say of the series at some places."""
    silent = pl.col(_KEY).is_in(list(places))
    blanks = (pl.when(~silent).then(name).alias(name) for name in columns)
    return frame.with_columns(blanks).drop(_KEY)
