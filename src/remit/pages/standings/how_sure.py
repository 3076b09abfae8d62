"""How sure a standing is: likely ranges and who can be told apart, as pages say them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from remit.assessment.likely.coverage import NAMES, coverage_words, worth_words
from remit.assessment.likely.defaults import ASKED_AS
from remit.assessment.result.assessment import LikelyRun
from remit.assessment.scoring.laws.segments import segments_of
from remit.model.likely import LikelyMethod
from remit.model.organisation import TrustKind
from remit.pages.drawing.charts import Chart, ShareOfWhole, shares
from remit.pages.standings.likely_ranges import TrustRanges
from remit.pages.standings.results import Results, TrustStanding
from remit.words.figures import NONE, number_words
from remit.words.names import kind_words
from remit.words.sentences import count_words, range_words, sentence_case

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class ChanceLine:
    """How often the draws end in a segment: per cent, and in words."""

    segment: int
    label: str
    percent: str
    words: str


@dataclass(frozen=True, slots=True)
class MethodLine:
    """A trust's likely ranges by one of the two methods, and how often such a range is right."""

    name: str
    score: str
    rank: str
    holds: str
    shown: bool


@dataclass(frozen=True, slots=True)
class HowSure:
    """How sure one trust's standing is.

    ``score`` and ``rank`` are ranges in words, empty where there is none; ``lead`` is the one
    sentence for the head of the page; ``methods`` are both ranges side by side, with their
    ``worth`` in words.
    """

    lead: str
    score: str = ""
    rank: str = ""
    basis: str = ""
    chances: tuple[ChanceLine, ...] = ()
    chances_note: str = ""
    chart: Chart | None = None
    apart: str = ""
    methods: tuple[MethodLine, ...] = ()
    worth: str = ""


def how_sure(results: Results, standing: TrustStanding, of: int) -> HowSure:
    """How sure the standing of a trust is.

    Parameters
    ----------
    of
        How many are ranked in its league table.
    """
    run = results.assessment.likely
    found = results.likely.get(standing.org_code)
    if run is None or found is None or found.score is None:
        return HowSure(lead=no_range_words(results, standing))
    if found.n_scores == 1:
        return HowSure(
            lead="It has one score only, so nothing can be said about how far its average could "
            "have come out differently."
        )
    lines = tuple(_chance(results, segment, share) for segment, share in found.chances)
    return HowSure(
        lead=_lead(results, standing, found, of),
        score=range_words(*(number_words(end) for end in found.score)),
        rank=range_words(*(str(end) for end in found.rank)) if found.rank else "",
        basis=_basis(results, run, found),
        chances=lines,
        chances_note=_chances_note(results, standing) if lines else "",
        chart=_chart(standing, lines, found),
        apart=_apart(results, standing, found),
        methods=_methods(run, found),
        worth=worth_words(found.n_scores, found.n_scores),
    )


def no_range_words(results: Results, standing: TrustStanding) -> str:
    """Why a trust has no likely range."""
    if results.assessment.likely is None:
        return "No likely ranges were drawn for this assessment, so how sure this is, is not shown."
    if standing.average_score is None:
        return "Without a score there is no likely range."
    return "Its score does not rest on its own scores alone, so no likely range of it can be drawn."


def percent_words(share: float) -> str:
    """A share as a whole per cent that is 0% or 100% only where it is exactly that."""
    if _SAME < share < 0.005:
        return "under 1%"
    if 0.995 <= share < 1 - _SAME:
        return "over 99%"
    return f"{number_words(100 * share, 0)}%"


def chance_words(share: float) -> str:
    """A share in everyday words: ``about 7 in 10``."""
    if share <= _SAME:
        return "none of the draws"
    if share >= 1 - _SAME:
        return "all of the draws"
    if share < 0.045:
        return "fewer than 1 in 20"
    if share > 0.955:
        return "more than 19 in 20"
    if 0.075 <= share < 0.925:
        return f"about {int(10 * share + 0.5)} in 10"
    return "about 1 in 20" if share < 0.5 else "about 19 in 20"


def segment_at(score: float, cut_points: Sequence[float]) -> int:
    """The segment that a score alone gives; one at a cut point is in the better segment."""
    return int(segments_of(np.array(score), cut_points))


def confidence_words(run: LikelyRun) -> str:
    """The share of draws within a range: ``95%``."""
    return f"{100 * run.confidence:g}%"


def correction_words(results: Results) -> str:
    """How the number of pairs is allowed for, in one sentence."""
    apart = results.apart
    if apart is None:
        return ""
    return (
        f"All pairs are compared at once, with {apart.correction.replace('-', ' and ')}’s "
        f"correction: of the pairs told apart, at most {100 * apart.false_discovery_rate:g} in 100 "
        "are expected to be wrong."
    )


def all_pairs_words(results: Results, kind: TrustKind) -> str:
    """How many of all pairs of a kind are told apart; of none, why ranges apart are not enough."""
    apart = results.apart
    pairs = apart.pairs.filter(kind=kind.value) if apart else None
    if apart is None or pairs is None or pairs.is_empty():
        return ""
    told = int(pairs["told_apart"].sum())
    said = f"Of all {count_words(pairs.height, 'pair')}, {told or 'none'} can."
    alone = int((pairs["p_value"] <= apart.false_discovery_rate).sum())
    if told or not alone:
        return said
    chance = number_words(apart.false_discovery_rate * pairs.height, 0)
    return (
        f"{said} Each looked at by itself, {alone} would be; if no two really differed, chance "
        f"alone would make about {chance}, so which of them are real cannot be told."
    )


