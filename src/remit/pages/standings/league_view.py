"""The league table of one kind of trust."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from remit.model.organisation import TrustKind
from remit.pages.drawing.charts import Chart, DrawnValue, Marker, distribution
from remit.pages.drawing.marks.likely_rank import rank_axis
from remit.pages.drawing.marks.mark import DrawnMark
from remit.pages.frame.links import Link, PageKind
from remit.pages.standings.first_screen import rules_in_force
from remit.pages.standings.how_sure import all_pairs_words
from remit.pages.standings.league_findings import (
    LeagueFacts,
    in_words,
    league_title,
    moved_words,
)
from remit.pages.standings.league_rows import (
    LONG,
    LeagueRow,
    RankRange,
    league_rows,
    rank_ranges,
)
from remit.pages.standings.planned import Planned
from remit.pages.standings.rank_moves import comparable_before
from remit.pages.standings.results import Results, TrustStanding
from remit.pages.standings.rules import order_words
from remit.pages.standings.trust_row import TrustRow, trust_row
from remit.words.figures import number_words
from remit.words.names import kind_words
from remit.words.sentences import count_words, listed, sentence_case

MOST_CHOICES = 8
"""A filter without a script has as many choices at most; the style knows their numbers."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter, and how many rows have it where that is said."""

    value: str
    words: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class LeagueView:
    """All trusts of a kind, best first.

    ``finding`` is the title of the page and ``title`` its name; ``choices`` are those of a filter
    that works without a script, numbered as in the rows.
    """

    title: str
    finding: str
    kind: str
    head: str
    period: str
    before: str
    lead: str
    moved: str
    bounded: str
    against: str
    origin: str
    basis: str
    overrides: str
    rows: tuple[LeagueRow, ...]
    ranges: Mapping[str, RankRange]
    axis: DrawnMark | None
    sure: str
    choices: tuple[Option, ...]
    regions: tuple[Option, ...]
    icbs: tuple[Option, ...]
    long: bool
    by_quarter: bool
    others: tuple[Link, ...]
    counted_anew: str
    chart: Chart | None


def pages(periods: Sequence[Results]) -> Iterator[Planned]:
    """A page each period and kind of trust."""
    for one in periods:
        for kind in one.kinds:
            page = one.page(PageKind.LEAGUE, kind.value)
            yield Planned(page, partial(league_view, one, kind, periods))


def league_view(results: Results, kind: TrustKind, periods: Sequence[Results] = ()) -> LeagueView:
    """The league table of a kind of trust.

    Parameters
    ----------
    results
        The period of the page.
    kind
        The kind of organisation.
    periods
        All periods at hand, oldest first, for what moved since the quarter before.
    """
    standings = results.by_kind[kind]
    facts = league_facts(results, kind)
    before = comparable_before(results, periods)
    places = [trust_row(results, standing) for standing in standings]
    regions = options((row.region, row.region_code) for row in places)
    icbs = options((row.icb, row.icb_code) for row in places)
    choices = _choices(places, icbs, regions)
    numbers = {option.value: place for place, option in enumerate(choices, start=1)}
    ranges = rank_ranges(results, standings)
    rows = tuple(
        league_rows(results, standings, facts, periods=periods, before=before, choices=numbers)
    )
    has_before = before is not None and kind in before.kinds
    return LeagueView(
        title=f"League table: {kind_words(kind)}, {results.period}",
        finding=league_title(facts),
        kind=kind_words(kind),
        head="ICB" if kind is TrustKind.ICB else "Trust",
        period=results.period,
        before=before.period if before and has_before else "",
        lead=_lead(results, kind, standings),
        moved=_moved(facts, rows, before.period if before and has_before else ""),
        bounded=_bounded(rows),
        against=_against(rows),
        origin=origin_words(results),
        basis=basis_words(results),
        overrides=" ".join(o.why for o in results.framework.segments.overrides),
        rows=rows,
        ranges=ranges,
        axis=rank_axis(len(facts.codes)) if ranges else None,
        sure=_sure(results, standings, ranges),
        choices=choices,
        regions=regions,
        icbs=icbs,
        long=len(rows) > LONG,
        by_quarter=any(row.move or row.quarters for row in rows),
        others=_other_kinds(results, kind),
        counted_anew=_counted_anew(results, kind, before) if before and has_before else "",
        chart=_chart(results, kind, standings),
    )


