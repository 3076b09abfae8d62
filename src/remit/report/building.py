"""An integrated performance report made from a store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from remit.catalogue import load_computed_metrics, load_publications
from remit.catalogue.releases import Release, ReleaseCalendar, check_next
from remit.model.asked_period import asked_period
from remit.model.errors import AssessmentError
from remit.model.metric import Metric
from remit.model.period import Period, month
from remit.register import Register, load_register
from remit.report.balance import aims, balance
from remit.report.bodies import placed, shown_on
from remit.report.choosing import card, in_order
from remit.report.commentary import strays, with_comments
from remit.report.comparing import with_comparison
from remit.report.expected import YEARS, first_day, over
from remit.report.gathering import Boards, Gathered, OwnWords, Progress, ReportAsked, gather
from remit.report.groups import cut_tables
from remit.report.lines import ChartsFound, lines
from remit.report.membership import membership_notes
from remit.report.missing import late_words, missing
from remit.report.newest import newest_held, newest_of, while_open
from remit.report.peers import placed_peers
from remit.report.rule_words import rule_card
from remit.report.tracing import as_listed
from remit.report.view import ReportLine, ReportSection, ReportSource, ReportView
from remit.series import OwnFigures, own_figures, series
from remit.signals import load_rules
from remit.signals.rule_sets import RuleSet
from remit.signals.trajectories import Trajectories


@dataclass(frozen=True, slots=True)
class Report:
    """A report and, as a frame, every published figure behind its charts (``ROW_COLUMNS``).

    ``spoken`` is what whoever gave files of their own must know of them; of comments a board need
    not.
    """

    view: ReportView
    rows: pl.DataFrame
    spoken: tuple[str, ...] = ()


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
    peers: Sequence[str] = (),
    own_words: OwnWords | None = None,
    boards: Boards | None = None,
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
    peers
        The codes of organisations to compare with (:func:`remit.report.peers.read_peers`).
    own_words
        Comments, notes on charts and re-basings of the user's own.
    boards
        The days of the board and of the next one: what is published between them is listed.

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
    named = over(asked_period(period), date.today()) if period is not None else None
    once = own_figures(held, wanted, register=known, as_at=as_at)
    if metrics is None:
        wanted = _without_unheld(wanted, once)
    england = series(once, wanted, "england", register=known, as_at=as_at)
    when = named or while_open(newest_of(england), own)
    _check_board(boards, when)
    bodies = placed(known, code, when.end, with_predecessors=with_predecessors)
    since = first_day(when.end, years)
    beside = placed_peers(known, peers, bodies, shown_on(known, bodies[0].body.code, when.end))
    asked = ReportAsked(
        held, once, england, bodies, wanted, since, when.end, as_at, chosen, known, told, plans,
        with_predecessors, beside, _as_of(own_words or OwnWords(), when), boards or Boards(),
    )  # fmt: skip
    found = gather(asked)
    view = _view(asked, found, when, made_on or date.today())
    spoken = (*asked.own.commentary.told, *asked.peers.notes)
    used = (*_planned(asked), *_used(asked, view.sections))
    return Report(view, as_listed(found.rows), (*spoken, *used))


def _without_unheld(metrics: Sequence[Metric], once: OwnFigures) -> list[Metric]:
    """All but metrics that few can have and of which nothing is held."""
    held = set(once.own.points["metric_id"].unique()) if once.own else set()
    return [one for one in metrics if not one.if_held or one.id in held]


def _check_board(boards: Boards | None, period: Period) -> None:
    """A board sees figures of what is over by its day."""
    if boards and boards.this and boards.this <= period.end:
        raise AssessmentError(
            f"--board {boards.this.isoformat()} is not after {period.label}, the report's period; "
            "name an earlier --period, or a later day"
        )


def _view(asked: ReportAsked, found: Gathered, period: Period, made_on: date) -> ReportView:
    bodies = [one.body for one in asked.bodies]
    sources = found.files.listed()
    calendar = _calendar(asked, made_on, sources)
    gaps = missing(found.charts, bodies, asked.metrics, asked.end, calendar)
    kept = ChartsFound(
        found.charts,
        found.traces,
        found.targets,
        asked.rules,
        asked.end,
        late_words(gaps),
        asked.plans,
    )
    sections = [ReportSection(body, lines(kept, body, asked.metrics)) for body in bodies]
    compared = with_comparison(asked, found, sections)
    said = asked.own.commentary
    notes = asked.own.annotations.items
    sections = list(
        with_comments(compared.sections, said.comments, notes, asked.end, asked.boards.this)
    )
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
        missing=gaps,
        sources=sources,
        notes=(
            *membership_notes(asked.register, sections, asked.end),
            *_notes(found, asked.metrics),
            *_planned(asked),
            *asked.peers.notes,
            *_used(asked, sections),
        ),
        funnels=compared.funnels,
        last_month=month(asked.end.year, asked.end.month).label,
        board=asked.boards.this,
        next_board=asked.boards.following,
        releases=_releases(asked, calendar, own),
        asked_on=calendar.today,
        strays=strays(sections, said.comments, asked.register, asked.end),
    )


def _calendar(
    asked: ReportAsked, made_on: date, sources: Sequence[ReportSource]
) -> ReleaseCalendar:
    """The calendar of the publications used, on the day that late and to come are told of.

    That is the day of ``--as-at``, else that of the making; of a board that is over, its own.
    """
    today = asked.as_at or min(made_on, asked.boards.this or made_on)
    used = frozenset(source.publication for source in sources)
    return ReleaseCalendar(load_publications(), today, used)


def _releases(
    asked: ReportAsked, calendar: ReleaseCalendar, lines: Sequence[ReportLine]
) -> tuple[Release, ...]:
    """What is published up to the next board of the metrics that have a line."""
    until = asked.boards.following
    if until is None:
        return ()
    check_next(until, max(calendar.today, asked.boards.this or calendar.today))
    shown = {line.metric.id for line in lines}
    metrics = [metric for metric in asked.metrics if metric.id in shown]
    return calendar.between(metrics, until, asked.end, newest_held(asked.england))


def _as_of(own: OwnWords, period: Period) -> OwnWords:
    """What people say, its comments without a month being of the report's."""
    return replace(own, commentary=own.commentary.as_of(period))


def _used(asked: ReportAsked, sections: Sequence[ReportSection]) -> Iterator[str]:
    """How many notes and re-basings of the user's own this report has a place for."""
    held = {
        (line.body.code, line.metric.id): [p for p in line.points if p.value is not None]
        for one in sections
        for line in one.lines
    }
    spans = {key: (points[0].start, points[-1].end) for key, points in held.items() if points}
    yield from asked.own.annotations.used(spans)
    yield from asked.own.rebases.used(spans)


def _planned(asked: ReportAsked) -> Iterator[str]:
    """Where trajectories come from, and how many of them this report has a place for."""
    if asked.plans is not None:
        codes = [one.body.code for one in asked.bodies]
        used = asked.plans.used(codes, [metric.id for metric in asked.metrics])
        yield (
            f"Own trajectories are those of {asked.plans.file_name}; values of organisations and "
            f"metrics of this report: {used:,} of {len(asked.plans.figures):,}."
        )


def _notes(found: Gathered, metrics: Sequence[Metric]) -> tuple[str, ...]:
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