def _lead(results: Results, standing: TrustStanding, found: TrustRanges, of: int) -> str:
    low, high = (number_words(end) for end in found.score or ())
    if low == high:
        said = f"Its score came out at {low} in nearly every draw{_reach(results, standing, found)}"
    else:
        said = (
            f"Chance alone could have put its score anywhere from {low} to {high}"
            f"{_reach(results, standing, found)}"
        )
    if found.rank is None or standing.rank is None:
        return f"{said}."
    best, worst = found.rank
    if best == worst:
        return f"{said}; its rank would be {best} of {of} all the same."
    return f"{said}; its rank could have been anywhere from {best} to {worst} of {of}."


def _reach(results: Results, standing: TrustStanding, found: TrustRanges) -> str:
    """Which segments the range of the score reaches over, as a clause."""
    cuts = results.apart.cut_points.values if results.apart else ()
    if not cuts or found.score is None:
        return ""
    first, last = (segment_at(end, cuts) for end in found.score)
    alone = " by the score alone" if standing.override else ""
    if first == last:
        return f", which{alone} lies within segment {first}"
    return f", which{alone} reaches from segment {first} to segment {last}"


def _basis(results: Results, run: LikelyRun, found: TrustRanges) -> str:
    domains = results.framework.aggregation.by_domain
    own = count_words(found.n_scores, "domain score" if domains else "score")
    said = (
        f"Its own {own} were drawn from {run.replicates:,} times; {confidence_words(run)} "
        "of the draws lie within the likely ranges."
    )
    if found.score and found.score[1] - found.score[0] < _SAME:
        alike = "Nearly all of its scores are alike: that shows no spread, and proves no certainty."
        return f"{said} {alike}"
    return said


def _methods(run: LikelyRun, found: TrustRanges) -> tuple[MethodLine, ...]:
    """Both methods, NHS England's first, each with what it was measured to be worth."""
    shown = ASKED_AS[run.method]
    ranges = {shown: (found.score, found.rank)}
    other: LikelyMethod = "expanded" if shown == "published" else "published"
    ranges[other] = (found.other_score, found.other_rank)
    return tuple(
        MethodLine(
            name=sentence_case(NAMES[method]),
            score=range_words(*map(number_words, score)) if score else NONE,
            rank=range_words(*map(str, rank)) if rank else NONE,
            holds=coverage_words(found.n_scores, found.n_scores, method),
            shown=method == shown,
        )
        for method, (score, rank) in ((m, ranges[m]) for m in get_args(LikelyMethod))
    )


def _chance(results: Results, segment: int, share: float) -> ChanceLine:
    label = results.segment_label(segment)
    return ChanceLine(segment, label, percent_words(share), chance_words(share))


def _chances_note(results: Results, standing: TrustStanding) -> str:
    said = "The share of draws that end in each segment"
    if standing.override:
        said += ", after the override"
    if results.framework.segments.published_final:
        said += "; this is the adjusted segment, before final overrides"
    return f"{said}."


def _chart(
    standing: TrustStanding, lines: Sequence[ChanceLine], found: TrustRanges
) -> Chart | None:
    if not lines:
        return None
    likeliest = max(found.chances, key=lambda chance: chance[1])
    line = next(line for line in lines if line.segment == likeliest[0])
    finding = f"Segment {line.segment} is the likeliest for {standing.org_name}: {line.percent}."
    return shares(
        "chances",
        "Probability of each segment",
        finding,
        [
            ShareOfWhole(f"Segment {segment}: {line.percent}", share)
            for line, (segment, share) in zip(lines, found.chances, strict=True)
        ],
    )


def _apart(results: Results, standing: TrustStanding, found: TrustRanges) -> str:
    if not found.n_rivals:
        return ""
    kinds = kind_words(standing.kind)
    others = f"the other {count_words(found.n_rivals, kind_words(standing.kind, 1), kinds)}"
    if not found.n_told_apart:
        said = f"By its score it cannot be told apart from any of {others}."
    elif found.n_alike:
        said = (
            f"By its score it can be told apart from {found.n_told_apart} of {others}, and not "
            f"from {found.n_alike}."
        )
    else:
        said = f"By its score it can be told apart from all of {others}."
    return (
        f"{said} {_ranges_apart(results, standing, found)}{correction_words(results)} “Cannot "
        "be told apart” does not mean equally good: "
        "the scores at hand show no difference that chance could not have made."
    )


def _ranges_apart(results: Results, standing: TrustStanding, found: TrustRanges) -> str:
    """That ranges which lie apart are not enough to tell two apart, where some do."""
    own, apart = found.score, results.apart
    rivals = [s.org_code for s in results.by_kind[standing.kind] if s is not standing]
    others = (
        likely.score
        for code in rivals
        if (likely := results.likely.get(code)) and likely.n_scores > 1
        if {standing.org_code, code} not in results.told_apart
    )
    lie = sum(1 for one in others if own and one and (one[0] > own[1] or one[1] < own[0]))
    if not lie or apart is None:
        return ""
    pairs = count_words(apart.pairs.filter(kind=standing.kind.value).height, "pair")
    whom = "one that it cannot be told from" if lie == 1 else f"{lie} that it cannot be told from"
    return (
        f"Its likely score lies apart from that of {whom}: among {pairs} some lie so by chance "
        "alone. "
    )
