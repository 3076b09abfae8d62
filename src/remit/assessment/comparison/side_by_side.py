"""One organisation under two frameworks: what differs in its score, and by which rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from remit.assessment.explaining.words import population_in_words, rule_in_words
from remit.assessment.result.assessment import Assessment
from remit.model.errors import UnknownCode
from remit.words.nearest import nearest


@dataclass(frozen=True, slots=True)
class Side:
    """How one framework judges the organisation."""

    framework: str
    name: str
    score: float | None
    n_metrics: int
    segment: int | None
    rank: int | None
    cut_points: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DomainBeside:
    """A domain's score under both; None where a framework has no such domain or no score."""

    domain: str
    one: float | None
    two: float | None


@dataclass(frozen=True, slots=True)
class MetricBeside:
    """A metric's rule and score under both; a rule of "" means that it is not used there."""

    metric_id: str
    name: str
    rule_one: str
    rule_two: str
    one: float | None
    two: float | None

    @property
    def same_rule(self) -> bool:
        """Whether both score it by the same rule, in words and figures."""
        return self.rule_one == self.rule_two

    @property
    def same_score(self) -> bool:
        """Whether the scores agree when shown to two decimals."""
        if self.one is None or self.two is None:
            return self.one is self.two
        return abs(self.one - self.two) < 0.005


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One organisation under two frameworks."""

    org_code: str
    org_name: str
    period: str
    one: Side
    two: Side
    domains: tuple[DomainBeside, ...]
    metrics: tuple[MetricBeside, ...]

    def differing(self) -> tuple[MetricBeside, ...]:
        """The metrics whose rule or score differs."""
        return tuple(m for m in self.metrics if not (m.same_rule and m.same_score))


def side_by_side(one: Assessment, two: Assessment, code: str) -> SideBySide:
    """Put two assessments of the same figures beside each other for one organisation.

    Raises
    ------
    UnknownCode
        If neither knows the organisation.
    """
    codes = {*one.standing["org_code"], *two.standing["org_code"]}
    if code not in codes and code in one.not_judged:
        raise UnknownCode(f"{one.why_absent(code)}; {two.why_absent(code)}")
    if code not in codes:
        known = nearest(code, sorted(codes))
        raise UnknownCode(f"{code} is not among the {len(codes)} organisations; nearest: {known}")
    name = one.register.get(code).name_on(one.period.end)
    return SideBySide(
        org_code=code,
        org_name=name,
        period=one.period.label,
        one=_side(one, code),
        two=_side(two, code),
        domains=_domains(one, two, code),
        metrics=_metrics(one, two, code),
    )


def _side(assessment: Assessment, code: str) -> Side:
    row = _row(assessment.standing, code)
    why = [] if row else [f"{assessment.why_absent(code)}."]
    return Side(
        framework=assessment.framework.id,
        name=assessment.framework.name,
        score=row.get("average_score"),
        n_metrics=row.get("n_metrics") or 0,
        segment=row.get("final_segment"),
        rank=row.get("rank"),
        cut_points=assessment.cut_points.origin,
        notes=(*why, *assessment.notes),
    )


def _row(frame: pl.DataFrame, code: str) -> Mapping[str, Any]:
    rows = frame.filter(pl.col("org_code") == code).to_dicts()
    return rows[0] if rows else {}


def _domains(one: Assessment, two: Assessment, code: str) -> tuple[DomainBeside, ...]:
    first, second = _by(one.domain_scores, code, "domain"), _by(two.domain_scores, code, "domain")
    names = dict.fromkeys(d.name for a in (one, two) for d in a.framework.domains)
    return tuple(DomainBeside(name, first.get(name), second.get(name)) for name in names)


def _by(frame: pl.DataFrame, code: str, key: str) -> dict[str, float | None]:
    mine = frame.filter(pl.col("org_code") == code)
    return dict(mine.select(key, "score").iter_rows())


def _metrics(one: Assessment, two: Assessment, code: str) -> tuple[MetricBeside, ...]:
    """The metrics that either has a figure for, in the frameworks' order."""
    first, second = (_by(a.metric_scores, code, "metric_id") for a in (one, two))
    names = {m.id: m.name for a in (one, two) for m in a.metrics.values()}
    order = dict.fromkeys(m.id for a in (one, two) for m in a.framework.metrics)
    return tuple(
        MetricBeside(
            metric_id=metric_id,
            name=names[metric_id],
            rule_one=_rule(one, metric_id),
            rule_two=_rule(two, metric_id),
            one=first.get(metric_id),
            two=second.get(metric_id),
        )
        for metric_id in order
        if metric_id in first or metric_id in second
    )


def _rule(assessment: Assessment, metric_id: str) -> str:
    if metric_id not in assessment.metrics:
        return ""
    scored = assessment.framework.metric(metric_id)
    said = rule_in_words(scored.rule, assessment.metrics[metric_id], assessment.metrics)
    if scored.rule.type in {"ranked", "standard_then_ranked", "tiers"}:
        said += f" {population_in_words(scored)}"
    return said if scored.counts else f"{said} It does not count by itself."
