"""A framework's rules in words, beyond what explanations say."""

from __future__ import annotations

from remit.assessment.explaining.words import better_in_words, population_in_words, rule_in_words
from remit.model.framework import Framework, LookupRule, PublishedRule, ScoredMetric
from remit.model.metric import Metric, Standard
from remit.model.organisation import TrustKind
from remit.pages.standings.results import Results


def rules_of(results: Results, scored: ScoredMetric) -> tuple[str, ...]:
    """How a metric is scored: its rule, and those for values in other units."""
    metrics = results.assessment.metrics
    metric = metrics[scored.id]
    main = rule_in_words(scored.rule, metric, metrics)
    others = [
        f"Where the value is a {other.unit}: {_lowered(rule_in_words(other.rule, metric, metrics))}"
        for other in scored.other_units
    ]
    return (main, *others)


def population_of(scored: ScoredMetric) -> str:
    """Whose values are ranked together, or "" where nothing is ranked."""
    if isinstance(scored.rule, LookupRule | PublishedRule):
        return ""
    if not any(tier.ranked for tier in scored.rule.tiers()):
        return ""
    return population_in_words(scored)


def groups_of(scored: ScoredMetric) -> tuple[tuple[TrustKind, ...], ...]:
    """The kinds that are ranked together, one entry a ranking."""
    if scored.population == "own_kind":
        return tuple((kind,) for kind in scored.kinds)
    return (scored.population,)


def standard_words(standard: Standard, unit: str) -> str:
    """The standard as a short phrase: ``at least 78%``."""
    return f"{standard.bound.words}{'%' if unit == 'percent' else ''}"


def standard_value(standard: Standard) -> float | None:
    """Where a chart draws the standard."""
    bound = standard.bound
    limits = (bound.at_least, bound.at_most, bound.above, bound.below)
    return next((limit for limit in limits if limit is not None), None)


def direction_of(metric: Metric) -> str:
    """Which way the metric improves."""
    said = better_in_words(metric)
    return f"{said[0].upper()}{said[1:]}"


def order_words(framework: Framework) -> str:
    """How the league table is ordered: ``by adjusted segment and …``."""
    names = {"adjusted_segment": "adjusted segment", "average_score": "average score"}
    return " and then ".join(f"by {names[key]}" for key in framework.league.by)


def _lowered(sentence: str) -> str:
    return f"{sentence[0].lower()}{sentence[1:]}"
