"""From the scores of a quarter to domain scores, averages, segments and league ranks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import groupby
from math import ceil, floor

from remit.sample.figures import figures, judged_score
from remit.sample.measures import BY_ID, COMBINED_FINANCE, DOMAINS, INFECTIONS, MEASURES
from remit.sample.oddities import DIFFERENCES
from remit.sample.region import SampleTrust, trusts_in
from remit.sample.rules import Scores, combined_finance, score_metric

NOT_AVERAGED = ("OF0079", "OF0081")
"""They enter the averages through combined finance."""

ROUNDED_EARLY = frozenset(
    ("OF0003", "OF0005", "OF0013", "OF0014", "OF0016", "OF0023", "OF0025", "OF0063", "OF0106")
)
"""In the first quarter these scores entered the averages already rounded."""


@dataclass(frozen=True, slots=True)
class Result:
    """What is published of one trust in one quarter beside its metrics."""

    trust: SampleTrust
    entries: tuple[Fraction, ...]
    domains: dict[str, Fraction]
    domain_segments: dict[str, int]
    average: Fraction
    unadjusted: int
    deficit: bool
    recovery: bool
    rank: int

    @property
    def adjusted(self) -> int:
        """The segment after the financial override."""
        return max(self.unadjusted, 3) if self.deficit else self.unadjusted

    @property
    def final(self) -> int:
        """The segment after the Recovery Support Programme is taken into account."""
        return 5 if self.recovery else self.adjusted


@dataclass(frozen=True, slots=True)
class Quarter:
    """All scores and results of one quarter: ``scores`` by metric and trust."""

    number: int
    scores: dict[str, Scores]
    results: tuple[Result, ...]
    cuts: tuple[Fraction, ...]


@cache
def work_out(number: int, *, first_issue: bool = False) -> Quarter:
    """Score, average, segment and rank the trusts of one quarter."""
    scores = _scores(number, first_issue)
    entries = {trust.code: _entries(trust, scores, number) for trust in trusts_in(number)}
    domains = {code: _domain_means(found) for code, found in entries.items()}
    averages = {code: mean(score for _, score in found) for code, found in entries.items()}
    cuts = cut_points(averages.values())
    domain_cuts = {
        name: cut_points(found[name] for found in domains.values() if name in found)
        for name in DOMAINS
    }
    unranked = [
        Result(
            trust=trust,
            entries=tuple(score for _, score in entries[trust.code]),
            domains=domains[trust.code],
            domain_segments={
                name: segment(score, domain_cuts[name])
                for name, score in domains[trust.code].items()
            },
            average=averages[trust.code],
            unadjusted=segment(averages[trust.code], cuts),
            deficit=number in trust.deficit,
            recovery=number in trust.recovery,
            rank=0,
        )
        for trust in trusts_in(number)
    ]
    return Quarter(number, scores, tuple(_with_ranks(unranked)), cuts)


def half_up(score: Fraction, decimals: int = 2) -> Fraction:
    """A score rounded as the publication rounds it."""
    scale = 10**decimals
    return Fraction(floor(score * scale + Fraction(1, 2)), scale)


def mean(scores: Iterable[Fraction]) -> Fraction:
    """The plain mean."""
    listed = list(scores)
    return sum(listed, Fraction(0)) / len(listed)


def cut_points(scores: Iterable[Fraction]) -> tuple[Fraction, ...]:
    """The scores of the trusts that stand at the quartiles."""
    ordered = sorted(scores)
    return tuple(ordered[ceil(Fraction(n, 4) * (len(ordered) - 1))] for n in (1, 2, 3))


def segment(score: Fraction, cuts: Iterable[Fraction]) -> int:
    """1 up to and with the first cut point, and so on."""
    return 1 + sum(1 for cut in cuts if score > cut)


def _scores(number: int, first_issue: bool) -> dict[str, Scores]:
    given = figures(number, first_issue=first_issue)
    scores = {
        metric_id: score_metric(part)
        for metric_id, part in groupby(given, key=lambda figure: figure.measure.id)
    }
    for measure in MEASURES:
        if measure.judged:
            judged = {t.code: judged_score(t, measure) for t in trusts_in(number)}
            scores[measure.id] = {c: Fraction(s) for c, s in judged.items() if s is not None}
    scores[COMBINED_FINANCE.id] = combined_finance(scores["OF0079"], scores["OF0081"])
    for odd in DIFFERENCES:
        if odd.quarter == number:
            scores[odd.metric_id][odd.code] = Fraction(odd.published)
    return scores


def _entries(
    trust: SampleTrust, scores: dict[str, Scores], number: int
) -> list[tuple[str, Fraction]]:
    """What enters the averages, each with its domain: the infections only once."""
    found: list[tuple[str, Fraction]] = []
    for metric_id, by_trust in scores.items():
        if trust.code in by_trust and metric_id not in (*NOT_AVERAGED, *INFECTIONS):
            early = number == 1 and metric_id in ROUNDED_EARLY
            score = by_trust[trust.code]
            found.append((_domain(metric_id), half_up(score) if early else score))
    infections = [scores[m][trust.code] for m in INFECTIONS if trust.code in scores[m]]
    return [*found, ("safety", mean(infections))] if infections else found


def _domain(metric_id: str) -> str:
    return BY_ID.get(metric_id, COMBINED_FINANCE).domain


def _domain_means(entries: list[tuple[str, Fraction]]) -> dict[str, Fraction]:
    return {
        name: mean(score for domain, score in entries if domain == name)
        for name in DOMAINS
        if any(domain == name for domain, _ in entries)
    }


def _with_ranks(results: list[Result]) -> Iterable[Result]:
    """League ranks within each kind: by adjusted segment, then by the average as shown."""
    for one in results:
        rivals = [_league_key(other) for other in results if other.trust.kind == one.trust.kind]
        rank = 1 + sum(1 for key in rivals if key < _league_key(one))
        yield replace(one, rank=rank)


def _league_key(result: Result) -> tuple[int, Fraction]:
    return result.adjusted, half_up(result.average)
