"""A movement as plain records: waterfalls and the metrics' parts, ready to be told or drawn."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from remit.assessment.movement.apportion import plain
from remit.assessment.movement.changes_of_segment import SegmentChanges

LABELS = {
    "own_values": "own values",
    "others_values": "other trusts' values",
    "metric_set": "metrics scored or missing",
    "cut_points": "cut points",
    "override": "override",
}
MEASURE_LABELS = {
    "average_score": "Average score",
    "unadjusted_segment": "Segment before override",
    "adjusted_segment": "Segment",
    "rank": "Rank",
}


@dataclass(frozen=True, slots=True)
class Part:
    """What one cause adds to a figure.

    ``value`` is unrounded; ``digits`` is what is shown, in units of the last digit.
    ``decisive`` says that without this change the figure would have stayed as it was,
    ``sufficient`` that with this change alone it would have come where it is.
    """

    factor: str
    label: str
    value: float
    digits: int
    shown: str
    decisive: bool
    sufficient: bool


@dataclass(frozen=True, slots=True)
class Waterfall:
    """One figure from the earlier period to the later: start, parts, end.

    ``start_digits``, the parts' ``digits`` and ``end_digits`` count the last digit shown
    (``decimals`` of them), so that what is shown sums.
    """

    measure: str
    label: str
    start: float
    end: float
    start_digits: int
    end_digits: int
    decimals: int
    parts: tuple[Part, ...]

    @property
    def change(self) -> float:
        """End less start; above zero is worse, for a score, a segment and a rank alike."""
        return self.end - self.start

    @property
    def shown_start(self) -> str:
        """The figure at the start as shown; segments and ranks without decimals."""
        return self._shown(self.start, self.start_digits)

    @property
    def shown_end(self) -> str:
        """The figure at the end as shown."""
        return self._shown(self.end, self.end_digits)

    def _shown(self, value: float, digits: int) -> str:
        if self.measure == "average_score":
            return plain(digits, self.decimals)
        return f"{value:g}"

    def part(self, factor: str) -> Part:
        """The part of one cause."""
        return next(part for part in self.parts if part.factor == factor)


@dataclass(frozen=True, slots=True)
class MetricPart:
    """What one metric adds to the change of the score, by cause.

    Scores and values are None where the metric did not count in that period. ``digits`` are
    what is shown of the three causes, in units of the score's last digit. ``how`` says how the
    own value and the others' were told apart.
    """

    metric_id: str
    name: str
    domain: str
    unit: str
    value_before: float | None
    value_after: float | None
    score_before: float | None
    score_after: float | None
    own_values: float
    others_values: float
    metric_set: float
    digits: tuple[int, int, int]
    how: str

    @property
    def total(self) -> float:
        """All that the metric adds."""
        return self.own_values + self.others_values + self.metric_set


@dataclass(frozen=True, slots=True)
class Movement:
    """Why one organisation moved between two periods.

    ``score`` and, where there are segments, ``unadjusted_segment``, ``adjusted_segment`` and
    ``rank`` are waterfalls; ``metrics`` are the metrics' parts of the score, the largest first.
    ``sentence`` tells it plainly; ``segments`` set the change of segment beside those of others
    and the overseer's own test; ``notes`` say what it rests on.
    """

    code: str
    name: str
    kind: str
    before: str
    after: str
    mode: str
    fictional: bool
    score: Waterfall
    unadjusted_segment: Waterfall | None
    adjusted_segment: Waterfall | None
    rank: Waterfall | None
    metrics: tuple[MetricPart, ...]
    sentence: str
    segments: SegmentChanges
    notes: tuple[str, ...]

    @property
    def waterfalls(self) -> tuple[Waterfall, ...]:
        """The figures that there are: score, segments, rank."""
        figures = (self.score, self.unadjusted_segment, self.adjusted_segment, self.rank)
        return tuple(figure for figure in figures if figure is not None)

    def table(self) -> pl.DataFrame:
        """One row a figure: ``measure, before, after, change`` and one column a cause.

        Beside the segment stand how it changed and what the overseer's own test says of such
        changes.
        """
        told = " ".join(self.segments.sentences[1:])
        rows = [
            {
                "measure": figure.measure,
                "before": figure.start,
                "after": figure.end,
                "change": figure.change,
                **{part.factor: part.value for part in figure.parts},
                "how_changed": self.segments.how if figure is self.adjusted_segment else "",
                "overseers_test": told if figure is self.adjusted_segment else "",
            }
            for figure in self.waterfalls
        ]
        return pl.DataFrame(rows)

    def metrics_table(self) -> pl.DataFrame:
        """One row a metric: values, scores and the three parts, unrounded."""
        rows = [{**asdict(metric), "total": metric.total} for metric in self.metrics]
        numbers = ("value_before", "value_after", "score_before", "score_after")
        frame = pl.DataFrame(rows, schema_overrides=dict.fromkeys(numbers, pl.Float64))
        return frame.drop("digits")

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain dictionaries, for JSON."""
        return asdict(self)
