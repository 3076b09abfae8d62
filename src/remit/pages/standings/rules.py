"""A framework's rules in words, beyond what explanations say."""

from __future__ import annotations

from remit.assessment.explaining.words import better_in_words, population_in_words, rule_in_words
from remit.assessment.scoring.laws.rank_to_score import is_ranked
from remit.model.framework import Framework, ScoredMetric
from remit.model.metric import Metric, Standard
from remit.pages.standings.results import Results
from remit.words.sentences import lowered, sentence_case


def rules_of(results: Results, scored: ScoredMetric) -> tuple[str, ...]:
    """How a metric is scored: its rule, and those for values in other units."""
    metrics = results.assessment.metrics
    metric = metrics[scored.id]
    main = rule_in_words(scored.rule, metric, metrics)
    others = [
        f"Where the value is a {other.unit}: {lowered(rule_in_words(other.rule, metric, metrics))}"
        for other in scored.other_units
    ]
    return (main, *others)


def population_of(scored: ScoredMetric) -> str:
    """Whose values are ranked together, or "" where nothing is ranked."""
    return population_in_words(scored) if is_ranked(scored.rule) else ""


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
    return sentence_case(better_in_words(metric))


def order_words(framework: Framework) -> str:
    """How the league table is ordered: ``by adjusted segment and …``."""
    names = {"adjusted_segment": "adjusted segment", "average_score": "average score"}
    return " and then ".join(f"by {names[key]}" for key in framework.league.by)