def league_facts(results: Results, kind: TrustKind) -> LeagueFacts:
    """What the finding of a league table rests on."""
    ranked = [s for s in results.by_kind[kind] if s.rank is not None]
    return LeagueFacts(
        kind=kind_words(kind),
        noun=kind_words(kind, 1),
        nouns=kind_words(kind),
        period=results.period,
        codes=tuple(s.org_code for s in ranked),
        scores=tuple(s.average_score for s in ranked),
        apart=results.told_apart if rank_ranges(results, ranked) else None,
    )


def _choices(
    rows: Sequence[TrustRow], icbs: tuple[Option, ...], regions: tuple[Option, ...]
) -> tuple[Option, ...]:
    """The choices of the filter without a script: ICBs where they are few, else regions."""
    few = icbs if len(icbs) <= MOST_CHOICES else regions
    if not 1 < len(few) <= MOST_CHOICES:
        return ()
    codes = [code for row in rows for code in (row.icb_code, row.region_code)]
    return tuple(replace(option, count=codes.count(option.value)) for option in few)


def _moved(facts: LeagueFacts, rows: Sequence[LeagueRow], before: str) -> str:
    known = [row for row in rows if row.move is not None and row.move.noise is not None]
    if not known:
        return ""
    found = [(row.short, row.move.words) for row in known if row.move and row.move.telling]
    return moved_words(found, before, facts.noun, facts.nouns)


def _bounded(rows: Sequence[LeagueRow]) -> str:
    """How many stand under a rule that bounds or sets their segment."""
    found = [row for row in rows if row.rules]
    if not found:
        return ""
    names = listed(sorted({name for row in found for name in row.rules}))
    moved = sum(1 for row in found if row.set_by_rule)
    one = len({name for row in found for name in row.rules}) == 1
    rules = f"A rule ({names}) is" if one else f"Rules ({names}) are"
    who = "a rule" if not one else "it"
    changed = f"{who}, and not the score, sets the segment of {in_words(moved)} of them"
    return f"{rules} in force for {in_words(len(found))}; {changed}."


def _against(rows: Sequence[LeagueRow]) -> str:
    """Whether segments and averages are as published, in one sentence."""
    differ = [row for row in rows if row.comparison.same is False]
    compared = [row for row in rows if row.comparison.same is not None]
    if not compared:
        return "The publication gives no segment to compare with."
    if differ:
        names = listed([row.short for row in differ[:4]])
        more = f" and {len(differ) - 4} more" if len(differ) > 4 else ""
        return f"Unlike published: {names}{more}; the table below says how."
    if len(compared) == len(rows):
        return "Every segment and average is as published."
    return f"The {len(compared)} that the publication gives are as published."


def _counted_anew(results: Results, kind: TrustKind, before: Results) -> str:
    """That more or fewer were ranked than in the quarter before."""
    now, then = (
        sum(1 for s in one.by_kind.get(kind, []) if s.rank is not None) for one in (results, before)
    )
    if now == then:
        return ""
    return (
        f"{then} were ranked in {before.period} and {now} in {results.period}; ranks move for that "
        "alone, so a move counts as noise up to as many places beyond the likely range."
    )


def _other_kinds(results: Results, kind: TrustKind) -> tuple[Link, ...]:
    return tuple(
        Link(sentence_case(kind_words(other)), results.page(PageKind.LEAGUE, other.value))
        for other in results.kinds
        if other is not kind
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
        "been looked at; the point on the bar is its rank. “Told apart from” counts the trusts "
        "of its kind whose scores differ from its own by more than chance explains. "
        f"Of {counted}, {told or 'none'} can be told apart. "
        f"{all_pairs_words(results, standings[0].kind)} {results.worth_of_ranges(ranges)}"
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
        f"{order_words(results.framework)}: {said}.{_out_of_order(results, standings)}"
    )


def _out_of_order(results: Results, standings: Sequence[TrustStanding]) -> str:
    """That a rule which comes after the ranks moves a segment and no rank, where one does."""
    moved = [
        s
        for s in standings
        if None not in (s.rank, s.final_segment) and s.final_segment != s.adjusted_segment
    ]
    if not moved or "adjusted_segment" not in results.framework.league.by:
        return ""
    segments = listed([str(one) for one in sorted({s.final_segment or 0 for s in moved})])
    last = {
        one.name
        for s in moved
        for one in rules_in_force(results, s.org_code)
        if one.stage == "final"
    }
    rules = f" ({listed(sorted(last))})" if last else ""
    if len(moved) == 1:
        return (
            f" The one put in segment {segments}{rules} keeps the rank that it would have without "
            "that."
        )
    return (
        f" The {in_words(len(moved))} put in segment {segments}{rules} keep the ranks that they "
        "would have without that."
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
