"""What stands out in a period and what changed since the quarter before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from remit.assessment.scoring.laws.overrides import floor_of
from remit.model.organisation import TrustKind
from remit.pages.drawing.marks.certainty import Certainty
from remit.pages.drawing.marks.mark import DrawnMark
from remit.pages.frame.links import Link, PageKind
from remit.pages.standings.first_screen import rules_in_force
from remit.pages.standings.home_findings import ChanceFacts, PeriodFacts
from remit.pages.standings.league_findings import league_title
from remit.pages.standings.league_rows import segment_quarters
from remit.pages.standings.league_view import league_facts, segment_counts
from remit.pages.standings.rank_moves import comparable_before
from remit.pages.standings.results import Results, TrustStanding
from remit.words.kinds import bodies_in_words, kinds_in_words
from remit.words.names import short_trust_name

MOST_CHANGES = 10
"""So many changes of segment are listed, those that chance does not explain first."""


@dataclass(frozen=True, slots=True)
class SegmentChange:
    """An organisation whose segment changed.

    ``rule`` sets the segment now; ``ended`` held it in a worse one in the quarter before and no
    longer does. ``noise`` says whether its likely score reaches both; None where that is not
    known.
    """

    trust: Link
    code: str
    before: int
    after: int
    rule: str
    ended: str
    noise: bool | None
    quarters: DrawnMark | None

    @property
    def worse(self) -> bool:
        """Whether the new segment is the worse one."""
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class StandsOut:
    """A kind of organisation with the finding of its league table."""

    finding: Link
    counts: str


def period_facts(
    results: Results, kinds: Sequence[TrustKind], periods: Sequence[Results]
) -> PeriodFacts:
    """What the finding of a period rests on.

    Parameters
    ----------
    results
        The period.
    kinds
        The kinds of organisation that the page is about.
    periods
        All periods at hand, oldest first.
    """
    standings = [s for kind in kinds for s in results.by_kind[kind]]
    before = comparable_before(results, periods)
    pairs = [pair for s in standings if (pair := _pair(s, before))]
    every = {kind for one in (results, *periods) for kind in one.kinds}
    # Where the pages hold other kinds as well, "61 trusts" would read as 61 of all of them.
    whom = kinds_in_words(kinds) if every - set(kinds) else bodies_in_words(kinds)
    return PeriodFacts(
        period=results.period,
        whom=whom,
        counts=segment_counts(results, standings),
        before=before.period if before and pairs else "",
        compared=len(pairs),
        worse=sum(1 for earlier, now in pairs if now > earlier),
        better=sum(1 for earlier, now in pairs if now < earlier),
    )


def segment_changes(
    results: Results, kinds: Sequence[TrustKind], periods: Sequence[Results]
) -> tuple[SegmentChange, ...]:
    """All changes of segment: what chance does not explain first, then the worse.

    Parameters
    ----------
    results
        The period.
    kinds
        The kinds of organisation that the page is about.
    periods
        All periods at hand, oldest first.
    """
    return _sorted_changes(results, tuple(kinds), tuple(periods))


# Each area of a period asks for them.
@lru_cache(maxsize=4)
def _sorted_changes(
    results: Results, kinds: tuple[TrustKind, ...], periods: tuple[Results, ...]
) -> tuple[SegmentChange, ...]:
    found = _changes(results, kinds, periods)
    return tuple(sorted(found, key=_order))


def _order(one: SegmentChange) -> tuple[bool, int, str]:
    return one.noise is True, one.before - one.after, one.trust.text


def chance_facts(changes: Sequence[SegmentChange]) -> ChanceFacts:
    """How many of the changes come from a rule, and how many chance may explain."""
    return ChanceFacts(
        changed=len(changes),
        chance=sum(1 for one in changes if one.noise),
        by_rule=sum(1 for one in changes if one.rule),
        ended=sum(1 for one in changes if one.ended),
        unknown=sum(1 for one in changes if one.noise is None),
    )


def stands_out(results: Results, kinds: Sequence[TrustKind]) -> tuple[StandsOut, ...]:
    """The finding of each kind's league table, as a link to it."""
    found = []
    for kind in kinds:
        counts = segment_counts(results, results.by_kind[kind])
        said = ", ".join(f"{n} in segment {one}" for one, n in counts.items() if n)
        link = Link(
            league_title(league_facts(results, kind)), results.page(PageKind.LEAGUE, kind.value)
        )
        found.append(StandsOut(link, said))
    return tuple(found)


def _changes(
    results: Results, kinds: Sequence[TrustKind], periods: Sequence[Results]
) -> Iterator[SegmentChange]:
    before = comparable_before(results, periods)
    for standing in (s for kind in kinds for s in results.by_kind[kind]):
        pair = _pair(standing, before)
        if pair is None or pair[0] == pair[1]:
            continue
        rule, ended = rule_now(results, standing), _rule_ended(results, standing, before)
        name = short_trust_name(standing.org_name)
        yield SegmentChange(
            trust=Link(name, results.page(PageKind.TRUST, standing.org_code)),
            code=standing.org_code,
            before=pair[0],
            after=pair[1],
            rule=rule,
            ended=ended,
            noise=False if rule or ended else _noise(results, standing, pair[0]),
            quarters=segment_quarters(results, standing, periods),
        )


def rule_now(results: Results, standing: TrustStanding) -> str:
    """The rules that set the segment; none where the score alone gives it."""
    if standing.segment == standing.unadjusted_segment:
        return ""
    return ", ".join(rule.name for rule in rules_in_force(results, standing.org_code))


def _rule_ended(results: Results, standing: TrustStanding, before: Results | None) -> str:
    """The rules that set the segment of the quarter before, closed this one and have ended."""
    earlier = before.standings.get(standing.org_code) if before else None
    if before is None or earlier is None or standing.segment is None:
        return ""
    if standing.segment != standing.unadjusted_segment or earlier.unadjusted_segment is None:
        return ""
    if earlier.segment == earlier.unadjusted_segment:
        return ""
    now = {rule.id for rule in rules_in_force(results, standing.org_code)}
    then = rules_in_force(before, standing.org_code)
    ended = [r.name for r in then if r.id not in now and floor_of(r) > standing.segment]
    return ", ".join(ended)


def _noise(results: Results, standing: TrustStanding, earlier: int) -> bool | None:
    if standing.segment != standing.unadjusted_segment:
        return None
    reached = _reached(results, standing)
    return earlier in reached if reached else None


def _pair(standing: TrustStanding, before: Results | None) -> tuple[int, int] | None:
    earlier = before.standings.get(standing.org_code) if before else None
    if earlier is None or earlier.segment is None or standing.segment is None:
        return None
    return earlier.segment, standing.segment


def _reached(results: Results, standing: TrustStanding) -> tuple[int, ...]:
    """The segments that the likely score reaches over; none where that is not known."""
    found = results.likely.get(standing.org_code)
    cuts = tuple(results.assessment.cut_points.values) if results.cuts_are_sound else ()
    if not cuts or standing.average_score is None or found is None or found.n_scores < 2:
        return ()
    return Certainty(standing.average_score, found.score, cuts).reached
