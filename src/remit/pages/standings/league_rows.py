"""The rows of a league table: each with its marks, and where neighbours really differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from remit.assessment.scoring.laws.overrides import floor_of
from remit.pages.drawing.marks.ladder import Ladder, ladder_mark
from remit.pages.drawing.marks.likely_rank import LikelyRank, likely_rank_mark
from remit.pages.drawing.marks.likely_score import LikelyScore, likely_score_mark
from remit.pages.drawing.marks.mark import DrawnMark
from remit.pages.drawing.marks.segment_row import SegmentRow, segment_row_mark
from remit.pages.drawing.marks.segment_strip import QuarterSegment
from remit.pages.standings.first_screen import rules_in_force
from remit.pages.standings.league_findings import LeagueFacts, step_words
from remit.pages.standings.rank_moves import RankMove, rank_move, ranked
from remit.pages.standings.results import Results, TrustStanding
from remit.pages.standings.trust_row import TrustRow, row_fields
from remit.words.figures import number_words
from remit.words.names import short_trust_name
from remit.words.sentences import count_words, range_words

LONG = 20
"""A table of more rows has a head for each segment, and a filter by name."""


@dataclass(frozen=True, slots=True)
class RankRange:
    """Where a trust's rank mostly lies, and whom its score can be told apart from.

    ``next`` says whether it can be told apart from the next in the table; None for the last.
    """

    words: str
    sort: str
    told: int
    others: int
    next: bool | None


@dataclass(frozen=True, slots=True)
class LeagueRow(TrustRow):
    """A row with its marks.

    ``choice`` is the number of the filter's choice that it belongs to, ``rules`` names those in
    force that bound its segment (``set_by_rule`` if they change it), ``step`` is what a line below
    it says where it and the next really differ, ``head`` what stands above it where a segment
    begins.
    """

    short: str
    choice: int
    ladder: DrawnMark | None
    rules: tuple[str, ...]
    set_by_rule: bool
    score_mark: DrawnMark | None
    score_range: str
    rank_mark: DrawnMark | None
    move: RankMove | None
    quarters: DrawnMark | None
    step: str = ""
    head: str = ""


def rank_ranges(results: Results, standings: Sequence[TrustStanding]) -> Mapping[str, RankRange]:
    """The likely ranks of the trusts of a league table, by code; those without one are left out.

    Parameters
    ----------
    standings
        In the order of the table.
    """
    in_order = [s for s in standings if s.rank is not None]
    after = {one.org_code: other.org_code for one, other in pairwise(in_order)}
    found = {}
    for standing in in_order:
        follower = after.get(standing.org_code)
        apart = {standing.org_code, follower} in results.told_apart if follower else None
        drawn = _rank_range(results, standing, apart)
        if drawn:
            found[standing.org_code] = drawn
    return found


def _rank_range(results: Results, standing: TrustStanding, apart: bool | None) -> RankRange | None:
    likely = results.likely.get(standing.org_code)
    if likely is None or likely.rank is None or likely.n_scores < 2:
        return None
    best, worst = likely.rank
    return RankRange(
        words=range_words(str(best), str(worst)),
        sort=f"{best}.{worst:04d}",
        told=likely.n_told_apart,
        others=likely.n_rivals,
        next=apart,
    )


def league_rows(
    results: Results,
    standings: Sequence[TrustStanding],
    facts: LeagueFacts,
    *,
    periods: Sequence[Results],
    before: Results | None,
    choices: Mapping[str, int],
) -> Iterator[LeagueRow]:
    """The rows of a league table, best first.

    Parameters
    ----------
    results
        The period of the page.
    standings
        Those of one kind, best first.
    facts
        What the table's finding rests on.
    periods
        All periods at hand, oldest first.
    before
        The quarter before, where ranks can be compared with it.
    choices
        The number of each choice of the filter, by the code of an ICB or a region.
    """
    heads = _heads(standings)
    steps = {facts.codes[place - 1]: step_words(facts, place) for place in facts.steps}
    for standing in standings:
        yield LeagueRow(
            **row_fields(results, standing),
            short=short_trust_name(standing.org_name),
            choice=choices.get(standing.icb_code or "", choices.get(standing.region_code or "", 0)),
            move=rank_move(results, standing, before),
            quarters=segment_quarters(results, standing, periods),
            step=steps.get(standing.org_code, ""),
            head=heads.get(standing.org_code, ""),
            **_marks(results, standing),
        )


def _heads(standings: Sequence[TrustStanding]) -> dict[str, str]:
    """What stands above the first of each segment, in a long table."""
    if len(standings) <= LONG:
        return {}
    differs = any(s.adjusted_segment != s.segment for s in standings)
    name = "Adjusted segment" if differs else "Segment"
    heads = {}
    for segment, group in groupby(standings, key=lambda s: (s.rank is None, s.adjusted_segment)):
        rows = list(group)
        said = f"{name} {segment[1]}" if not segment[0] and segment[1] else "Without a rank"
        heads[rows[0].org_code] = f"{said}: {count_words(len(rows), 'organisation')}"
    return heads


def _marks(results: Results, standing: TrustStanding) -> dict[str, Any]:
    name, average = short_trust_name(standing.org_name), standing.average_score
    found = results.likely.get(standing.org_code)
    likely = found.score if found and found.n_scores > 1 else None
    ranks = found.rank if found and found.n_scores > 1 else None
    cuts = tuple(results.assessment.cut_points.values) if results.cuts_are_sound else ()
    score = LikelyScore(name, average, likely, cuts) if average is not None else None
    rank = (
        LikelyRank(name, standing.rank, ranks, ranked(results, standing))
        if ranks and standing.rank is not None
        else None
    )
    return {
        "ladder": ladder_of(results, standing),
        "rules": tuple(rule.name for rule in rules_in_force(results, standing.org_code)),
        "set_by_rule": standing.segment != standing.unadjusted_segment,
        "score_mark": likely_score_mark(score) if score else None,
        "score_range": range_words(*map(number_words, likely)) if likely else "",
        "rank_mark": likely_rank_mark(rank) if rank else None,
    }


def ladder_of(results: Results, standing: TrustStanding) -> DrawnMark | None:
    """The small ladder of an organisation's segment in a table; None where it has none."""
    if standing.segment is None:
        return None
    rules = rules_in_force(results, standing.org_code)
    floor = max((floor_of(one) for one in rules), default=1)
    steps = tuple(sorted({*results.framework.segments.labels, standing.segment}))
    return ladder_mark(Ladder(steps, standing.segment, frozenset(range(1, floor)), 18))


def segment_quarters(
    results: Results, standing: TrustStanding, periods: Sequence[Results]
) -> DrawnMark | None:
    """The segments of an organisation up to the period of a page; None for fewer than two.

    Parameters
    ----------
    results
        The period of the page.
    standing
        Where the organisation stands in it.
    periods
        All periods at hand, oldest first.
    """
    past = tuple(
        QuarterSegment(one.period, one.standings[standing.org_code].segment)
        for one in periods
        if standing.org_code in one.standings and one.on <= results.on
    )
    if len(past) < 2:
        return None
    return segment_row_mark(SegmentRow(short_trust_name(standing.org_name), past, results.period))
