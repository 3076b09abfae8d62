"""What would change a trust's segment: how far the next one is, and what one metric can do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING, Any

from remit.assessment.improvement.route import blocks_of
from remit.assessment.likely.league_arrays import scale_of
from remit.assessment.movement.two_periods import entered_scores
from remit.assessment.result.assessment import CutPoints
from remit.assessment.scoring.laws.segments import up_to
from remit.assessment.sensitivity.sensitivity import one_at_a_time
from remit.model.errors import AssessmentError
from remit.pages.frame.links import Link
from remit.pages.standings.results import Results, TrustStanding
from remit.words.figures import decimals_that_add_up, number_words, published_words
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.assessment.improvement.route import Route

_SAME = 1e-9
_DROPPED = "dropped:"
_DEFAULT_FRAMEWORK = "nof-2025-26"


@dataclass(frozen=True, slots=True)
class Enough:
    """A metric whose score alone could bring the average to the next better segment."""

    metric: Link
    score: float
    needed: float


@dataclass(frozen=True, slots=True)
class RouteLine:
    """One metric's improvement that a fresh assessment has confirmed to be enough."""

    metric: Link
    before: str
    after: str
    best_peer: str
    average: float
    rank: int | None
    plausibility: str
    caution: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A choice under which the segment would be another."""

    when: str
    segment: int
    score: float


@dataclass(frozen=True, slots=True)
class OutlookView:
    """What would change the segment of a trust."""

    distance: str
    blocks: tuple[str, ...]
    enough: tuple[Enough, ...]
    enough_words: str
    routes: tuple[RouteLine, ...]
    routes_words: str
    robust: str
    otherwise: tuple[Otherwise, ...]
    origin: str
    commands: tuple[str, ...]


def outlook_view(results: Results, standing: TrustStanding) -> OutlookView | None:
    """What would change the segment; None where there is no segment or no cut point."""
    outlook = _period(results)
    segment, score = standing.segment, standing.average_score
    if outlook is None or segment is None or score is None:
        return None
    target = segment - 1
    blocks = tuple(blocks_of(results.assessment, standing.org_code, target)) if target else ()
    enough = _enough(results, outlook, standing, target)
    robust, otherwise = _robust(results, standing, outlook.scenarios.get(standing.org_code, []))
    return OutlookView(
        distance=_distance(results, outlook.cuts.values, standing, target),
        blocks=blocks,
        enough=enough,
        enough_words=_enough_words(enough, standing, target, outlook.cuts.values, bool(blocks)),
        routes=_routes(results, standing),
        routes_words=_routes_words(results, standing),
        robust=robust,
        otherwise=otherwise,
        origin=f"For the distances the cut points are held at {outlook.cuts.shown}: "
        f"{outlook.cuts.origin}. Under "
        "other choices they are made again where all trusts that they rest on are at hand.",
        commands=_commands(results, standing, target, enough),
    )


@dataclass(frozen=True, slots=True)
class _Period:
    """What all trusts of a period share; made once."""

    cuts: CutPoints
    entered: Mapping[str, list[dict[str, Any]]]
    scenarios: Mapping[str, list[dict[str, Any]]]


@lru_cache(maxsize=2)
def _period(results: Results) -> _Period | None:
    cuts = results.assessment.cut_points
    if not cuts.values or not results.cuts_are_sound:
        return None
    entered: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in entered_scores(results.assessment).iter_rows(named=True):
        entered[row["org_code"]].append(row)
    return _Period(cuts, entered, _scenarios(results))


def _scenarios(results: Results) -> Mapping[str, list[dict[str, Any]]]:
    """Every other choice by organisation; empty where none can be tried."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    try:
        table = one_at_a_time(results.assessment)
    except AssessmentError:
        return found
    for row in table.iter_rows(named=True):
        if row["score"] is not None:
            found[row["org_code"]].append(row)
    return found


# The next segment


def _distance(results: Results, cuts: Sequence[float], standing: TrustStanding, target: int) -> str:
    """How far the average is from the segments on either side, in sentences."""
    said = []
    score = standing.average_score or 0.0
    unadjusted = standing.unadjusted_segment or standing.segment or 0
    if 1 <= target <= len(cuts):
        gap = score - cuts[target - 1]
        if up_to(score, cuts[target - 1]) or unadjusted <= target:
            said.append(f"Its average alone would put it in segment {unadjusted}.")
        else:
            cut, places = cuts[target - 1], decimals_that_add_up(score, cuts[target - 1])
            said.append(
                f"Segment {target} ends at an average of {number_words(cut, places)}. From "
                f"{number_words(score, places)} the average would have to improve by "
                f"{number_words(gap, places)}{_spread(results, standing, gap)}."
            )
    elif target == 0:
        said.append("There is no better segment than the first.")
    if unadjusted <= len(cuts) and up_to(score, cuts[unadjusted - 1]):
        before = "" if unadjusted == standing.segment else " before overrides"
        said.append(
            f"It would fall to segment {unadjusted + 1}{before} if its average worsened by more "
            f"than {number_words(max(cuts[unadjusted - 1] - score, 0.0))}."
        )
    return " ".join(said)


def _spread(results: Results, standing: TrustStanding, gap: float) -> str:
    """A gap as points over all scores, where each counts the same."""
    if results.framework.aggregation.by_domain:
        return ""
    points = number_words(gap * standing.n_metrics)
    return f", which is {points} points over {count_words(standing.n_metrics, 'score')}"


