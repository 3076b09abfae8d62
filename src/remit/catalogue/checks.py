"""What a framework's declaration can get wrong beyond its shape, a fault each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from remit.model.framework import (
    Framework,
    LookupRule,
    PublishedRule,
    RankedRule,
    ScoredMetric,
)
from remit.model.metric import Better
from remit.model.organisation import SubjectKind
from remit.words.kinds import kinds_in_words
from remit.words.nearest import nearest

if TYPE_CHECKING:
    from remit.catalogue.metrics import MetricCatalogue

Place = list[str | int]
Fault = tuple[Place, str]


def faults(framework: Framework, catalogue: MetricCatalogue) -> Iterator[Fault]:
    """All faults, with the place of each in the declaration."""
    yield from _kind_faults(framework)
    yield from _reference_faults(framework, catalogue)
    yield from _lookup_faults(framework)
    yield from _segment_faults(framework, catalogue)
    yield from _adjustment_faults(framework)
    yield from _capability_faults(framework)


def _kind_faults(framework: Framework) -> Iterator[Fault]:
    """Kinds that are named twice, and those who would be ranked or cut among nobody."""
    cuts = framework.segments.cut_points
    lists: list[tuple[Place, Sequence[SubjectKind]]] = [
        (["kinds"], framework.kinds),
        (["segments", "cut_points", "population"], cuts.population),
    ]
    for index, metric in enumerate(framework.metrics):
        where: Place = ["metrics", index]
        lists.append(([*where, "kinds"], metric.kinds))
        if metric.population != "own_kind":
            lists.append(([*where, "population"], metric.population))
            yield from _population_faults([*where, "population"], metric)
    for where, kinds in lists:
        for place, kind in enumerate(kinds):
            if kind in kinds[:place]:
                yield [*where, place], f"{kind.value} is named twice; remove one of them"
    if cuts.basis == "quartiles" and not cuts.population:
        where = ["segments", "cut_points", "population"]
        yield where, "quartiles are of somebody's averages; name the kinds whose they are"


def _population_faults(where: Place, metric: ScoredMetric) -> Iterator[Fault]:
    """A kind that is scored by rank and is not among those ranked would never have a score."""
    if not metric.population:
        yield where, "nobody is ranked; name the kinds that are ranked together, or own_kind"
        return
    trusts = [kind for kind in metric.kinds if kind is not SubjectKind.ICB]
    left_out = [kind for kind in trusts if kind not in metric.population]
    if _is_ranked(metric) and left_out:
        yield (
            where,
            f"{kinds_in_words(left_out)} are scored by rank and are not among those ranked, so "
            "they would have no score; add them here, or take them out of `kinds`",
        )


def _is_ranked(metric: ScoredMetric) -> bool:
    """Whether any tier of its rules is ranked."""
    rules = (metric.rule, *(other.rule for other in metric.other_units))
    return any(
        tier.ranked is not None
        for rule in rules
        if not isinstance(rule, LookupRule | PublishedRule)
        for tier in rule.tiers()
    )


def _reference_faults(framework: Framework, catalogue: MetricCatalogue) -> Iterator[Fault]:
    domains = {domain.id for domain in framework.domains}
    seen: set[str] = set()
    for index, metric in enumerate(framework.metrics):
        where: Place = ["metrics", index]
        if metric.id not in catalogue.metrics:
            known = nearest(metric.id, catalogue.metrics)
            yield [*where, "id"], f"no metric {metric.id!r} in the catalogue; nearest: {known}"
        elif _ranks(metric) and catalogue.metrics[metric.id].better is Better.NEUTRAL:
            yield [*where, "rule"], f"{metric.id} has no better direction and cannot be ranked"
        if metric.id in seen:
            yield [*where, "id"], f"{metric.id} is scored twice"
        seen.add(metric.id)
        if metric.domain not in domains:
            yield (
                [*where, "domain"],
                f"no domain {metric.domain!r}; use one of {', '.join(sorted(domains))}",
            )
    for index, group in enumerate(framework.groups):
        for place, member in enumerate(group.members):
            if member not in seen:
                yield ["groups", index, "members", place], f"{member!r} is not scored here"
        if group.domain not in domains:
            yield ["groups", index, "domain"], f"no domain {group.domain!r}"


def _ranks(metric: ScoredMetric) -> bool:
    return isinstance(metric.rule, RankedRule)


def _lookup_faults(framework: Framework) -> Iterator[Fault]:
    scored = {metric.id: metric for metric in framework.metrics}
    for index, metric in enumerate(framework.metrics):
        if not isinstance(metric.rule, LookupRule):
            continue
        for key in ("rows", "columns"):
            other = getattr(metric.rule, key)
            where: Place = ["metrics", index, "rule", key]
            if other not in scored:
                yield where, f"{other!r} is not scored in this framework"
            elif isinstance(scored[other].rule, LookupRule):
                yield where, f"{other!r} is a look-up itself; look-ups cannot be chained"
            elif scored[other].is_evidence:
                yield where, f"{other!r} is evidence here and has no score to look up"


def _segment_faults(framework: Framework, catalogue: MetricCatalogue) -> Iterator[Fault]:
    cuts = framework.segments.cut_points
    where: Place = ["segments", "cut_points"]
    if cuts.thresholds is not None and list(cuts.thresholds) != sorted(set(cuts.thresholds)):
        yield [*where, "thresholds"], "thresholds must ascend"
    if cuts.basis == "quartiles" and cuts.thresholds is not None:
        yield [*where, "thresholds"], "quartiles come from a population; remove the thresholds"
    if cuts.basis == "judgement" and (cuts.thresholds is not None or cuts.population):
        yield where, "segments by judgement have neither thresholds nor a population; remove them"
    for index, override in enumerate(framework.segments.overrides):
        if override.flag not in catalogue.results:
            known = nearest(override.flag, catalogue.results)
            place: Place = ["segments", "overrides", index, "flag"]
            yield place, f"no flag {override.flag!r} in the catalogue; nearest: {known}"


def _adjustment_faults(framework: Framework) -> Iterator[Fault]:
    adjustment = framework.system_adjustment
    if adjustment is None:
        return
    if SubjectKind.ICB not in framework.kinds:
        yield ["system_adjustment"], "it adjusts ICBs, and `kinds` does not name icb"
    scored = {m.id for m in framework.metrics if SubjectKind.ICB in m.kinds and m.counts}
    for place, metric_id in enumerate(adjustment.metrics):
        if metric_id not in scored:
            where: Place = ["system_adjustment", "metrics", place]
            yield where, f"{metric_id!r} is not scored for ICBs here"


def _capability_faults(framework: Framework) -> Iterator[Fault]:
    capability = framework.capability
    if capability is None:
        return
    words = {word.strip().lower() for word in capability.ratings}
    for index, effect in enumerate(capability.effects):
        where: Place = ["capability", "effects", index]
        if words and effect.rating.strip().lower() not in words:
            known = ", ".join(capability.ratings)
            yield [*where, "rating"], f"{effect.rating!r} is no rating; use one of {known}"
        key = "becomes" if effect.no_better_than is None else "no_better_than"
        if getattr(effect, key) not in framework.segments.labels:
            yield [*where, key], f"there is no segment {getattr(effect, key)} among the labels"
