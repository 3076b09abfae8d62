"""An integrated performance report made from a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from remit.catalogue import load_computed_metrics
from remit.model.errors import AssessmentError, SeriesError
from remit.model.metric import Metric
from remit.model.period import Period
from remit.register import Register, load_register
from remit.report.balance import aims, balance
from remit.report.bodies import Placed, placed, shown_on
from remit.report.charting import Key, charted
from remit.report.choosing import card, in_order
from remit.report.expected import YEARS, first_day, over, report_period
from remit.report.groups import cut_tables, is_of_people
from remit.report.lines import ChartsFound, lines
from remit.report.membership import membership_notes
from remit.report.missing import missing
from remit.report.newest import newest_month, while_open
from remit.report.rule_words import rule_card
from remit.report.tracing import Files, all_rows, as_listed, traces
from remit.report.view import ReportSection, ReportView, Trace
from remit.series import Level, Series, cuts, series
from remit.signals import load_rules
from remit.signals.held import SeriesTargets, counted_before, series_targets
from remit.signals.points import Charted
from remit.signals.rule_sets import RuleSet
from remit.signals.trajectories import Trajectories
from remit.words.sentences import listed

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """A report and, as a frame, every published figure behind its charts (``ROW_COLUMNS``)."""

    view: ReportView
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the report is to be made of."""

    held: Any
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

    @property
    def on(self) -> date:
        """The day whose areas are shown."""
        return shown_on(self.register, self.bodies[0].body.code, self.end)

    def codes(self, level: Level) -> list[str]:
        return [one.body.code for one in self.bodies if one.level == level]

    @property
    def levels(self) -> list[Level]:
        return list(dict.fromkeys(one.level for one in self.bodies))


@dataclass(slots=True)
class _Gathered:
    """Charts, traces, files and notes, as they come in level by level."""

    charts: dict[Key, Charted] = field(default_factory=dict)
    traces: dict[Key, tuple[Trace, ...]] = field(default_factory=dict)
    targets: dict[tuple[str, str], SeriesTargets] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    notes: dict[str, None] = field(default_factory=dict)
    rows: list[pl.DataFrame] = field(default_factory=list)


def build_report(
    held: Any,
    code: str,
    period: str | None = None,
    *,
    metrics: Sequence[Metric] | None = None,
    rules: str | RuleSet = "mdc-nhsr",
    years: int = YEARS,
    as_at: date | None = None,
    register: Register | None = None,
    made_on: date | None = None,
    with_predecessors: bool = False,
    progress: Progress | None = None,
    plans: Trajectories | None = None,
) -> Report:
    """Make an integrated performance report.

    Parameters
    ----------
    held
        A store, figures, or a frame of observations, as for :func:`remit.series.series`.
    code
        A trust, an ICB or a region; an ICB brings the trusts that it leads on, a region its ICBs
        and trusts.
    period
        Such as ``Jun 2025``; the newest month that is held if left out.
    metrics
        Metrics made from counts; all of the catalogue if left out.
    rules
        The rule set of the control charts, by name or path.
    years
        So many years up to the end of the period are charted; older points would set a mean that
        nobody works with any more.
    as_at
        Only what the store knew on this day.
    made_on
        The day that is printed as that of the making; today if left out.
    with_predecessors
        The figures of trusts that have merged are part of their successor's, from the beginning.
    progress
        Told in words what is being done.
    plans
        The user's own trajectories (:func:`remit.signals.trajectories.read_trajectories`).

    Raises
    ------
    RemitError
        If the organisation, the period or the rule set is not known, or if nothing is held.
    """
    wanted = in_order(metrics if metrics is not None else load_computed_metrics().values())
    chosen = rules if isinstance(rules, RuleSet) else load_rules(rules)
    known = register or load_register()
    told = progress or (lambda _: None)
    own = known.get(code)
    if period:
        when = over(report_period(period), date.today())
    else:
        when = while_open(newest_month(held, wanted, as_at, known), own)
    bodies = placed(known, code, when.end, with_predecessors=with_predecessors)
    since = first_day(when.end, years)
    asked = _Asked(
        held, bodies, wanted, since, when.end, as_at, chosen, known, told, plans, with_predecessors
    )
    found = _gather(asked)
    return Report(_view(asked, found, when, made_on or date.today()), as_listed(found.rows))


def _gather(asked: _Asked) -> _Gathered:
    found = _Gathered()
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


