"""Which exceptions get a chart in a pack: the most urgent, spread over the metrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, zip_longest

from remit.report.view import ReportLine, ReportView
from remit.words.sentences import count_words, sentence_case

CHARTS = 20
"""How many charts a pack of slides or a document carries if nothing else is said."""


EACH = 2
"""How many charts one metric has in a pack at most, so that it does not crowd out the others."""


def chosen(view: ReportView, charts: int) -> list[ReportLine]:
    """The exceptions that are drawn, the most urgent first.

    Concerns come before improvements, the organisation's own before its members'; within each,
    today and tomorrow take turns. What is neither better nor worse stands in the tables alone.

    Parameters
    ----------
    view
        The report.
    charts
        How many at most.
    """
    drawn: Counter[str] = Counter()
    kept = []
    for line in _in_turn(view):
        if drawn[line.metric.id] < EACH:
            drawn[line.metric.id] += 1
            kept.append(line)
    return kept[:charts]


def _in_turn(view: ReportView) -> Iterator[ReportLine]:
    """The exceptions fit for a chart, today's and tomorrow's in turn within each rank."""
    drawable = [line for line in view.exceptions if line.points and not line.is_neutral]
    for _, group in groupby(drawable, key=lambda line: (line.rank, line.body != view.body)):
        alike = list(group)
        today = [line for line in alike if line.metric.horizon == "today"]
        tomorrow = [line for line in alike if line.metric.horizon == "tomorrow"]
        yield from (line for pair in zip_longest(today, tomorrow) for line in pair if line)


def left_out_words(view: ReportView, drawn: int) -> str:
    """How many exceptions are not drawn in the pack, and where they are; empty if none."""
    left = len([line for line in view.exceptions if line.points]) - drawn
    if left <= 0:
        return ""
    more = sentence_case(count_words(left, "further exception"))
    has = "has its chart" if left == 1 else "have their charts"
    return f"{more} {has} on the report’s pages."
