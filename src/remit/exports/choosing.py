"""Which exceptions get a chart in a pack: today's and tomorrow's in turn, so that room is equal."""

from __future__ import annotations

from itertools import zip_longest

from remit.report.view import Line, ReportView
from remit.report.words import count_words, sentence_case

CHARTS = 20
"""How many charts a pack of slides or a document carries if nothing else is said."""


def chosen(view: ReportView, charts: int) -> list[Line]:
    """The exceptions that are drawn: from today and tomorrow in turn, each in its own order.

    Parameters
    ----------
    view
        The report.
    charts
        How many at most.
    """
    drawable = [line for line in view.exceptions if line.points]
    today = [line for line in drawable if line.metric.horizon == "today"]
    tomorrow = [line for line in drawable if line.metric.horizon == "tomorrow"]
    turns = [line for pair in zip_longest(today, tomorrow) for line in pair if line is not None]
    return turns[:charts]


def left_out_words(view: ReportView, drawn: int) -> str:
    """How many exceptions are not drawn in the pack, and where they are; empty if none."""
    left = len([line for line in view.exceptions if line.points]) - drawn
    if left <= 0:
        return ""
    more = sentence_case(count_words(left, "further exception"))
    has = "has its chart" if left == 1 else "have their charts"
    return f"{more} {has} on the report’s pages."
