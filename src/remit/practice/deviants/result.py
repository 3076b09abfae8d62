"""Who does lastingly better than those alike: each organisation on each metric, by a rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from remit.catalogue import declared
from remit.model.lasting import LastingRules
from remit.practice.deviants.outcomes import Outcomes
from remit.practice.deviants.panels import Panel, panels
from remit.practice.deviants.ranking import Expected, Ranking, expect, rank
from remit.practice.deviants.variation import Numbers, Variation, scores, vary


@dataclass(frozen=True, slots=True)
class Deviant:
    """An organisation on a metric. ``ahead`` is its likely lead in the better direction.

    ``worse`` is the probability of the last tenth, ``worse_lasting`` what the same rule says of it.
    """

    code: str
    metric: str
    periods: int
    probability: float
    shrunken: float
    raw: float
    lasting: bool
    ahead: float
    worse: float
    worse_lasting: bool


@dataclass(frozen=True, slots=True)
class MetricSpread:
    """How organisations differ on a metric beyond chance, and how much of a lead is likely to stay.

    ``stays`` is the share of a lead in one period that is expected in another; ``reliability`` the
    same of all periods together.
    """

    metric: str
    organisations: int
    periods: int
    rare: float
    differs: bool
    stays: float
    reliability: float
    true_deviation: float
    passing_deviation: float
    correlation: float
    dispersion: float | None
    pull: float
    named: int
    note: str


@dataclass(frozen=True)
class DeviantsFound:
    """All organisations on all metrics, and what is known of each metric."""

    deviants: tuple[Deviant, ...]
    metrics: tuple[MetricSpread, ...]
    outcomes: Outcomes
    rules: LastingRules
    peers: str = ""
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Fitted:
    panel: Panel
    variation: Variation
    expected: Expected
    ranking: Ranking
    score: Numbers
    rare: float


@cache
def lasting_rules() -> LastingRules:
    """The rule by which somebody is called lasting.

    >>> lasting_rules().top
    0.1
    """
    (file,) = declared.packaged("deviants")
    return file.validate(LastingRules)


def find_deviants(
    outcomes: Outcomes,
    peers: Mapping[str, Sequence[str]] | None = None,
    *,
    rules: LastingRules | None = None,
    told: str = "",
) -> DeviantsFound:
    """Hold every organisation against those alike, on every metric.

    Parameters
    ----------
    outcomes
        The figures.
    peers
        Who is alike; without it everybody is held against all.
    rules
        When a lead is called lasting; as declared if left out.
    told
        Where the peers are from.

    Examples
    --------
    >>> find_deviants(outcomes).deviants[0].lasting  # doctest: +SKIP
    False
    """
    rules = rules or lasting_rules()
    fitted = [_fit(panel, peers, rules) for panel in panels(outcomes)]
    differing = _differing([one.rare for one in fitted], rules.differences)
    several = max(1, sum(differing))
    far = float(stats.norm.isf(rules.error / several))
    deviants: list[Deviant] = []
    spreads: list[MetricSpread] = []
    for one, differs in zip(fitted, differing, strict=True):
        found = _deviants(one, differs, far, rules)
        deviants.extend(found)
        spreads.append(_spread(one, differs, sum(each.lasting for each in found)))
    notes = _without_peers({one.code for one in deviants}, peers)
    return DeviantsFound(tuple(deviants), tuple(spreads), outcomes, rules, told, notes)


def _without_peers(codes: set[str], peers: Mapping[str, Sequence[str]] | None) -> tuple[str, ...]:
    """Who has no peer with figures, where peers were given."""
    if peers is None:
        return ()
    alone = sorted(code for code in codes if not codes.intersection(peers.get(code, ())))
    if not alone:
        return ()
    shown = f"{', '.join(alone[:10])}{' …' if len(alone) > 10 else ''}"
    return (f"held against all, as no peer of theirs has figures: {shown}",)


def _fit(panel: Panel, peers: Mapping[str, Sequence[str]] | None, rules: LastingRules) -> _Fitted:
    memory = (rules.memory.below_periods, rules.memory.correlation)
    variation = vary(panel.figures, panel.counting, memory)
    expected = expect(variation, _alike(panel.codes, peers))
    score = scores(variation.level - expected.level, variation)
    known = variation.periods > 0
    rare = float(stats.chi2.sf(float((score[known] ** 2).sum()), max(int(known.sum()) - 1, 1)))
    enough = int(known.sum()) >= rules.least_organisations
    enough = enough and int(variation.periods.max(initial=0)) >= rules.least_periods
    return _Fitted(
        panel, variation, expected, rank(variation, expected, rules), score,
        rare if enough else 1.0,
    )  # fmt: skip


def _alike(
    codes: Sequence[str], peers: Mapping[str, Sequence[str]] | None
) -> list[NDArray[np.int64]]:
    places = {code: at for at, code in enumerate(codes)}
    return [
        np.array(
            [places[peer] for peer in (peers or {}).get(code, ()) if peer in places],
            dtype=np.int64,
        )
        for code in codes
    ]


def _differing(rare: Sequence[float], error: float) -> list[bool]:
    """On which metrics organisations differ beyond chance; Holm's correction over all of them."""
    order = sorted(range(len(rare)), key=lambda at: rare[at])
    found = [False] * len(rare)
    for place, at in enumerate(order):
        if rare[at] > error / (len(rare) - place):
            break
        found[at] = True
    return found


def _deviants(one: _Fitted, differs: bool, far: float, rules: LastingRules) -> list[Deviant]:
    panel, variation = one.panel, one.variation
    about = float(np.nanmean(variation.shared))
    found = []
    for at, code in enumerate(panel.codes):
        periods = int(variation.periods[at])
        lead = float(one.ranking.lead[at])
        enough = differs and periods >= rules.least_periods
        left = variation.left[at] - one.expected.level[at]
        found.append(
            Deviant(
                code=code,
                metric=panel.metric,
                periods=periods,
                probability=min(1.0, float(one.ranking.top[at])),
                shrunken=panel.sign * (about + float(one.expected.level[at]) + lead),
                raw=float(panel.plain[at]),
                lasting=enough
                and float(one.ranking.top[at]) >= rules.probability
                and float(one.score[at]) >= far
                and (not rules.both_halves or _both_halves(left)),
                ahead=lead,
                worse=min(1.0, float(one.ranking.bottom[at])),
                worse_lasting=enough
                and float(one.ranking.bottom[at]) >= rules.probability
                and -float(one.score[at]) >= far
                and (not rules.both_halves or _both_halves(-left)),
            )
        )
    return found


def _both_halves(left: Numbers) -> bool:
    """Whether somebody is ahead of what is expected in the first and in the second half."""
    there = left[~np.isnan(left)]
    half = len(there) // 2
    return half > 0 and bool(there[:half].mean() > 0 and there[-half:].mean() > 0)


def _spread(one: _Fitted, differs: bool, named: int) -> MetricSpread:
    true, variation = one.expected.true_variance, one.variation
    known = variation.periods > 0
    share = true / (true + variation.variance[known]) if true > 0 else np.zeros(1)
    passing = variation.passing
    return MetricSpread(
        metric=one.panel.metric,
        organisations=int(known.sum()),
        periods=len(one.panel.periods),
        rare=one.rare,
        differs=differs,
        stays=true / (true + passing) if true + passing > 0 else 0.0,
        reliability=float(np.mean(share)),
        true_deviation=float(np.sqrt(true)),
        passing_deviation=float(np.sqrt(passing)),
        correlation=variation.correlation,
        dispersion=variation.dispersion,
        pull=one.expected.pull,
        named=named,
        note=one.panel.note,
    )