def _dimensions(asked: _Asked, found: _Gathered) -> Mapping[str, list[Metric]]:
    """The metrics that each dimension of people cuts.

    Figures cut by kinds of care, or by two dimensions at once, are left to others and named.
    """
    by_dimension: dict[str, list[Metric]] = defaultdict(list)
    known = {metric.id: metric for metric in asked.metrics}
    table = cuts(asked.held, list(asked.metrics)).select("metric_id", "dimension").unique()
    left = set()
    for metric, dimension in table.sort("dimension", "metric_id").iter_rows():
        if ";" not in dimension and is_of_people(dimension):
            by_dimension[dimension].append(known[metric])
        else:
            left.add(dimension.replace("; ", " and "))
    if left:
        said = f"Figures are also held by {listed(sorted(left))}; this report does not show them."
        found.notes[said] = None
    return by_dimension


def _add(
    asked: _Asked,
    found: _Gathered,
    level: Level,
    cut: str | None,
    metrics: Sequence[Metric] | None = None,
) -> None:
    made = _series(asked, level, list(metrics or asked.metrics), cut)
    if made is None:
        # Nothing is held at this level; what is missing is said from what is held at others.
        return
    before = _before(asked, level, made) if cut is None else None
    charts = charted(made, asked.codes(level), asked.rules, before, asked.plans)
    found.charts |= charts
    found.traces |= traces(made, _latest(charts), found.files)
    found.rows.append(all_rows(made))
    if cut is None:
        found.targets |= series_targets(made, before)
        found.notes |= dict.fromkeys(made.notes)


def _series(
    asked: _Asked,
    level: Level,
    metrics: list[Metric],
    cut: str | None = None,
    span: tuple[date, date] | None = None,
) -> Series | None:
    """The series of a level in a span of days, which is the report's own; None if none is held."""
    start, end = span or (asked.start, asked.end)
    try:
        return series(
            asked.held,
            metrics,
            level,
            organisations=asked.codes(level),
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


def _before(asked: _Asked, level: Level, made: Series) -> Series | None:
    """The months before the charts begin that goals are counted from."""
    metrics, since = counted_before(made, asked.start)
    return _series(asked, level, metrics, span=(since, asked.start)) if metrics else None


def _latest(charts: Mapping[Key, Charted]) -> pl.DataFrame:
    """The latest point of each series."""
    rows = [(*key, chart.held[-1].start) for key, chart in charts.items() if chart.held]
    shape = {"org_code": pl.String, "metric_id": pl.String, "cut": pl.String,
             "period_start": pl.Date}  # fmt: skip
    return pl.DataFrame(rows, schema=shape, orient="row")


def _view(asked: _Asked, found: _Gathered, period: Period, made_on: date) -> ReportView:
    bodies = [one.body for one in asked.bodies]
    kept = ChartsFound(found.charts, found.traces, found.targets, asked.rules, asked.end)
    sections = [ReportSection(body, lines(kept, body, asked.metrics)) for body in bodies]
    own = sections[0].lines
    return ReportView(
        body=bodies[0],
        period=period.label,
        as_at=asked.as_at,
        made_on=made_on,
        fictional=any(one.fictional for one in asked.bodies),
        rules=rule_card(asked.rules, asked.start),
        sections=(sections[0], *(section for section in sections[1:] if section.lines)),
        balance=balance([card(metric) for metric in asked.metrics], own),
        aims=aims(own),
        cuts=cut_tables(kept, bodies, asked.metrics),
        missing=missing(found.charts, bodies, asked.metrics, asked.end),
        sources=found.files.listed(),
        notes=(
            *membership_notes(asked.register, sections, asked.end),
            *_notes(found, asked.metrics),
            *_planned(asked),
        ),
    )


def _planned(asked: _Asked) -> Iterator[str]:
    """Where trajectories come from, and how many of them this report has a place for."""
    if asked.plans is not None:
        codes = [one.body.code for one in asked.bodies]
        used = asked.plans.used(codes, [metric.id for metric in asked.metrics])
        yield (
            f"Own trajectories are those of {asked.plans.file_name}: {used:,} of its "
            f"{len(asked.plans.figures):,} values are of organisations and metrics of this report."
        )


def _notes(found: _Gathered, metrics: Sequence[Metric]) -> tuple[str, ...]:
    """What series say of themselves, by the metrics' names; not of those that the report lacks."""
    held = {metric for _, metric, _ in found.charts}
    said = []
    for note in found.notes:
        about = next((m for m in metrics if note.startswith(f"{m.id}:")), None)
        if about is None:
            said.append(note)
        elif about.id in held:
            said.append(note.replace(about.id, about.name, 1))
    return tuple(said)
