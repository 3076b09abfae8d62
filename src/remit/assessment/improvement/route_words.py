"""Routes in plain sentences."""

from __future__ import annotations

from remit.assessment.improvement.route import Route, Routes, RouteStep
from remit.model.framework import Rounding
from remit.words.figures import number_words, published_words, score_words


def summary(routes: Routes) -> list[str]:
    """Where the organisation stands, what blocks it, and whether there are routes."""
    said = f"{routes.name} ({routes.code}) is in segment {routes.segment} in {routes.period}"
    said += f", with an average of {number_words(routes.average, 4)}"
    if routes.needed is not None:
        said += f"; segment {routes.to_segment} ends at {number_words(routes.needed, 4)}"
    blocked = [f"Blocked: {block}" for block in routes.blocks]
    return [f"{said}.", *blocked, *_reached(routes), *_unconfirmed(routes)]


def _reached(routes: Routes) -> list[str]:
    where = f"segment {routes.to_segment}"
    if routes.blocks:
        where += " before overrides"
    if routes.reached:
        return [f"Its metrics put it in {where} already."]
    if not routes.routes:
        return [
            f"No route to {where}: improving up to {routes.max_metrics} "
            f"{'metric' if routes.max_metrics == 1 else 'metrics'} as far as peers have come does "
            "not suffice."
        ]
    return [f"Routes to {where}, those with the fewest metrics first:"]


def _unconfirmed(routes: Routes) -> list[str]:
    if not routes.unconfirmed:
        return []
    return [
        f"{routes.unconfirmed} more were found and left out: a fresh assessment did not bear them "
        "out."
    ]


def not_changed(routes: Routes) -> list[str]:
    """The metrics that cannot be improved, one line a reason."""
    by_reason: dict[str, list[str]] = {}
    for metric_id, reason in routes.cannot_change:
        by_reason.setdefault(reason, []).append(metric_id)
    return [f"Not changed: {', '.join(ids)} ({reason})." for reason, ids in by_reason.items()]


def route_lines(number: int, route: Route, rounding: Rounding) -> list[str]:
    """One route: what results, then one line a metric."""
    rank = f", rank {route.rank_after}" if route.rank_after is not None else ""
    average = number_words(route.average_after, 4)
    head = f"{number}. Average {average}, segment {route.segment_after}{rank}."
    if route.artefact:
        head += " An artefact of ranks: changes of the usual size would do the same by chance."
    return [head, *(f"   {_step(step, rounding)}" for step in route.steps)]


def _step(step: RouteStep, rounding: Rounding) -> str:
    figures = (step.before, step.after, step.best_peer)
    values = [published_words(figure, step.unit) for figure in figures]
    scores = [score_words(score, rounding) for score in (step.score_before, step.score_after)]
    said = (
        f"{step.metric_id} {step.name}: {values[0]} to {values[1]} (score {scores[0]} to "
        f"{scores[1]}; best peer {values[2]}; {step.plausibility})"
    )
    return f"{said}. Caution: {step.warning}." if step.warning else f"{said}."
