"""The league table of one kind of trust."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from remit.model.organisation import TrustKind
from remit.pages.drawing.charts import Chart, DrawnValue, Marker, distribution
from remit.pages.frame.links import Link, PageKind
from remit.pages.standings.planned import Planned
from remit.pages.standings.results import Results, TrustStanding
from remit.pages.standings.rules import order_words
from remit.pages.standings.trust_row import TrustRow, trust_row
from remit.words.figures import number_words
from remit.words.names import kind_words
from remit.words.sentences import count_words, listed


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class RankRange:
    """Where a trust's rank mostly lies, and whom its score can be told apart from.

    ``left``, ``width`` and ``own`` are places in a bar that is 100 wide. ``next`` says whether it
    can be told apart from the next in the table; None for the last.
    """

    words: str
    sort: str
    left: float
    width: float
    own: float | None
    told: int
    others: int
    next: bool | None


@dataclass(frozen=True, slots=True)
class LeagueView:
    """All trusts of a kind, best first."""

    title: str
    kind: str
    head: str
    period: str
    lead: str
    origin: str
    basis: str
    overrides: str
    rows: tuple[TrustRow, ...]
    ranges: Mapping[str, RankRange]
    sure: str
    regions: tuple[Option, ...]
    icbs: tuple[Option, ...]
    chart: Chart | None


def pages(periods: Sequence[Results]) -> Iterator[Planned]:
    """A page each period and kind of trust."""
    for one in periods:
        for kind in one.kinds:
            yield Planned(one.page(PageKind.LEAGUE, kind.value), partial(league_view, one, kind))


def league_view(results: Results, kind: TrustKind) -> LeagueView:
    """The league table of a kind of trust."""
    standings = results.by_kind[kind]
    lines = tuple(trust_row(results, standing) for standing in standings)
    ranges = rank_ranges(results, standings)
    return LeagueView(
        title=f"League table: {kind_words(kind)}, {results.period}",
        kind=kind_words(kind),
        head="ICB" if kind is TrustKind.ICB else "Trust",
        period=results.period,
        lead=_lead(results, kind, standings),
        origin=origin_words(results),
        basis=basis_words(results),
        overrides=" ".join(o.why for o in results.framework.segments.overrides),
        rows=lines,
        ranges=ranges,
        sure=_sure(results, standings, ranges),
        regions=options((row.region, row.region_code) for row in lines),
        icbs=options((row.icb, row.icb_code) for row in lines),
        chart=_chart(results, kind, standings),
    )


def rank_ranges(results: Results, standings: Sequence[TrustStanding]) -> Mapping[str, RankRange]:
    """The likely ranks of the trusts of a league table, by code; those without one are left out.

    Parameters
    ----------
    standings
        In the order of the table.
    """
    ranked = [s for s in standings if s.rank is not None]
    after = {one.org_code: other.org_code for one, other in pairwise(ranked)}
    found = {}
    for standing in ranked:
        follower = after.get(standing.org_code)
        apart = {standing.org_code, follower} in results.told_apart if follower else None
        drawn = _rank_range(results, standing, len(ranked), apart)
        if drawn:
            found[standing.org_code] = drawn
    return found


def _rank_range(
    results: Results, standing: TrustStanding, of: int, apart: bool | None
) -> RankRange | None:
    likely = results.likely.get(standing.org_code)
    if likely is None or likely.rank is None or likely.n_scores < 2:
        return None
    best, worst = likely.rank
    step = 100 / of
    rank = standing.rank
    return RankRange(
        words=f"{best} to {worst}" if best != worst else f"{best}",
        sort=f"{best}.{worst:04d}",
        left=round((best - 1) * step, 2),
        width=round((worst - best + 1) * step, 2),
        own=round((rank - 0.5) * step, 2) if rank is not None else None,
        told=likely.n_told_apart,
        others=likely.n_rivals,
        next=apart,
    )


def _sure(
    results: Results, standings: Sequence[TrustStanding], ranges: Mapping[str, RankRange]
) -> str:
    """What the likely ranks say and which differences are noise; why not, if there are none."""
    if results.assessment.likely is None:
        return "No likely ranges were drawn for this assessment."
    if not ranges:
        why = "no rank follows from the scores at hand"
        if results.assessment.cut_points.values and results.framework.segments.unknown_steps:
            why = "a step whose rule is not known moved segments here"
        worth = results.worth_of_ranges(standing.org_code for standing in standings)
        return f"No likely ranks can be drawn, since {why}. {worth}".strip()
    neighbours = [found.next for found in ranges.values() if found.next is not None]
    told = sum(neighbours)
    counted = count_words(len(neighbours), "pair of neighbours", "pairs of neighbours")
    return (
        "“Likely rank” is where a trust would mostly stand, had other metrics of the same kind "
        "been looked at; the stroke on the bar is its rank. “Told apart from” counts the trusts "
        "of its kind whose scores differ by more than chance could have made; a grey “next: no” "
        "means that the difference from the next in rank is noise. "
        f"Of {counted}, {told or 'none'} can be told apart. {results.worth_of_ranges(ranges)}"
    )


def basis_words(results: Results) -> str:
    """Whose scores the figures rest on, in one sentence."""
    if results.assessment.mode == "recomputed":
        return (
            "Scores are recomputed by Remit from the published values wherever every trust that "
            "should be ranked is in the files; elsewhere they are as published."
        )
    return (
        "Metric scores are as published; domain scores, averages and ranks are recomputed from "
        "them by Remit."
    )


def origin_words(results: Results) -> str:
    """The cut points and where they come from, in one or two sentences."""
    cuts = results.assessment.cut_points
    first = f"Segments are cut at average scores of {cuts.shown}: {cuts.origin}."
    if not cuts.values:
        first = cuts.sentence
    elif takes_published_segments(results):
        first = f"The segment before overrides is as published. {first}"
    if results.cuts_are_sound:
        return first
    return (
        f"{first} These are too few trusts to stand for all of them, so charts leave the cut "
        "points out."
    )


def takes_published_segments(results: Results) -> bool:
    """Whether segments rest on the published unadjusted segment rather than on cut points."""
    assessment = results.assessment
    return (
        assessment.mode == "published"
        and assessment.cut_points.basis != "given"
        and any(s.published_unadjusted_segment is not None for s in results.standings.values())
    )


def segment_counts(results: Results, standings: Iterable[TrustStanding]) -> dict[int, int]:
    """How many trusts are in each segment of the framework."""
    found = [standing.segment for standing in standings]
    known = sorted({*results.framework.segments.labels, *(s for s in found if s is not None)})
    return {segment: found.count(segment) for segment in known}


def _lead(results: Results, kind: TrustKind, standings: Sequence[TrustStanding]) -> str:
    counts = segment_counts(results, standings)
    said = listed([f"{count} in segment {s}" for s, count in counts.items() if count])
    ranked = sum(1 for s in standings if s.rank is not None)
    return (
        f"{count_words(ranked, kind_words(kind, 1), kind_words(kind))} ranked "
        f"{order_words(results.framework)}: {said}."
    )


def options(pairs: Iterable[tuple[Link | None, str]]) -> tuple[Option, ...]:
    """The choices of a filter by areas: links with their codes, each once, by name."""
    found = {code: link.text for link, code in pairs if link}
    return tuple(
        Option(code, words) for code, words in sorted(found.items(), key=lambda item: item[1])
    )


def cut_markers(results: Results) -> list[Marker]:
    """The segment cut points as lines of a chart, where they stand for all trusts."""
    if not results.cuts_are_sound:
        return []
    return [
        Marker(value, f"Segment {segment} up to {number_words(value)}", "cut")
        for segment, value in enumerate(results.assessment.cut_points.values, start=1)
    ]


def _chart(results: Results, kind: TrustKind, standings: Sequence[TrustStanding]) -> Chart | None:
    scores = [s.average_score for s in standings if s.average_score is not None]
    if len(scores) < 2:
        return None
    finding = (
        f"The average scores of {kind_words(kind)} run from {number_words(min(scores))} to "
        f"{number_words(max(scores))}; half of them lie at or below {number_words(middle(scores))}."
    )
    return distribution(
        "scores",
        f"Average scores of {kind_words(kind)}, {results.period}",
        finding,
        [DrawnValue(score) for score in scores],
        cut_markers(results),
        axis="Average score: 1.00 is best, 4.00 worst. Each dot is a trust.",
    )


def middle(values: Sequence[float]) -> float:
    """The median."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
