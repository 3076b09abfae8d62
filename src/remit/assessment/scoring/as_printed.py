"""The metrics of a framework as the files of a quarter print them.

Remit may know a framework only in outline: its files have metrics that no declaration names, or
use an old identifier for another metric. Their scores are taken as published, under the name, the
unit and the domain that the file gives them; no rule is made up for them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from remit.assessment.result.assessment import Mode
from remit.catalogue import LoadedFramework, load_metrics
from remit.frames.figures import Figures
from remit.model.errors import AssessmentError
from remit.model.framework import (
    Domain,
    EvidenceRule,
    Framework,
    LookupRule,
    PublishedRule,
    Rule,
    ScoredMetric,
)
from remit.model.metric import Better, Metric
from remit.model.observation import PrintedMetric
from remit.model.organisation import SubjectKind
from remit.model.period import Period
from remit.words.sentences import listed

_NAMED = 12
_NOTE = "Remit does not know this metric: name, unit and score are as the file prints them."


@dataclass(frozen=True, slots=True)
class AsPrinted:
    """A framework together with the metrics that only its files name.

    Attributes
    ----------
    loaded
        The framework, with those metrics beside its own.
    metrics
        These metrics.
    """

    loaded: LoadedFramework
    metrics: tuple[Metric, ...] = ()

    @property
    def scored(self) -> tuple[Metric, ...]:
        """Those of them that have a score, whose rule is not known."""
        return tuple(
            metric
            for metric in self.metrics
            if not self.loaded.framework.metric(metric.id).is_evidence
        )


def as_printed(loaded: LoadedFramework, figures: Figures, period: Period) -> AsPrinted:
    """The framework with the metrics that files of its own publication print for a quarter.

    Parameters
    ----------
    loaded
        What is declared of the framework.
    figures
        Their sources say which metrics are printed under which name.
    period
        What is printed for a quarter is the framework's that is in force in it.
    """
    framework = loaded.framework
    if not _prints(framework, period):
        return AsPrinted(loaded)
    rows = figures.observations.filter(
        ((pl.col("release") == period.label) | pl.col("release").is_null())
        & pl.col("source_id").is_in(list(figures.sources))
    )
    in_outline = bool(framework.segments.lacks)
    printed = [one for one in _at_hand(figures, rows) if in_outline or not one.known]
    of_metrics = [one for one in printed if one.part != "result"]
    if in_outline:
        framework = _as_far_as_printed(loaded, rows, any(o.part == "score" for o in printed))
    domains = _domains(framework, printed)
    made = {
        of: _metric(of, [one for one in of_metrics if one.of == of])
        for of in dict.fromkeys(one.of for one in of_metrics)
    }
    kinds = _kinds_of(rows, {one.metric_id: one.of for one in of_metrics})
    scored = [
        _scored(metric, framework, domains, kinds[metric.id], of_metrics)
        for metric in made.values()
    ]
    kept = tuple(one for one in framework.metrics if one.id not in made)
    whole = framework.model_copy(
        update={"metrics": (*kept, *scored), "domains": tuple(domains.values())}
    )
    metrics = {**loaded.metrics, **made}
    return AsPrinted(replace(loaded, framework=whole, metrics=metrics), tuple(made.values()))


def _as_far_as_printed(
    loaded: LoadedFramework, rows: pl.DataFrame, has_further_scores: bool
) -> Framework:
    """A framework in outline with those of its metrics alone that the files have, for whom they do.

    Its declaration lets metrics of another year stand in; where its own files are at hand, one
    that they do not have is not missing from them. Files without a score leave it as it is.
    """
    framework = loaded.framework
    of = {metric.id: metric.id for metric in framework.metrics}
    scores = {score: key for key in of if (score := loaded.metrics[key].score_id)}
    has_scores = not rows.filter(pl.col("metric_id").is_in(list(scores))).is_empty()
    if not (has_scores or has_further_scores):
        return framework
    kinds = _kinds_of(rows, {**of, **scores})
    metrics = [
        one.model_copy(update={"kinds": kinds[one.id], "rule": _rule_of(one, kinds)})
        for one in framework.metrics
        if one.id in kinds
    ]
    groups = (
        group.model_copy(update={"members": tuple(m for m in group.members if m in kinds)})
        for group in framework.groups
    )
    whole = tuple(group for group in groups if len(group.members) > 1)
    return framework.model_copy(update={"metrics": tuple(metrics), "groups": whole})


def _rule_of(scored: ScoredMetric, there: Collection[str]) -> Rule:
    """The rule of a metric; a score that is looked up from others is as published without them."""
    rule = scored.rule
    if isinstance(rule, LookupRule) and not {rule.rows, rule.columns} <= set(there):
        return PublishedRule(type="published")
    return rule


def _prints(framework: Framework, period: Period) -> bool:
    """Whether the publication of a quarter is the framework's own."""
    segments, whose = framework.segments, load_metrics().whose
    results = (framework.aggregation.published_average, segments.published_adjusted)
    return any(name and whose(name, period.end) == framework.id for name in results)


