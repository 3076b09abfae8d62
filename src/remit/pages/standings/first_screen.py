"""The first screen of a trust's page: where it stands, what weighs most, how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from remit.assessment.movement.two_periods import entered_scores
from remit.assessment.scoring.laws.overrides import floor_of
from remit.assessment.scoring.segments import flag_column
from remit.model.framework import Override
from remit.pages.drawing.marks.certainty import Certainty, certainty_mark
from remit.pages.drawing.marks.ladder import Ladder, ladder_mark
from remit.pages.drawing.marks.mark import DrawnMark
from remit.pages.drawing.marks.segment_strip import (
    QuarterSegment,
    SegmentStrip,
    segment_strip_mark,
)
from remit.pages.drawing.marks.weight_bar import Weight, weight_mark
from remit.pages.frame.links import Link
from remit.pages.standings.movement_view import quarter_before
from remit.pages.standings.rank_moves import rank_move
from remit.pages.standings.rests_on import trust_rests_on
from remit.pages.standings.results import Results, TrustStanding
from remit.pages.standings.trust_findings import StandingFacts, claim, rest
from remit.pages.standings.trust_history import PastLine
from remit.words.figures import number_words, published_words, rounded
from remit.words.sentences import listed, range_words

MOST = 3
"""So many weights on either side."""


@dataclass(frozen=True, slots=True)
class WeightLine:
    """What one score adds to the average, or takes off it."""

    metric: Link
    said: str
    amount: float
    mark: DrawnMark


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """The finding of a trust's page, with its marks."""

    claim: str
    rest: str
    facts: StandingFacts
    ladder: DrawnMark | None
    quarters: DrawnMark | None
    against: tuple[WeightLine, ...]
    in_favour: tuple[WeightLine, ...]
    certainty: DrawnMark | None
    by_score: str
    by_rule: str
    rank_before: str
    rests_on: str


def first_screen(
    results: Results, standing: TrustStanding, periods: Sequence[Results], past: Sequence[PastLine]
) -> FirstScreen:
    """The first screen of a trust.

    Parameters
    ----------
    results
        The period of the page.
    standing
        Where the trust stands.
    periods
        All periods at hand.
    past
        The trust in each of them.
    """
    before = quarter_before(results, periods)
    facts = standing_facts(results, standing, before)
    weights = _weights(results, standing)
    return FirstScreen(
        claim=claim(facts),
        rest=rest(facts),
        facts=facts,
        ladder=_ladder(results, facts),
        quarters=_quarters(results, past),
        against=tuple(one for one in weights[:MOST] if one.amount > 0),
        in_favour=tuple(one for one in weights[: -MOST - 1 : -1] if one.amount < 0),
        certainty=_certainty(results, standing, facts),
        by_score=_by_score(results, standing),
        by_rule=_by_rule(results, standing, facts),
        rank_before=_rank_before(results, standing, before),
        rests_on=trust_rests_on(results, standing),
    )


def standing_facts(
    results: Results, standing: TrustStanding, before: Results | None
) -> StandingFacts:
    """What the finding of a trust's page rests on."""
    earlier = before.standings.get(standing.org_code) if before else None
    rules = rules_in_force(results, standing.org_code)
    return StandingFacts(
        period=results.period,
        segment=standing.segment,
        score_segment=standing.unadjusted_segment,
        average=standing.average_score,
        floor=max((floor_of(one) for one in rules), default=1),
        reasons=tuple(one.why for one in rules),
        before=before.period if before and earlier else "",
        segment_before=earlier.segment if earlier else None,
        average_before=earlier.average_score if earlier else None,
        score_segment_before=earlier.unadjusted_segment if earlier else None,
        rules=tuple(one.name for one in rules),
        rules_before=_rule_names(before, standing.org_code) if earlier else (),
    )


def _rule_names(before: Results | None, code: str) -> tuple[str, ...]:
    return tuple(one.name for one in rules_in_force(before, code)) if before else ()


def rules_in_force(results: Results, code: str) -> list[Override]:
    """The overrides whose flag is set, whether or not they move the segment."""
    row = results.assessment.record(code)
    return [
        one
        for one in results.framework.segments.overrides
        if row.get(flag_column(one)) == 1 and floor_of(one) > 1
    ]


def _ladder(results: Results, facts: StandingFacts) -> DrawnMark | None:
    if facts.segment is None:
        return None
    steps = tuple(sorted({*results.framework.segments.labels, facts.segment}))
    return ladder_mark(Ladder(steps, facts.segment, facts.closed, 46))


def _quarters(results: Results, past: Sequence[PastLine]) -> DrawnMark | None:
    if len(past) < 2:
        return None
    quarters = tuple(QuarterSegment(one.label, one.segment, one.average) for one in past)
    worst = max((one.segment for one in past if one.segment is not None), default=4)
    return segment_strip_mark(SegmentStrip(quarters, results.period, max(worst, 2), 250))


