"""Routes: the smallest sets of improvements that bring an organisation to a segment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any, Unpack

import polars as pl

from remit.assessment.improvement.changes import ChangedFigure
from remit.assessment.improvement.levers import Lever, OwnMean, find_levers
from remit.assessment.improvement.others_averages import Crowd
from remit.assessment.improvement.route_search import Found, Search
from remit.assessment.improvement.starting_point import (
    Ground,
    StartingChoices,
    lay_ground,
    standing_notes,
)
from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.laws.overrides import floor_of
from remit.assessment.scoring.segments import flag_column
from remit.catalogue import LoadedFramework
from remit.catalogue.fingerprint import Hashes
from remit.frames.figures import Figures
from remit.model.errors import AssessmentError

_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One metric's part of a route.

    ``difficulty`` runs from 0 (every peer has done as much) to 1 (none has); ``plausibility``
    says what it is measured by. ``warning`` says why the change is an artefact of ranks, if it is.
    """

    metric_id: str
    name: str
    unit: str
    before: float
    after: float
    score_before: float
    score_after: float
    best_peer: float
    difficulty: float
    plausibility: str
    warning: str


@dataclass(frozen=True, slots=True)
class Route:
    """Improvements that together suffice, confirmed by a fresh assessment.

    ``artefact`` says that every step is an artefact of ranks.
    """

    steps: tuple[RouteStep, ...]
    difficulty: float
    average_after: float
    segment_after: int
    rank_after: int | None

    @property
    def artefact(self) -> bool:
        """Whether noise of the usual size would do the same."""
        return all(step.warning for step in self.steps)


@dataclass(frozen=True)
class Routes:
    """What it would take for one organisation to reach a segment.

    Attributes
    ----------
    routes
        By number of metrics, then by difficulty.
    blocks
        Sentences on what no metric changes (an override). Where there are any, the routes are
        to the segment before overrides (``measure``).
    reached
        Whether the metrics suffice as they are, so that only an override stands in the way.
    average, needed
        The average at present and the cut point to reach (None where cut points move).
    cannot_change
        Metrics that are no lever: identifier and reason.
    unconfirmed
        How many sets the search found that a fresh assessment did not bear out; they are left
        out of ``routes``.
    """

    code: str
    name: str
    period: str
    to_segment: int
    segment: int
    measure: str
    average: float
    needed: float | None
    reached: bool
    max_metrics: int
    routes: tuple[Route, ...]
    blocks: tuple[str, ...]
    cannot_change: tuple[tuple[str, str], ...]
    unconfirmed: int
    notes: tuple[str, ...]
    fictional: bool

    def table(self) -> pl.DataFrame:
        """One row a step: ``route, metrics, metric_id, name, unit, before, after, …``."""
        rows = [
            {
                "route": number,
                "metrics": len(route.steps),
                **asdict(step),
                "route_difficulty": route.difficulty,
                "average_after": route.average_after,
                "segment_after": route.segment_after,
                "rank_after": route.rank_after,
                "artefact": route.artefact,
            }
            for number, route in enumerate(self.routes, start=1)
            for step in route.steps
        ]
        return pl.DataFrame(rows)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain dictionaries, for JSON."""
        routes = [{**asdict(route), "artefact": route.artefact} for route in self.routes]
        return {**asdict(self), "routes": routes}


def find_routes(
    figures: Figures,
    code: str,
    to_segment: int,
    *,
    max_metrics: int = 2,
    limit: int = 3,
    **choices: Unpack[StartingChoices],
) -> Routes:
    """Find the smallest sets of improvements that bring an organisation to a segment.

    Every metric is improved by as little as suffices and by no more than a peer (same kind, same
    period) has reached. One-metric routes are searched exhaustively. A larger set is listed only
    if its hardest part is less hard than every smaller route within it. Every route is confirmed
    by a fresh assessment of the changed figures.

    Parameters
    ----------
    to_segment
        The segment to reach, 1 being the best.
    max_metrics
        The most metrics that a route may change, 1 to 3.
    limit
        How many routes of each size to list, the least hard first.
    **choices
        See :class:`.starting_point.StartingChoices`.

    Raises
    ------
    AssessmentError
        If the segment is reached already or there is none such, or if there is no score.
    UnknownCode
        If the organisation is not in the figures.
    """
    _check_size(max_metrics)
    ground = lay_ground(figures, code, **choices)
    return _routes_on(ground, code, to_segment, max_metrics, limit)


def routes_one_better(
    figures: Figures,
    assessment: Assessment,
    *,
    max_metrics: int = 1,
    limit: int = 3,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Routes]:
    """For every organisation of an assessment, routes to the segment above its own.

    The ground is laid once for all, with the assessment's cut points where they are; the routes
    are those that :func:`find_routes` finds. Organisations in the best segment, without a
    segment, or whose average is not the mean of their own scores have none.

    Parameters
    ----------
    figures
        Those that the assessment was made of.
    progress
        Called with the number of organisations done and the number of all.

    Returns
    -------
    dict
        Code → routes.
    """
    _check_size(max_metrics)
    rows = assessment.standing.filter(pl.col("final_segment") > 1)
    targets = dict(rows.select("org_code", pl.col("final_segment") - 1).iter_rows())
    if not targets:
        return {}
    ground = lay_ground(
        figures,
        next(iter(targets)),
        framework=_as_loaded(assessment),
        period=assessment.period.label,
        cut_points=assessment.cut_points,
        register=assessment.register,
        records=assessment.records,
    )
    found = {}
    for done, (code, target) in enumerate(targets.items(), start=1):
        with suppress(AssessmentError):
            found[code] = _routes_on(ground, code, target, max_metrics, limit)
        if progress:
            progress(done, len(targets))
    return found


def _as_loaded(assessment: Assessment) -> LoadedFramework:
    """The framework of an assessment, which may be a user's own file."""
    hashes = Hashes(**assessment.hashes)
    return LoadedFramework(assessment.framework, assessment.metrics, hashes, path="")


