"""Why a trust moved since the quarter before: a sentence, a waterfall, causes and metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from remit.assessment.movement.apportion import plain, signed
from remit.assessment.movement.figures import MetricPart, Movement, Waterfall
from remit.assessment.movement.movement import every_movement
from remit.assessment.movement.words import parts_in_words
from remit.model.errors import AssessmentError
from remit.pages.drawing.bar_charts import Amount, waterfall
from remit.pages.drawing.charts import Chart
from remit.pages.drawing.marks.change import ScoreChange, change_mark
from remit.pages.drawing.marks.mark import DrawnMark
from remit.pages.frame.links import Link
from remit.pages.standings.results import Results
from remit.words.figures import number_words, published_words
from remit.words.sentences import sentence_case

SHOWN_METRICS = 8


@dataclass(frozen=True, slots=True)
class CauseLine:
    """What one cause adds to each figure, in the order of the view's figures."""

    cause: str
    amounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MovedMetric:
    """A metric with what it added to the change of the score, by cause."""

    metric: Link
    before: str
    after: str
    amounts: tuple[str, str, str]
    total: str
    worse: bool
    values: str
    mark: DrawnMark | None


@dataclass(frozen=True, slots=True)
class MovementView:
    """Why a trust moved between two neighbouring quarters."""

    before: str
    after: str
    sentence: str
    chart: Chart | None
    figures: tuple[str, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    causes: tuple[CauseLine, ...]
    metrics: tuple[MovedMetric, ...]
    of: int
    segments: tuple[str, ...]
    notes: tuple[str, ...]


def movement_view(results: Results, code: str, periods: Sequence[Results]) -> MovementView | None:
    """Why a trust moved; None where the quarter before cannot be set beside this one."""
    before = quarter_before(results, periods)
    found = _movements(before, results).get(code) if before else None
    if found is None:
        return None
    figures = _told(found)
    moved = [metric for metric in found.metrics if any(metric.digits)]
    return MovementView(
        before=found.before,
        after=found.after,
        sentence=found.sentence,
        chart=_chart(found),
        figures=tuple(figure.label for figure in figures),
        starts=tuple(figure.shown_start for figure in figures),
        ends=tuple(figure.shown_end for figure in figures),
        causes=_causes(figures),
        metrics=tuple(_metric(results, metric, found) for metric in moved[:SHOWN_METRICS]),
        of=len(moved),
        segments=found.segments.sentences,
        notes=found.notes,
    )


def quarter_before(results: Results, periods: Sequence[Results]) -> Results | None:
    """The quarter before that of a page, where it is at hand."""
    eve = results.assessment.period.start - timedelta(days=1)
    return next((found for found in periods if found.on == eve), None)


@lru_cache(maxsize=2)
def _movements(before: Results, after: Results) -> Mapping[str, Movement]:
    """All movements between two periods: made once, since that is quick for all together."""
    try:
        return every_movement(before.assessment, after.assessment)
    except AssessmentError:
        return {}


def _told(movement: Movement) -> list[Waterfall]:
    """The figures worth a column: the segment before overrides only where it differs."""
    plain_one, held = movement.unadjusted_segment, movement.adjusted_segment
    alike = plain_one and held and (plain_one.start, plain_one.end) == (held.start, held.end)
    return [figure for figure in movement.waterfalls if not (alike and figure is plain_one)]


def _causes(figures: Sequence[Waterfall]) -> tuple[CauseLine, ...]:
    return tuple(
        CauseLine(
            sentence_case(part.label),
            tuple(figure.part(part.factor).shown for figure in figures),
        )
        for part in figures[0].parts
    )


def _metric(results: Results, metric: MetricPart, movement: Movement) -> MovedMetric:
    decimals = movement.score.decimals
    own, others, in_set = (signed(digits, decimals) for digits in metric.digits)
    return MovedMetric(
        metric=results.metric_link(metric.metric_id),
        before=number_words(metric.score_before),
        after=number_words(metric.score_after),
        amounts=(own, others, in_set),
        total=signed(sum(metric.digits), decimals),
        worse=sum(metric.digits) > 0,
        values=_values(metric),
        mark=_change(metric, movement),
    )


def _values(metric: MetricPart) -> str:
    """The values before and after, where both are known."""
    if metric.value_before is None or metric.value_after is None:
        return ""
    before, after = metric.value_before, metric.value_after
    return f"{published_words(before, metric.unit)} → {published_words(after, metric.unit)}"


def _change(metric: MetricPart, movement: Movement) -> DrawnMark | None:
    """The score before and after, where it has both."""
    if metric.score_before is None or metric.score_after is None:
        return None
    quarters = (movement.before, movement.after)
    given = ScoreChange(metric.name, metric.score_before, metric.score_after, quarters)
    return change_mark(given)


def _chart(movement: Movement) -> Chart | None:
    """The waterfall of the score; none where no cause moved it."""
    score = movement.score
    parts = [part for part in score.parts if part.digits]
    if not parts:
        return None
    unit = 10.0**-score.decimals
    return waterfall(
        "movement",
        f"What moved the average score from {movement.before} to {movement.after}",
        f"{movement.name}: {_finding(movement)}",
        (
            Amount(movement.before, score.start_digits * unit, score.shown_start),
            Amount(movement.after, score.end_digits * unit, score.shown_end),
        ),
        [Amount(sentence_case(part.label), part.digits * unit, part.shown) for part in parts],
        axis="Average score: 1.00 is best, 4.00 worst.",
    )


def _finding(movement: Movement) -> str:
    score = movement.score
    moved = score.end_digits - score.start_digits
    parts = parts_in_words(score)
    if not moved:
        stayed = f"the average score stayed at {score.shown_end}"
        return f"{stayed}, since the causes cancel out: {parts}."
    verb = "worsened" if moved > 0 else "improved"
    by = plain(abs(moved), score.decimals)
    return f"the average score {verb} by {by}, to {score.shown_end}: {parts}."
