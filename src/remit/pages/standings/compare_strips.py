"""All organisations of a kind as a strip, in which chosen ones have a letter's shape."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from remit.model.framework import ScoredMetric
from remit.pages.drawing.marks.dot_strip import (
    HEIGHT,
    WIDTH,
    DotStrip,
    NamedValue,
    placed_dots,
    strip_scale,
    strip_sentence,
)
from remit.pages.drawing.marks.mark import line, number, svg
from remit.pages.standings.results import Results, TrustStanding
from remit.pages.standings.rules import standard_value
from remit.words.figures import number_words, published_words
from remit.words.names import kind_words, short_trust_name

SHAPES = (
    '<path class="a" d="M0-6.4 6.4 0 0 6.4-6.4 0z"/>',
    '<circle class="b" r="4.8"/>',
    '<path class="c" d="M-4.5-4.5h9v9h-9z"/>',
    '<path class="d" d="M0-6 5.6 4.6H-5.6z"/>',
    '<path class="e" d="M0 6 5.6-4.6H-5.6z"/>',
    '<path class="f" d="M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5"/>',
)
"""The shapes of A to F; the page's script takes them from the page."""

_OTHER = '<circle class="other" r="3.6"/>'


def strip_of(
    results: Results,
    standings: Sequence[TrustStanding],
    scored: ScoredMetric | None,
    chosen: Sequence[str],
) -> Markup:
    """The values of a metric, or the average scores without one, of all of a kind.

    Parameters
    ----------
    results, standings
        The period, and all organisations of the kind.
    scored
        The metric.
    chosen
        The codes of those with a shape of their own, in their order.
    """
    given = _values(results, standings, scored)
    names = {one.org_code: short_trust_name(one.org_name) for one in standings}
    x = strip_scale(given)
    shapes = [line("track", 9, 18.5, WIDTH - 9, 18.5)]
    if given.goal is not None:
        at = min(max(x(given.goal), 2.0), WIDTH - 2.0)
        shapes.append(line("goal", at, 0, at, HEIGHT))
    dots = sorted(placed_dots(given), key=lambda dot: dot.of.name in chosen)
    for dot in dots:
        shape = SHAPES[chosen.index(dot.of.name)] if dot.of.name in chosen else _OTHER
        said = f"{names[dot.of.name]}: {_shown(dot.of.value, given.unit)}"
        shapes.append(
            f'<g data-code="{escape(dot.of.name)}" transform="translate({number(dot.x)} '
            f'{number(dot.y)})"><title>{escape(said)}</title><g>{shape}</g></g>'
        )
    return svg("compared", (WIDTH, HEIGHT), strip_sentence(given), shapes)


def _values(
    results: Results, standings: Sequence[TrustStanding], scored: ScoredMetric | None
) -> DotStrip:
    """The codes stand in the place of names, so that the page's script finds the dots."""
    kinds = kind_words(standings[0].kind)
    if scored is None:
        averages = [
            NamedValue(one.org_code, one.average_score)
            for one in standings
            if one.average_score is not None
        ]
        return DotStrip(None, tuple(averages), "lower", "", kinds)
    metric = results.assessment.metrics[scored.id]
    codes = {one.org_code for one in standings}
    values = [
        NamedValue(one.org_code, one.value)
        for one in results.by_metric.get(scored.id, ())
        if one.org_code in codes and one.value is not None and one.unit in (None, metric.unit)
    ]
    goal = standard_value(metric.standard) if metric.standard else None
    return DotStrip(None, tuple(values), metric.better.value, metric.unit, kinds, goal)


def _shown(value: float, unit: str) -> str:
    return published_words(value, unit) if unit else number_words(value)
