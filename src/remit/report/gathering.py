"""What a report is to be made of, and the charts, traces and files that its figures give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from remit.model.errors import AssessmentError, SeriesError
from remit.model.metric import Metric
from remit.register import Register
from remit.report.annotations import Annotations
from remit.report.bodies import Placed, shown_on
from remit.report.charting import Key, charted
from remit.report.commentary_file import Commentary
from remit.report.groups import is_shown
from remit.report.peers import PlacedPeers
from remit.report.tracing import Files, all_rows, traces
from remit.report.view import Trace
from remit.series import Level, OwnFigures, Series, cuts, series
from remit.signals.goals_by_day import SeriesTargets, counted_before, series_targets
from remit.signals.points import Charted
from remit.signals.rule_sets import RuleSet
from remit.signals.trajectories import Trajectories
from remit.words.sentences import listed

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What people say besides the figures: comments, notes on charts, re-basings."""

    commentary: Commentary = field(default_factory=Commentary)
    annotations: Annotations = field(default_factory=Annotations)
    rebases: Annotations = field(default_factory=Annotations)


@dataclass(frozen=True, slots=True)
class Boards:
    """The day of the board that the report is for, and of the next one, where they are told."""

    this: date | None = None
    following: date | None = None


@dataclass(frozen=True, slots=True)
class ReportAsked:
    """What the report is to be made of."""

    held: Any
    once: OwnFigures
    england: Series
    bodies: Sequence[Placed]
    metrics: Sequence[Metric]
    start: date
    end: date
    as_at: date | None
    rules: RuleSet
    register: Register
    progress: Progress
    plans: Trajectories | None = None
    with_predecessors: bool = False
    peers: PlacedPeers = field(default_factory=PlacedPeers)
    own: OwnWords = field(default_factory=OwnWords)
    boards: Boards = field(default_factory=Boards)

    @property
    def on(self) -> date:
        """The day whose areas are shown."""
        return shown_on(self.register, self.bodies[0].body.code, self.end)

    def codes(self, level: Level) -> list[str]:
        """The organisations of the report that are of a level."""
        return [one.body.code for one in self.bodies if one.level == level]

    def with_peers(self, level: Level) -> list[str]:
        """Those of the report and their peers, so that one query serves both."""
        every = (*self.bodies, *self.peers.placed)
        return list(dict.fromkeys(one.body.code for one in every if one.level == level))

    @property
    def levels(self) -> list[Level]:
        """The levels of its organisations."""
        return list(dict.fromkeys(one.level for one in self.bodies))


@dataclass(slots=True)
class Gathered:
    """Charts, traces, files and notes, as they come in level by level."""

    charts: dict[Key, Charted] = field(default_factory=dict)
    traces: dict[Key, tuple[Trace, ...]] = field(default_factory=dict)
    targets: dict[tuple[str, str], SeriesTargets] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    notes: dict[str, None] = field(default_factory=dict)
    rows: list[pl.DataFrame] = field(default_factory=list)
    made: dict[Level, Series] = field(default_factory=dict)


def gather(asked: ReportAsked) -> Gathered:
    """The charts of a report, with what stands behind them.

    Raises
    ------
    AssessmentError
        If no figure is held.
    """
    found = Gathered()
    for level in asked.levels:
        asked.progress(f"series of {len(asked.codes(level))} of level {level}")
        _add(asked, found, level, None)
    for dimension, metrics in _dimensions(asked, found).items():
        asked.progress(f"cuts by {dimension}")
        for level in asked.levels:
            _add(asked, found, level, dimension, metrics)
    if not found.charts:
        own = asked.bodies[0].body
        known = f" that was known on {asked.as_at.isoformat()}" if asked.as_at else ""
        raise AssessmentError(
            f"no figure{known} is held for {own.title} up to {asked.end.isoformat()}; take "
            "publications in with `remit ingest`"
        )
    return found


def _dimensions(asked: ReportAsked, found: Gathered) -> Mapping[str, list[Metric]]:
    """The metrics that each dimension of people cuts.

    Figures cut by kinds of care, or by two dimensions at once, are left to others and named.
    """
    by_dimension: dict[str, list[Metric]] = defaultdict(list)
    known = {metric.id: metric for metric in asked.metrics}
    table = cuts(asked.held, list(asked.metrics)).select("metric_id", "dimension").unique()
    left = set()
    for metric, dimension in table.sort("dimension", "metric_id").iter_rows():
        if is_shown(dimension):
            by_dimension[dimension].append(known[metric])
        else:
            left.add(dimension.replace("; ", " and "))
    if left:
        said = f"Figures are also held by {listed(sorted(left))}; this report does not show them."
        found.notes[said] = None
    return by_dimension


def _add(
    asked: ReportAsked,
    found: Gathered,
    level: Level,
    cut: str | None,
    metrics: Sequence[Metric] | None = None,
) -> None:
    codes = asked.codes(level) if cut else asked.with_peers(level)
    whole = series_of(asked, level, list(metrics or asked.metrics), codes, cut=cut)
    if whole is None:
        # Nothing is held at this level; what is missing is said from what is held at others.
        return
    made = replace(whole, frame=whole.frame.filter(pl.col("org_code").is_in(asked.codes(level))))
    before = _before(asked, level, made) if cut is None else None
    charts = charted(
        made,
        asked.codes(level),
        asked.rules,
        before,
        asked.plans,
        rebases=asked.own.rebases.items,
    )
    found.charts |= charts
    found.traces |= traces(made, _latest(charts), found.files)
    found.rows.append(all_rows(made))
    if cut is None:
        found.made[level] = whole
        found.targets |= series_targets(made, before)
        found.notes |= dict.fromkeys(made.notes)


def series_of(
    asked: ReportAsked,
    level: Level,
    metrics: list[Metric],
    codes: Sequence[str] | None,
    *,
    cut: str | None = None,
    span: tuple[date, date] | None = None,
) -> Series | None:
    """The series of a level; None if none is held.

    Parameters
    ----------
    asked
        What the report is to be made of.
    level, metrics, codes
        Of what; without codes of all of the level.
    cut
        A dimension of groups of people.
    span
        The first and last day; those of the report if left out.

    Examples
    --------
    ``series_of(asked, "england", asked.metrics, None)``
    """
    start, end = span or (asked.start, asked.end)
    try:
        return series(
            asked.held if cut else asked.once,
            metrics,
            level,
            organisations=codes,
            cut=cut,
            start=start,
            end=end,
            on=asked.on,
            with_predecessors=asked.with_predecessors,
            as_at=asked.as_at,
            register=asked.register,
        )
    except SeriesError:
        return None


def _before(asked: ReportAsked, level: Level, made: Series) -> Series | None:
    """The months before the charts begin that goals are counted from."""
    metrics, since = counted_before(made, asked.start)
    if not metrics:
        return None
    return series_of(asked, level, metrics, asked.codes(level), span=(since, asked.start))


def _latest(charts: Mapping[Key, Charted]) -> pl.DataFrame:
    """The latest point of each series."""
    rows = [(*key, chart.held[-1].start) for key, chart in charts.items() if chart.held]
    shape = {"org_code": pl.String, "metric_id": pl.String, "cut": pl.String,
             "period_start": pl.Date}  # fmt: skip
    return pl.DataFrame(rows, schema=shape, orient="row")