def _at_hand(figures: Figures, rows: pl.DataFrame) -> list[PrintedMetric]:
    """What the sources of some rows print, each identifier that is among them once."""
    there = set(rows.select("source_id", "metric_id").unique().iter_rows())
    found: dict[str, PrintedMetric] = {}
    for source_id, source in figures.sources.items():
        for one in source.printed:
            if (source_id, one.metric_id) in there:
                found.setdefault(one.metric_id, one)
    return list(found.values())


def _domains(framework: Framework, printed: Sequence[PrintedMetric]) -> dict[str, Domain]:
    """The framework's domains, and those that only the file names, by their folded name."""
    found = {_folded(domain.name): domain for domain in framework.domains}
    taken = {domain.id for domain in framework.domains}
    for one in printed:
        if one.part == "result" or _folded(one.domain) in found:
            continue
        slug = re.sub(r"[^a-z0-9]+", "-", one.domain.lower()).strip("-") or "other"
        name = one.domain or "No domain named"
        results = [r for r in printed if r.part == "result" and r.domain == one.domain]
        found[_folded(one.domain)] = Domain(
            id=slug if slug not in taken else f"{slug}-as-printed",
            name=name,
            published_score=_first(r.metric_id for r in results if r.unit == "score"),
            published_segment=_first(r.metric_id for r in results if r.unit == "segment"),
        )
    return found


def _first(found: Iterable[str]) -> str | None:
    return next(iter(found), None)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _metric(metric_id: str, printed: Sequence[PrintedMetric]) -> Metric:
    """A metric of which there is no more than what its rows say."""
    value = next((one for one in printed if one.part == "value"), None)
    score = next((one for one in printed if one.part == "score"), None)
    told = value or printed[0]
    return Metric(
        id=metric_id,
        name=told.name,
        unit=told.unit if value else "score",
        better=Better.NEUTRAL,
        better_known=False,
        score_id=score.metric_id if score else None,
        sub_domain=told.sub_domain,
        horizon="today",
        aim="none",
        setting="not known",
        why_it_matters="Remit does not know this metric.",
        source="as the file prints it",
    )


def _kinds_of(rows: pl.DataFrame, of: Mapping[str, str]) -> dict[str, tuple[SubjectKind, ...]]:
    """For whom each metric is printed, by the identifiers of its values and of its scores."""
    pairs = rows.filter(pl.col("metric_id").is_in(list(of))).select("metric_id", "org_kind")
    found: dict[str, set[str]] = {}
    for metric_id, kind in pairs.unique().iter_rows():
        found.setdefault(of[metric_id], set()).add(kind)
    return {
        metric_id: tuple(kind for kind in SubjectKind if kind.value in kinds)
        for metric_id, kinds in found.items()
    }


def _scored(
    metric: Metric,
    framework: Framework,
    domains: Mapping[str, Domain],
    kinds: tuple[SubjectKind, ...],
    printed: Sequence[PrintedMetric],
) -> ScoredMetric:
    """The published score of a metric as the framework's; a value without one is evidence."""
    told = next(one for one in printed if one.of == metric.id)
    has_value = any(one.of == metric.id and one.part == "value" for one in printed)
    declared = next((one for one in framework.metrics if one.id == metric.id), None)
    scored = metric.score_id is not None
    return ScoredMetric(
        id=metric.id,
        domain=domains[_folded(told.domain)].id,
        kinds=kinds,
        rule=PublishedRule(type="published", with_value=has_value)
        if scored
        else EvidenceRule(type="evidence"),
        counts=scored and (declared is None or declared.counts),
        verified=False,
        note=_NOTE,
    )


def check_can_be_recomputed(printed: AsPrinted, mode: Mode, *, with_cut_points: bool) -> None:
    """Refuse where a framework of which the outline alone is known has scores without a rule.

    Parameters
    ----------
    printed
        The framework, and the metrics that only the files name.
    mode
        ``published`` is never refused.
    with_cut_points
        Whether the user gave the thresholds.

    Raises
    ------
    AssessmentError
        With everything that is missing, by name.
    """
    framework = printed.loaded.framework
    lacks = framework.segments.lacks
    if mode == "published" or not lacks or not printed.scored:
        return
    thresholds = [] if with_cut_points else ["the thresholds between segments (--cut-points)"]
    rules = f"the rules of {_named(printed.scored)}"
    steps = [f"{step.name}" for step in framework.segments.unknown_steps]
    raise AssessmentError(
        f"{framework.name} cannot be recomputed. Not known to Remit: "
        f"{'; '.join([*thresholds, rules, *steps])}. With --mode published the published scores "
        "and segments are taken as they are"
    )


def printed_notes(printed: AsPrinted) -> tuple[str, ...]:
    """What a result says of the metrics that were taken as their file prints them."""
    evidence = [metric for metric in printed.metrics if metric not in printed.scored]
    notes = []
    if printed.scored:
        notes.append(
            "Scores taken as published, since Remit does not know the metrics or their rules: "
            f"{_named(printed.scored)}."
        )
    if evidence:
        notes.append(f"Published without a score, and not scored: {_named(evidence)}.")
    return tuple(notes)


def _named(metrics: Sequence[Metric]) -> str:
    """Metrics by identifier and name; of very many the first, and how many more."""
    said = [f"{metric.id} ({metric.name})" for metric in metrics[:_NAMED]]
    more = len(metrics) - _NAMED
    return listed([*said, f"{more} more"] if more > 0 else said)