# What weighs most


@lru_cache(maxsize=8)
def _entered(results: Results) -> Mapping[str, list[tuple[str, float, float]]]:
    """By organisation the metrics of its average, each with its score and its weight."""
    found: dict[str, list[tuple[str, float, float]]] = {}
    table = entered_scores(results.assessment).select(
        "org_code", "metric_id", "entry_score", "weight"
    )
    for code, metric, score, weight in table.iter_rows():
        found.setdefault(code, []).append((metric, score, weight))
    return found


def weights_of(results: Results, code: str) -> dict[tuple[str, ...], float]:
    """How far each score pulls the average from itself; they sum to nothing.

    Metrics that are averaged into one score stand together.
    """
    entered = _entered(results).get(code, [])
    average = sum(score * weight for _, score, weight in entered)
    members: dict[str, list[str]] = {}
    pulls: dict[str, float] = {}
    for metric, score, weight in entered:
        group = results.framework.group_of(metric)
        key = group.id if group else metric
        members.setdefault(key, []).append(metric)
        pulls[key] = pulls.get(key, 0.0) + weight * (score - average)
    return {tuple(members[key]): pull for key, pull in pulls.items()}


def _weights(results: Results, standing: TrustStanding) -> list[WeightLine]:
    """All weights, the one most against the trust first."""
    pulls = {
        key: float(rounded(pull, 2)) for key, pull in weights_of(results, standing.org_code).items()
    }
    most = max((abs(pull) for pull in pulls.values()), default=0.0)
    order = sorted(pulls.items(), key=lambda one: -one[1])
    return [_weight(results, standing.org_code, ids, pull, most) for ids, pull in order]


def _weight(
    results: Results, code: str, ids: tuple[str, ...], amount: float, most: float
) -> WeightLine:
    link = results.metric_link(ids[0])
    group = results.framework.group_of(ids[0])
    if group and len(ids) > 1:
        link = Link(group.name[0].upper() + group.name[1:], link.page)
    return WeightLine(
        link, _score_words(results, code, ids), amount, weight_mark(Weight(link.text, amount, most))
    )


def _score_words(results: Results, code: str, ids: tuple[str, ...]) -> str:
    lines = results.scored_lines(code)
    said = []
    for name in ids:
        line = lines.get(name)
        if line is None:
            continue
        value = published_words(line.value, line.unit or "") if line.value is not None else ""
        said.append(f"{value}, score {number_words(line.score)}".removeprefix(", "))
    return said[0] if len(said) == 1 else f"scores {listed([s.split()[-1] for s in said])}"


# How sure


def _certainty(results: Results, standing: TrustStanding, facts: StandingFacts) -> DrawnMark | None:
    cuts = results.assessment.cut_points.values if results.cuts_are_sound else ()
    if standing.average_score is None or not cuts:
        return None
    found = results.likely.get(standing.org_code)
    likely = found.score if found and found.n_scores > 1 else None
    shut = frozenset(one for one in facts.closed if one <= len(cuts) + 1)
    return certainty_mark(
        Certainty(standing.average_score, likely, tuple(cuts), facts.segment, shut)
    )


def _by_score(results: Results, standing: TrustStanding) -> str:
    cuts = results.assessment.cut_points.values if results.cuts_are_sound else ()
    found = results.likely.get(standing.org_code)
    if not cuts or standing.average_score is None or not found or not found.score:
        return ""
    if found.n_scores < 2:
        return ""
    reached = Certainty(standing.average_score, found.score, tuple(cuts)).reached
    return f"By its score alone it could be in segment {listed([str(s) for s in reached], 'or')}."


def _by_rule(results: Results, standing: TrustStanding, facts: StandingFacts) -> str:
    if not facts.closed or facts.segment is None:
        return ""
    shut = listed([str(one) for one in sorted(facts.closed)])
    noun = "segment" if len(facts.closed) == 1 else "segments"
    names = listed([one.name for one in rules_in_force(results, standing.org_code)])
    return f"A rule ({names}) closes {noun} {shut}, whatever the score."


def _rank_before(results: Results, standing: TrustStanding, before: Results | None) -> str:
    """The rank of the quarter before, and whether chance alone explains the move."""
    move = rank_move(results, standing, before)
    if move is None or before is None:
        return ""
    if move.way == "same":
        return f"the same in {before.period}"
    said = f"{move.before} in {before.period}"
    likely = results.likely[standing.org_code].rank if move.noise else None
    if likely is None or not likely[0] <= move.before <= likely[1]:
        return said
    return f"{said}, within its likely range {range_words(*map(str, likely))}"