def _enough(
    results: Results, outlook: _Period, standing: TrustStanding, target: int
) -> tuple[Enough, ...]:
    """The metrics of which a better score alone brings the average to the next segment."""
    cuts, score = outlook.cuts.values, standing.average_score or 0.0
    if not 1 <= target <= len(cuts) or up_to(score, cuts[target - 1]):
        return ()
    best = scale_of(results.framework)[0]
    found = []
    for row in outlook.entered.get(standing.org_code, []):
        now = float(row["entry_score"])
        needed = now - (score - cuts[target - 1]) / row["weight"]
        if needed >= best - _SAME:
            # Rounded to the better side: the score that is printed is enough.
            printed = max(best, floor(100 * needed + _SAME) / 100)
            found.append(Enough(results.metric_link(row["metric_id"]), now, printed))
    return tuple(sorted(found, key=lambda one: one.needed - one.score, reverse=True))


def _enough_words(
    enough: Sequence[Enough],
    standing: TrustStanding,
    target: int,
    cuts: Sequence[float],
    blocked: bool,
) -> str:
    score = standing.average_score or 0.0
    if not 1 <= target <= len(cuts) or up_to(score, cuts[target - 1]):
        return ""
    where = f"segment {target}{' before overrides' if blocked else ''}"
    if not enough:
        return f"No one metric could bring it to {where}, even with the best score there is."
    if len(enough) == 1:
        one = enough[0]
        return (
            f"One metric alone would be enough for {where}, all else staying as it is: "
            f"{one.metric.text}, from a score of {number_words(one.score)} to "
            f"{number_words(one.needed)} or better."
        )
    return (
        f"Any one of {count_words(len(enough), 'metric')} alone would be enough for {where}, all "
        "else staying as it is, from its score now to the score in the table or better."
    )


# Confirmed routes


def _routes(results: Results, standing: TrustStanding) -> tuple[RouteLine, ...]:
    found = results.routes.get(standing.org_code)
    if found is None:
        return ()
    return tuple(_route_line(results, way) for way in found.routes if len(way.steps) == 1)


def _route_line(results: Results, way: Route) -> RouteLine:
    step = way.steps[0]
    return RouteLine(
        metric=results.metric_link(step.metric_id),
        before=published_words(step.before, step.unit),
        after=published_words(step.after, step.unit),
        best_peer=published_words(step.best_peer, step.unit),
        average=way.average_after,
        rank=way.rank_after,
        plausibility=step.plausibility,
        caution=step.warning,
    )


def _routes_words(results: Results, standing: TrustStanding) -> str:
    """What was looked for and found; empty where nobody asked for routes."""
    found = results.routes.get(standing.org_code)
    if found is None:
        return ""
    where = f"segment {found.to_segment}{' before overrides' if found.blocks else ''}"
    if found.reached:
        return f"Its metrics put it in {where} already."
    if not found.routes:
        return (
            f"No one metric, improved as far as the best of its peers has come, brings it to "
            f"{where}."
        )
    return (
        f"Each of these improvements alone brings it to {where}, no further than a peer has come. "
        f"A fresh assessment of the changed figures confirms each. {' '.join(found.notes)}"
    )


# Other choices


def _robust(
    results: Results, standing: TrustStanding, rows: Sequence[Mapping[str, Any]]
) -> tuple[str, tuple[Otherwise, ...]]:
    """Whether the segment rests on one metric or one choice: a sentence, and the cases."""
    own = results.by_organisation.get(standing.org_code, {})
    scored = {i for i, line in own.items() if line.score is not None and line.counts}
    drops = [row for row in rows if row["scenario"].removeprefix(_DROPPED) in scored]
    others = [row for row in rows if not row["scenario"].startswith(_DROPPED)]
    if not drops:
        return "", ()
    changed = [row for row in (*drops, *others) if row["segment_change"]]
    said = [_times(sum(1 for row in drops if row["segment_change"]), len(drops), standing)]
    held = sum(1 for row in drops if row["unadjusted_segment_change"] and not row["segment_change"])
    if held:
        said.append(
            f"In {held} more the segment before overrides would change, but an override holds it."
        )
    if others:
        number = sum(1 for row in others if row["segment_change"])
        said.append(
            f"Of {count_words(len(others), 'other choice')} in how the framework is built, "
            f"{number or 'none'} would change it."
        )
    cases = [
        Otherwise(row["label"], row["adjusted_segment"], row["score"])
        for row in sorted(changed, key=lambda row: -abs(row["score_change"]))
    ]
    return " ".join(said), tuple(cases)


def _times(changes: int, cases: int, standing: TrustStanding) -> str:
    if not changes:
        return (
            f"Dropping any one of its {cases} metrics would leave it in segment {standing.segment}."
        )
    return f"Dropping one metric would change its segment in {changes} of {cases} cases."


# Commands


def _commands(
    results: Results, standing: TrustStanding, target: int, enough: Sequence[Enough]
) -> tuple[str, ...]:
    """What to type for routes and for a change of one's own."""
    options = f'--period "{results.period}"'
    if results.framework.id != _DEFAULT_FRAMEWORK:
        options += f" --framework {results.framework.id}"
    metrics = results.by_organisation.get(standing.org_code, {})
    valued = [i for i, line in metrics.items() if line.value is not None and line.counts]
    likely = [one.metric.page.code for one in enough if one.metric.page]
    metric = next((i for i in (*likely, *valued) if i in valued), None)
    code = standing.org_code
    found = []
    if target >= 1:
        found.append(f"remit route {code} --to-segment {target} {options} FILES")
    if metric:
        found.append(f"remit what-if {code} {metric}=VALUE {options} FILES")
    return (*found, f"remit sensitivity FILES {options}")
