"""What is held month by month of one organisation: a row a metric, in its own usual range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.model.metric import Metric
from remit.pages.drawing.marks.mark import DrawnMark, Kind
from remit.pages.drawing.marks.sparkline import Spark, spark_mark
from remit.pages.standings.monthly import MONTHS, Monthly
from remit.report.icon_words import state_words
from remit.signals.points import Charted
from remit.signals.sentence import possible_limits
from remit.words.figures import value_words, without_unit
from remit.words.sentences import count_words

_KINDS: dict[str, Kind] = {"concern": "worse", "improvement": "better"}


@dataclass(frozen=True, slots=True)
class MonthlyRow:
    """One metric: its latest figure, its latest months, its usual range, its state in words."""

    id: str
    name: str
    said: str
    period: str
    spark: DrawnMark
    usual: str
    kind: Kind
    state: str


def monthly_rows(monthly: Monthly | None, code: str) -> tuple[MonthlyRow, ...]:
    """The metrics of an organisation, those that are no noise first.

    Parameters
    ----------
    monthly
        What is held.
    code
        The organisation.
    """
    if monthly is None:
        return ()
    rows = [_row(monthly.metrics[m], chart) for m, chart in monthly.of(code).items()]
    order: dict[Kind, int] = {"worse": 0, "better": 1, "usual": 2}
    return tuple(sorted(rows, key=lambda row: order[row.kind]))


def monthly_finding(rows: Sequence[MonthlyRow]) -> str:
    """What the rows say together.

    >>> monthly_finding([])
    'No metric is held month by month'
    """
    if not rows:
        return "No metric is held month by month"
    worse, better = (sum(row.kind == kind for row in rows) for kind in ("worse", "better"))
    return (
        f"Month by month, {count_words(len(rows), 'metric')}: {worse} worse and {better} better "
        "than chance explains"
    )


def _row(metric: Metric, chart: Charted) -> MonthlyRow:
    last = chart.held[-1]
    kind = _KINDS.get(last.cause, "usual")
    points = chart.points[-MONTHS:]
    limits = (last.lower, last.upper)
    usual, band = "", None
    if limits[0] is not None and limits[1] is not None:
        low, high = possible_limits(chart, limits[0], limits[1])
        usual, band = f"{without_unit(low, metric.unit)} to {high}", (limits[0], limits[1])
    name = metric.short or metric.name
    return MonthlyRow(
        id=metric.id,
        name=metric.name,
        said=value_words(last.value, metric.unit),
        period=last.label,
        spark=spark_mark(
            Spark(
                name,
                tuple(point.label for point in points),
                tuple(point.value for point in points),
                metric.unit,
                kind,
                band,
            )
        ),
        usual=usual,
        kind=kind,
        state=state_words(chart.variation),
    )
