"""A trust over the periods at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.pages.drawing.charts import Chart, HistoryPoint, history
from remit.pages.frame.links import Link, PageKind
from remit.pages.standings.compare import whole
from remit.pages.standings.results import Results
from remit.pages.standings.trust_row import TrustRow, row_fields
from remit.words.figures import number_words
from remit.words.sentences import listed


@dataclass(frozen=True, slots=True)
class PastLine(TrustRow):
    """Where a trust stood in one period."""

    period: Link
    label: str
    cut_points: tuple[float, ...]


def past_lines(code: str, periods: Sequence[Results]) -> tuple[PastLine, ...]:
    """The periods that a trust has figures for, oldest first."""
    return tuple(_line(code, results) for results in periods if code in results.standings)


def _line(code: str, results: Results) -> PastLine:
    return PastLine(
        **row_fields(results, results.standings[code]),
        period=Link(results.period, results.page(PageKind.TRUST, code)),
        label=results.period,
        cut_points=results.assessment.cut_points.values if results.cuts_are_sound else (),
    )


def history_chart(name: str, past: Sequence[PastLine]) -> Chart | None:
    """The average score over time; None for fewer than two periods with a score."""
    if sum(1 for line in past if line.average is not None) < 2:
        return None
    said = listed([f"{number_words(line.average)} in {line.label}" for line in past])
    moments = [
        HistoryPoint(line.label, line.average, _point_words(line), line.cut_points) for line in past
    ]
    finding = f"The average score of {name} was {said}. 1.00 is best, 4.00 worst."
    return history("history", "Average score over time", finding, moments)


def _point_words(line: PastLine) -> str:
    return f"{number_words(line.average)} (segment {whole(line.segment)})"