def _check_size(max_metrics: int) -> None:
    if not 1 <= max_metrics <= 3:
        raise AssessmentError(f"a route changes 1 to 3 metrics, not {max_metrics}")


def _routes_on(ground: Ground, code: str, to_segment: int, max_metrics: int, limit: int) -> Routes:
    blocks = blocks_of(ground.before, code, to_segment)
    measure = "unadjusted_segment" if blocks else "final_segment"
    row = ground.before.record(code)
    _check_target(ground.before, row, to_segment, measure)
    moving = ground.cut_points is None and ground.before.cut_points.basis == "population"
    if moving and not ground.before.framework.cuts_among_judged:
        raise AssessmentError("not all who are cut among are judged; use --cut-points fixed")
    levers = find_levers(ground.figures, ground.before, code, every_step=moving)
    search = Search(
        levers.usable,
        _own_mean(ground.before, row),
        to_segment,
        ground.before.cut_points.values[to_segment - 1],
        Crowd(ground.before, code) if moving else None,
    )
    quest = _Quest(ground, code, search, measure)
    reached = bool(row["unadjusted_segment"] <= to_segment)
    routes = [] if reached else quest.routes(max_metrics, limit)
    return Routes(
        code=code,
        name=str(row["org_name"]),
        period=ground.before.period.label,
        to_segment=to_segment,
        segment=int(row["final_segment"]),
        measure=measure,
        average=float(row["average_score"]),
        needed=None if moving else search.cut_point,
        reached=reached,
        max_metrics=max_metrics,
        routes=tuple(routes),
        blocks=tuple(blocks),
        cannot_change=levers.others,
        unconfirmed=len(quest.refuted),
        notes=(ground.held, *standing_notes(ground.before, code)),
        fictional=ground.before.fictional,
    )


def _check_target(
    assessment: Assessment, row: Mapping[str, Any], to_segment: int, measure: str
) -> None:
    last = len(assessment.cut_points.values)
    if row["average_score"] is None or row["final_segment"] is None or not last:
        raise AssessmentError(f"{row['org_code']} has no segment, so there is no route from it")
    if not 1 <= to_segment <= last:
        raise AssessmentError(f"--to-segment takes 1 to {last}; got {to_segment}")
    if row[measure] <= to_segment and measure == "final_segment":
        raise AssessmentError(f"{row['org_code']} is in segment {row[measure]} already")


def _own_mean(assessment: Assessment, row: Mapping[str, Any]) -> OwnMean:
    mean = OwnMean(assessment, row["org_code"])
    if abs(mean.now - row["average_score"]) > _TOLERANCE:
        raise AssessmentError(
            f"the average of {row['org_code']} is not the mean of its own metric scores, so no "
            "route can be told for it"
        )
    return mean


def blocks_of(assessment: Assessment, code: str, to_segment: int) -> list[str]:
    """The overrides that hold an organisation above a segment whatever its metrics, in words."""
    row = assessment.record(code)
    return [
        f"{override.name} ({override.flag}): {override.why} No change of a metric lifts it."
        for override in assessment.framework.segments.overrides
        if row[flag_column(override)] == 1 and floor_of(override) > to_segment
    ]


@dataclass(frozen=True)
class _Quest:
    """A search whose findings are confirmed one by one; ``refuted`` are those that were not."""

    ground: Ground
    code: str
    search: Search
    measure: str
    refuted: list[Found] = field(default_factory=list)

    def routes(self, max_metrics: int, limit: int) -> list[Route]:
        """The least hard routes of each size that a fresh assessment bears out."""
        routes: list[Route] = []
        smaller: list[Found] = []
        for size in range(1, max_metrics + 1):
            search = self.search
            found = search.singles() if size == 1 else search.sets(size, smaller)
            routes.extend(islice(self._confirmed(found), limit))
            smaller.extend(found)
        return routes

    def _confirmed(self, found: Sequence[Found]) -> Iterator[Route]:
        for candidate in sorted(found, key=lambda f: (f.difficulty, f.total, f.steps)):
            route = self._confirm(candidate)
            if route is None:
                self.refuted.append(candidate)
            else:
                yield route

    def _confirm(self, found: Found) -> Route | None:
        """A route, if the changed figures assessed afresh reach the segment."""
        steps = [_step(self.search.levers[lever], step) for lever, step in found.steps]
        changed = [ChangedFigure(s.metric_id, s.name, s.unit, s.before, s.after) for s in steps]
        after = self.ground.changed(self.code, changed)
        row = after.record(self.code)
        reached = row[self.measure]
        if reached is None or reached > self.search.segment:
            return None
        average, rank = float(row["average_score"]), row["rank"]
        return Route(tuple(steps), found.difficulty, average, int(reached), rank)


def _step(lever: Lever, step: int) -> RouteStep:
    after = float(lever.values[step])
    return RouteStep(
        metric_id=lever.metric_id,
        name=lever.name,
        unit=lever.unit,
        before=lever.value,
        after=after,
        score_before=lever.score,
        score_after=float(lever.scores[step]),
        best_peer=lever.peers.best,
        difficulty=float(lever.difficulty[step]),
        plausibility=lever.peers.in_words(float(lever.difficulty[step])),
        warning=lever.peers.warning(after - lever.value),
    )
