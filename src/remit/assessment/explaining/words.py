"""Rules and scores in plain sentences, for explanations and for the method page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.laws.rank_to_score import tier_places, tiers_of
from remit.model.framework import (
    BandsRule,
    EvidenceRule,
    Framework,
    LookupRule,
    PublishedRule,
    RankedRule,
    Rule,
    ScoredMetric,
    StandardThenRankedRule,
    Tier,
)
from remit.model.metric import Better, Metric
from remit.model.organisation import SubjectKind
from remit.words.figures import number_words, published_words, score_words
from remit.words.kinds import kinds_in_words
from remit.words.sentences import sentence_case

_BETTER = {
    Better.HIGHER: "higher is better",
    Better.LOWER: "lower is better",
    Better.NEUTRAL: "neither way is better",
}


def better_in_words(metric: Metric) -> str:
    """Which way the metric improves."""
    return _BETTER[metric.better] if metric.better_known else "which way is better is not known"


def rule_in_words(rule: Rule, metric: Metric, metrics: Mapping[str, Metric]) -> str:
    """A scoring rule as one sentence for the method page."""
    if isinstance(rule, PublishedRule):
        how = "how it is made of the value is not known to Remit"
        return (
            f"The score is published; {how if rule.with_value else 'the value behind it is not'}."
        )
    if isinstance(rule, EvidenceRule):
        return "Evidence: shown to those who judge, not scored."
    if isinstance(rule, LookupRule):
        rows, columns = metrics[rule.rows].name.lower(), metrics[rule.columns].name.lower()
        return f"Looked up from the score of {rows} and the score of {columns}."
    if isinstance(rule, RankedRule):
        return (
            f"All trusts are ranked, {better_in_words(metric)}: the best scores "
            f"{number_words(rule.best)}, the worst {number_words(rule.worst)}."
        )
    if isinstance(rule, StandardThenRankedRule):
        return (
            f"A trust that meets the standard ({rule.standard.words}) scores "
            f"{number_words(rule.met)}; the others are ranked from {number_words(rule.best)} to "
            f"{number_words(rule.worst)}."
        )
    said = "; ".join(_tier_in_words(tier) for tier in rule.tiers())
    return f"{sentence_case(said)}."


def moved_by_words(
    applied: str | None, unadjusted: int | None, adjusted: int | None, framework: Framework
) -> str:
    """What changed a segment after the average; a flag that changed nothing is left out.

    Parameters
    ----------
    applied
        The identifiers of the overrides that changed it, as in ``overrides_applied``.
    unadjusted, adjusted
        The segment before and after.
    framework
        Its overrides have names; a step that Remit does not know shows in the publication alone.
    """
    named = (applied or "").split(", ")
    names = {override.id: override.name for override in framework.segments.overrides}
    said = ", ".join(names.get(override, override) for override in named)
    if not said and None not in (unadjusted, adjusted) and unadjusted != adjusted:
        return "A step that is not known"
    return said


def population_in_words(scored: ScoredMetric) -> str:
    """Who is ranked together."""
    if scored.population == "own_kind":
        return "Trusts are ranked within their own kind."
    return f"Ranked together: {kinds_in_words(scored.population)}."


def _tier_in_words(tier: Tier) -> str:
    if tier.ranked is not None:
        span = f"from {number_words(tier.ranked.best)} to {number_words(tier.ranked.worst)}"
        return f"{tier.words} is ranked {span}"
    return f"{tier.words} scores {number_words(tier.score)}"


def score_in_words(assessment: Assessment, row: Mapping[str, Any], scored: ScoredMetric) -> str:
    """How a recomputed score came about, with its inputs.

    Parameters
    ----------
    assessment
        Where it came about; the sentence is kept with it, for a page says it more than once.
    row
        A row of its ``metric_scores``.
    scored
        How the framework scores the row's metric.

    Examples
    --------
    ``score_in_words(assessment, row, assessment.framework.metric(row["metric_id"]))``
    """
    key = ("score in words", row["org_code"], scored.id)
    if key not in assessment.worked_out:
        assessment.worked_out[key] = _score_in_words(assessment, row, scored)
    found: str = assessment.worked_out[key]
    return found


def _score_in_words(assessment: Assessment, row: Mapping[str, Any], scored: ScoredMetric) -> str:
    rule = _rule_of(row, scored)
    if isinstance(rule, PublishedRule):
        if rule.with_value and row["value"] is not None:
            return "Remit does not know how the score is made of the value, and takes it as it is."
        return "The score is published without a value, so Remit takes it as it is."
    if isinstance(rule, LookupRule):
        return "Looked up from the two finance scores below."
    if row["value"] is None:
        return f"There is no value: {status_in_words(row['status'])}."
    if row["recomputed_score"] is None:
        return f"This metric is not scored for a {SubjectKind(row['org_kind']).label.lower()}."
    tier = _tier_of(tiers_of(rule), float(row["value"]))
    said = _reached(tier, rule, value_in_words(row, scored))
    if tier is not None and tier.ranked is not None:
        said = f"{said} {_ranked_in_words(assessment, row, tier, scored)}".strip()
    return said


def ranked_among(value: float | None, unit: str | None, scored: ScoredMetric) -> str:
    """Which organisations a value is ranked among, where its rule does not rank all of them.

    Parameters
    ----------
    value, unit
        The value.
    scored
        The metric with its rule.

    Examples
    --------
    ``ranked_among(77.3, "percent", scored)`` is ``that miss the standard``
    """
    rule = next((o.rule for o in scored.other_units if o.unit == unit), scored.rule)
    tier = _tier_of(tiers_of(rule), value) if value is not None else None
    if tier is None or tier.ranked is None:
        return ""
    if isinstance(rule, StandardThenRankedRule):
        return "that miss the standard"
    whole = tier.words == "any other value" and isinstance(rule, RankedRule)
    return "" if whole else "that are ranked"


def value_in_words(row: Mapping[str, Any], scored: ScoredMetric) -> str:
    """A value with as many decimals as show in which tier of its rule it falls."""
    tiers = tiers_of(_rule_of(row, scored))
    return published_words(
        row["value"], row["unit"], beside=lambda shown: int(tier_places(tiers, np.array(shown)))
    )


def _rule_of(row: Mapping[str, Any], scored: ScoredMetric) -> Rule:
    """The rule for the unit of a row's value."""
    return next((o.rule for o in scored.other_units if o.unit == row["unit"]), scored.rule)


