"""What a rating rests on and what it leaves out, in two sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from remit.assessment.result.assessment import Assessment
from remit.assessment.result.once import once
from remit.model.framework import ScoredMetric
from remit.model.observation import Status
from remit.model.organisation import TrustKind
from remit.pages.standings.results import Results, TrustStanding
from remit.words.names import kind_words, short_trust_name
from remit.words.sentences import count_words, listed

MOST_NAMED = 3


def trust_rests_on(results: Results, standing: TrustStanding) -> str:
    """What a trust's rating rests on.

    Care of another kind that it gives, such as mental health in an acute trust, is in the rating
    only as far as the framework scores it for the trust's own kind.
    """
    counted = [one for one in results.framework.metrics if one.counts]
    own = [one for one in counted if standing.kind in one.kinds]
    scored = results.scored_lines(standing.org_code)
    have = sum(1 for one in own if one.id in scored)
    said = (
        f"Its rating rests on {have} of the {len(own)} metrics that count for "
        f"{kind_words(standing.kind)}"
    )
    foreign = [one for one in counted if standing.kind not in one.kinds]
    if not foreign:
        return f"{said}."
    kinds = dict.fromkeys(kind_words(kind) for one in foreign for kind in one.kinds)
    left = count_words(len(foreign), "metric")
    verb = "is" if len(foreign) == 1 else "are"
    said += f"; {left} for {listed(list(kinds))} alone {verb} left out, whatever care it gives"
    return f"{said}{_though(results, standing.org_code, foreign)}."


def _though(results: Results, code: str, foreign: Sequence[ScoredMetric]) -> str:
    """That it publishes figures of metrics that are left out, and which."""
    held = _held(results.assessment).get(code, frozenset())
    names = [results.assessment.metrics[one.id].name for one in foreign if one.id in held]
    if not names:
        return ""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f", though it publishes {', '.join(names[:MOST_NAMED])}{more}"


@once
def _held(assessment: Assessment) -> Mapping[str, frozenset[str]]:
    """The metrics of which each organisation has a reported figure."""
    reported = assessment.observations.filter(pl.col("status") == Status.REPORTED.value)
    metrics = reported.group_by("org_code").agg(pl.col("metric_id").unique())
    return {code: frozenset(held) for code, held in metrics.iter_rows()}


def area_rests_on(
    results: Results, members: Sequence[TrustStanding], partners: Sequence[str]
) -> str:
    """What the mean of an area's trusts rests on.

    Parameters
    ----------
    results
        The period.
    members
        The trusts of the area.
    partners
        The names of trusts that are partners of it and that another ICB leads on.
    """
    scored = [s for s in members if s.average_score is not None]
    without = [short_trust_name(s.org_name) for s in members if s.average_score is None]
    if not scored:
        return "It has no figure here: none of its trusts has a score."
    kinds = [s.kind for s in scored]
    parts = [
        count_words(kinds.count(kind), kind_words(kind, 1), kind_words(kind))
        for kind in results.framework.kinds
        if kind in kinds
    ]
    left = []
    if without:
        left.append(f"{listed(without)} (no score)")
    if partners:
        left.append(f"{_named(partners)} (led by another ICB)")
    if TrustKind.ICB not in results.framework.kinds:
        left.append("general practice and providers that are no NHS trusts (not judged here)")
    counted = "which counts alone" if len(scored) == 1 else "each counting the same"
    said = f"It rests on {listed(parts)}, {counted}"
    return f"{said}. It leaves out {_all_of(left)}." if left else f"{said}."


def _all_of(left: Sequence[str]) -> str:
    """Groups that may be lists themselves: the last is joined by ``and also``."""
    if len(left) == 1:
        return left[0]
    return f"{', '.join(left[:-1])}, and also {left[-1]}"


def _named(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMED:
        return listed(list(names))
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
