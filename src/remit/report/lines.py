"""The rows of the summary: a metric of an organisation with its icons and its sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from remit.model.metric import Better, Metric
from remit.model.spc_rules import Outlook
from remit.report.charting import Key
from remit.report.choosing import card
from remit.report.icon_words import ASSURANCES, VARIATIONS
from remit.report.view import Icon, ReportBody, ReportLine, Trace
from remit.signals.conclusion import Conclusion, conclude
from remit.signals.goals_by_day import SeriesTargets, held_against
from remit.signals.headline import facts_of, headline_of, target_half
from remit.signals.icons import YEAR_MISSED
from remit.signals.points import Charted, Point, months_old
from remit.signals.rule_sets import RuleSet
from remit.signals.sentence import latest_words, sentence
from remit.signals.target_words import asked_beside
from remit.signals.trajectories import Trajectories
from remit.signals.yearly import yearly
from remit.words.sentences import count_words, sentence_case


@dataclass(frozen=True, slots=True)
class ChartsFound:
    """What the series and the rules gave, for all organisations of a report."""

    charts: Mapping[Key, Charted]
    traces: Mapping[Key, tuple[Trace, ...]]
    targets: Mapping[tuple[str, str], SeriesTargets]
    rules: RuleSet
    end: date
    late: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What a line says of its newest figure where that is late."""
    plans: Trajectories | None = None


def lines(
    found: ChartsFound, body: ReportBody, metrics: Sequence[Metric]
) -> tuple[ReportLine, ...]:
    """The lines of an organisation, in the order of the metrics; none where nothing is held."""
    made = []
    for metric in metrics:
        key = (body.code, metric.id, "")
        charted = found.charts.get(key)
        if charted is not None and charted.held:
            made.append(_line(found, body, metric, key, charted))
    return tuple(made)


def _line(
    found: ChartsFound, body: ReportBody, metric: Metric, key: Key, charted: Charted
) -> ReportLine:
    last = charted.held[-1]
    held = held_against(found.targets[body.code, metric.id], last.end, found.end)
    by_year = yearly(held.targets, charted.held, held.end)
    concluded = conclude(charted, found.rules, held.target, by_year, is_later=bool(held.later))
    late = found.late.get((body.code, metric.id), "")
    dated = _dated(last, found, late)
    said = sentence(
        charted, found.rules, concluded, held.words,
        since=held.since, is_old=bool(dated), later=held.later,
    )  # fmt: skip
    facts = facts_of(
        charted, concluded, held.words, since=held.since, is_old=bool(dated),
        goal=held.asked.goal_beside(last.value), later=held.later,
    )  # fmt: skip
    return ReportLine(
        id=line_id(key),
        metric=card(metric),
        body=body,
        cut="",
        period=last.label,
        value=last.value,
        said=latest_words(charted, last, concluded),
        target=held.target,
        target_said=held.asked.shown,
        asked=asked_beside(held.asked, charted.held, metric, by_year),
        target_short=held.asked.in_short,
        later=held.later,
        judged_by="goal" if concluded.year_missed else held.asked.kind,
        variation=Icon(concluded.variation, VARIATIONS[concluded.variation]),
        assurance=_assurance(concluded),
        mean=last.mean,
        lower=last.lower,
        upper=last.upper,
        n_points=len(charted.held),
        sentence=said,
        headline=headline_of(facts),
        goal_said=target_half(facts),
        plan_place=found.plans.place_of(body.code, metric.id) if found.plans else "",
        late=late,
        year_missed=concluded.year_missed,
        swings=concluded.assurance in _FEW and 0 < concluded.met < len(concluded.recent),
        dated=dated,
        is_trifling=_is_trifling(metric, last, found.rules.outlook),
        who=charted.who,
        changes=charted.rebases,
        points=charted.points,
        traces=found.traces.get(key, ()),
    )


_FEW = frozenset({"too_few", "missed", "short"})
"""Codes of assurance where there are too few figures for limits."""


def _assurance(concluded: Conclusion) -> Icon:
    """The icon of assurance; that a yearly goal was missed is said where a month has no target."""
    code = concluded.assurance
    words = sentence_case(YEAR_MISSED) if concluded.year_missed else ASSURANCES[code]
    return Icon(code, words)


def line_id(key: Key) -> str:
    """A series' name as part of an address."""
    return "-".join("".join(c if c.isalnum() else " " for c in " ".join(key).lower()).split())


def _dated(last: Point, found: ChartsFound, late: str) -> str:
    """``Jun 2025 (9 months old)`` of a figure that is late or months old; else nothing."""
    months = months_old(last, found.end)
    if not late and months <= found.rules.outlook.new_months:
        return ""
    return f"{last.label} ({count_words(months, 'month')} old)"


def _is_trifling(metric: Metric, last: Point, outlook: Outlook) -> bool:
    """Whether a signal of what is neither better nor worse is too small for a headline."""
    if metric.better is not Better.NEUTRAL or last.value is None or last.mean is None:
        return False
    apart = abs(last.value - last.mean)
    if metric.unit == "percent":
        return apart < outlook.smallest_points
    return apart < outlook.smallest_share / 100 * abs(last.mean)