def status_in_words(status: str | None) -> str:
    """Why a figure is missing."""
    return {
        "suppressed": "the figure is suppressed",
        "not_submitted": "the figure was not submitted",
        "not_applicable": "the metric does not apply",
        "nobody_counted": "nobody was counted, so that there is nothing to divide by",
        "beyond_whole": "the counts make a part that is larger than its whole, or below 0",
    }.get(status or "", "the files do not give one")


def _tier_of(tiers: Sequence[Tier], value: float) -> Tier | None:
    place = int(tier_places(tiers, np.array(value)))
    return tiers[place] if place >= 0 else None


def _reached(tier: Tier | None, rule: Rule, value: str) -> str:
    """Which tier the value falls in, in words."""
    if tier is None:
        return f"{value} falls in no band."
    if isinstance(rule, StandardThenRankedRule):
        if tier.score is not None:
            return (
                f"{value} meets the standard ({rule.standard.words}), which scores "
                f"{number_words(rule.met)}."
            )
        return f"{value} does not meet the standard ({rule.standard.words})."
    if tier.score is not None:
        limit = tier.words if tier.words != "any other value" else "beyond the other bands"
        return f"{value} is {limit}, which scores {number_words(tier.score)}."
    if isinstance(rule, BandsRule | RankedRule):
        return ""
    return f"{value} is to be ranked."


def _ranked_in_words(
    assessment: Assessment, row: Mapping[str, Any], tier: Tier, scored: ScoredMetric
) -> str:
    """How a rank makes a score; where not all are at hand, that the score is not made so."""
    best, worst = (tier.ranked.best, tier.ranked.worst) if tier.ranked else (1.0, 4.0)
    rank, size = row["rank"], row["population_size"]
    kinds = kinds_in_words(scored.population_of(SubjectKind(row["org_kind"])))
    result = score_words(row["recomputed_score"], assessment.framework.rounding)
    whole = tier.words == "any other value" and isinstance(scored.rule, RankedRule)
    among = "" if whole else " that are ranked"
    better = better_in_words(assessment.metrics[scored.id])
    made = f"{best:g} + {worst - best:g} × ({rank} − 1) ÷ ({size} − 1) = {result}."
    missing = assessment.populations[scored.id].missing
    if not missing or row["basis"] == "recomputed":
        return f"Ranked {rank} of {size}{among} ({kinds}; {better}): {made}"
    return (
        f"Among those at hand it ranks {rank} of {size}{among} ({better}), which alone would score "
        f"{made} Not all who are ranked together ({kinds}) are at hand: {'; '.join(missing)}."
    )
