"""All metrics of a trust as rows of one table: its value among its peers, and what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from remit.model.organisation import TrustKind
from remit.pages.drawing.marks.dot_strip import DotStrip, NamedValue, StripOfAll
from remit.pages.drawing.marks.mark import DrawnMark
from remit.pages.drawing.marks.sparkline import Spark, spark_mark
from remit.pages.standings.metric_lines import MetricLine
from remit.pages.standings.movement_view import quarter_before
from remit.pages.standings.results import Results
from remit.pages.standings.rules import standard_value, standard_words
from remit.words.figures import rounded, signed_words
from remit.words.names import kind_words, short_trust_name


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """A metric's row; ``change`` is the score's, above zero worse, empty where it is not known."""

    line: MetricLine
    goal: str
    strip: DrawnMark
    change: str
    worse: bool | None
    past: DrawnMark | None


def metric_rows(
    results: Results, code: str, lines: Sequence[MetricLine], periods: Sequence[Results]
) -> tuple[ScoredRow, ...]:
    """The rows of some metrics, the worst score first.

    Parameters
    ----------
    results
        The period of the page.
    code
        The trust.
    lines
        Its metrics.
    periods
        All periods at hand, oldest first.
    """
    ordered = sorted(lines, key=lambda line: -(line.score or 0.0))
    return tuple(_row(results, code, line, periods) for line in ordered)


def _row(results: Results, code: str, line: MetricLine, periods: Sequence[Results]) -> ScoredRow:
    metric = results.assessment.metrics[line.metric_id]
    change, worse = _change(results, code, line, periods)
    goal = standard_words(metric.standard, metric.unit) if metric.standard else ""
    return ScoredRow(line, goal, _strip(results, code, line.metric_id, goal), change, worse,
                     _past(code, line, periods))  # fmt: skip


def _change(
    results: Results, code: str, line: MetricLine, periods: Sequence[Results]
) -> tuple[str, bool | None]:
    before = quarter_before(results, periods)
    earlier = before.scored_lines(code).get(line.metric_id) if before else None
    if earlier is None or earlier.score is None or line.score is None:
        return "", None
    change = float(rounded(line.score - earlier.score, 2))
    return ("same", None) if not change else (signed_words(change), change > 0)


def _strip(results: Results, code: str, metric_id: str, goal: str) -> DrawnMark:
    own = results.by_organisation[code][metric_id]
    if own.value is None:
        places, strips = _score_strips(results, metric_id, own.org_kind)
    else:
        places, strips = _value_strips(results, metric_id, own.org_kind, own.unit, goal)
    return strips.mark(places.get(code))


Strips = tuple[Mapping[str, int], StripOfAll]
"""The strips of a kind of organisation, and the place of each among its kind."""


@lru_cache(maxsize=256)
def _value_strips(
    results: Results, metric_id: str, kind: TrustKind, unit: str | None, goal: str
) -> Strips:
    metric = results.assessment.metrics[metric_id]
    named = {
        one.org_code: one.value
        for one in results.by_metric[metric_id]
        if one.org_kind is kind and one.value is not None and one.unit == unit
    }
    given = DotStrip(
        own=None,
        others=_named(results, named),
        better=metric.better.value,
        unit=unit or metric.unit,
        peers=kind_words(kind),
        goal=standard_value(metric.standard) if metric.standard else None,
        goal_words=f"Standard: {goal}" if goal else "",
    )
    return {code: place for place, code in enumerate(named)}, StripOfAll(given)


@lru_cache(maxsize=256)
def _score_strips(results: Results, metric_id: str, kind: TrustKind) -> Strips:
    named = {
        one.org_code: one.score
        for one in results.by_metric[metric_id]
        if one.org_kind is kind and one.score is not None
    }
    others, kinds = _named(results, named), kind_words(kind)
    given = DotStrip(None, others, "lower", "", kinds, ends=(1.0, 4.0))
    return {code: place for place, code in enumerate(named)}, StripOfAll(given)


def _named(results: Results, values: Mapping[str, float]) -> tuple[NamedValue, ...]:
    return tuple(NamedValue(_name(results, code), value, code) for code, value in values.items())


def _past(code: str, line: MetricLine, periods: Sequence[Results]) -> DrawnMark | None:
    scores = [one.scored_lines(code).get(line.metric_id) for one in periods]
    values = tuple(one.score if one else None for one in scores)
    if sum(value is not None for value in values) < 2:
        return None
    labels = tuple(one.period for one in periods)
    name = f"Score of {line.metric.text}"
    return spark_mark(
        Spark(name, labels, values, "", ends=(1.0, 4.0), upwards=False, size=(70, 24))
    )


def _name(results: Results, code: str) -> str:
    standing = results.standings.get(code)
    return short_trust_name(standing.org_name) if standing else code


def kind_head(kind: TrustKind) -> str:
    """The head of the column of dots."""
    return f"{kind_words(kind)[0].upper()}{kind_words(kind)[1:]}: ← better, worse →"
