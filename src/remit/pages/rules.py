"""A framework's rules in words."""

from __future__ import annotations

from remit.model.framework import (
    Framework,
    LookupRule,
    PublishedRule,
    RankedRule,
    Rule,
    Scale,
    ScoredMetric,
    Tier,
)
from remit.model.metric import Bound, Metric, Standard
from remit.model.organisation import TrustKind
from remit.pages.words import direction_words, kinds_words, listed, unit_words


def rule_words(rule: Rule, unit: str = "") -> str:
    """How a value becomes a score, in one sentence or two."""
    if isinstance(rule, LookupRule):
        return (
            f"Looked up in a table from the scores of {rule.rows} (row) and {rule.columns} "
            "(column)."
        )
    if isinstance(rule, PublishedRule):
        return "The score is taken as published; no value is published to make it from."
    if isinstance(rule, RankedRule):
        return f"All values are ranked {_scale_words(Scale(best=rule.best, worst=rule.worst))}."
    return _tiers_words(rule.tiers(), unit)


def rule_for(scored: ScoredMetric, unit: str | None) -> Rule:
    """The rule that holds for a value in a unit."""
    for other in scored.other_units:
        if other.unit == unit:
            return other.rule
    return scored.rule


def population_words(scored: ScoredMetric) -> str:
    """Whose values are ranked together, or "" where nothing is ranked."""
    if isinstance(scored.rule, LookupRule | PublishedRule) or not _ranks(scored.rule):
        return ""
    if scored.population == "own_kind":
        if len(scored.kinds) == 1:
            return f"Ranked among {kinds_words(scored.kinds)}."
        return f"Ranked among each kind by itself: {kinds_words(scored.kinds)}."
    return f"Ranked together: {kinds_words(scored.population)}."


def groups_of(scored: ScoredMetric) -> tuple[tuple[TrustKind, ...], ...]:
    """The kinds that are ranked together, one entry a ranking."""
    if scored.population == "own_kind":
        return tuple((kind,) for kind in scored.kinds)
    return (scored.population,)


def bound_words(bound: Bound, unit: str) -> str:
    """A condition on a value, with its unit."""
    suffix = "%" if unit == "percent" else f" {unit_words(unit)}" if unit != "rate" else ""
    pairs = (
        ("at least", bound.at_least),
        ("above", bound.above),
        ("at most", bound.at_most),
        ("below", bound.below),
    )
    said = [f"{word} {number:g}{suffix}" for word, number in pairs if number is not None]
    return listed(said) or "any other value"


def standard_words(standard: Standard, unit: str) -> str:
    """The standard as a short phrase: ``at least 78%``."""
    return bound_words(standard.bound, unit)


def direction_of(metric: Metric) -> str:
    """Which way the metric improves."""
    return direction_words(metric.better)


def order_words(framework: Framework) -> str:
    """How the league table is ordered, as the end of a sentence."""
    names = {
        "adjusted_segment": "segment",
        "average_score": f"average score at {framework.league.decimals} decimals",
    }
    return " and then ".join(names[key] for key in framework.league.by)


def _scale_words(scale: Scale) -> str:
    return f"from {scale.best:.2f} (best) to {scale.worst:.2f} (worst)"


def _tiers_words(tiers: tuple[Tier, ...], unit: str) -> str:
    parts = [_tier_words(tier, unit) for tier in tiers]
    joined = "; ".join(parts)
    return f"{joined[0].upper()}{joined[1:]}."


def _tier_words(tier: Tier, unit: str) -> str:
    which = bound_words(tier, unit)
    if tier.ranked is None:
        return f"{which} scores {tier.score:.2f}"
    whole = "the rest" if which == "any other value" else which
    return f"{whole} is ranked {_scale_words(tier.ranked)}"


def _ranks(rule: Rule) -> bool:
    if isinstance(rule, LookupRule | PublishedRule):
        return False
    return any(tier.ranked for tier in rule.tiers())
