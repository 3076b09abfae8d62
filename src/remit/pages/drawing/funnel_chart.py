"""The funnel plot of organisations at one time: their rates against their size, and the limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import sqrt
from typing import Any

import polars as pl

from remit.pages.drawing.charts import Chart, Dot, LineMark, Shape, Text, ValueScale
from remit.signals.funnel import Funnel, edges, is_beyond
from remit.words.figures import value_words
from remit.words.sentences import count_words, listed

_LEFT, _RIGHT, _TOP, _BOTTOM = 13.0, 97.0, 16.0, 266.0
_STEPS = 60
_NAMED = 5
"""So many organisations beyond the outer limits are named; more would be a list, no finding."""

_MARKS: dict[str, tuple[Shape, str, str]] = {
    "within": ("circle", "spc-common", ""),
    "better": ("square", "spc-improvement", "Squares: better than the outer limits."),
    "worse": ("triangle", "spc-concern", "Triangles: worse than the outer limits."),
    "above": ("square", "spc-neutral", "Squares: above the outer limits."),
    "below": ("triangle", "spc-neutral", "Triangles: below the outer limits."),
}


def draw_funnel(
    made: Funnel,
    name: str,
    *,
    label: str = "org_code",
    denominator: str = "denominator",
    unit: str = "%",
    scale: float = 100.0,
    chart_id: str = "funnel",
) -> Chart:
    """Draw organisations in a funnel.

    Parameters
    ----------
    made
        What :func:`remit.signals.funnel.funnel` made of a polars frame.
    name
        What is measured, as the chart's title says it.
    label, denominator
        The columns that name an organisation and hold its size.
    scale
        As it was given to ``funnel``.
    """
    rows = _rows(made.points, denominator)
    if not rows:
        return Chart(chart_id, name, f"{name}: there are no rates.", 20.0)
    x = ValueScale([0.0, *(row[denominator] for row in rows)], _LEFT, _RIGHT, ticks=4)
    curves = _curves(made, [row[denominator] for row in rows], scale)
    heights = [h for points in curves.values() for _, h in points]
    y = ValueScale([*heights, *(row["value"] for row in rows)], _BOTTOM, _TOP, ticks=4)
    grid, words = _axes(x, y, unit)
    target = LineMark(_LEFT, y(made.target), _RIGHT, y(made.target), "spc-mean")
    return Chart(
        id=chart_id,
        title=f"Funnel plot of {name}",
        finding=_finding(rows, name, label),
        height=_BOTTOM + 48,
        lines=(*grid, *_limits(curves, x, y), target),
        dots=tuple(_dot(row, x(row[denominator]), y(row["value"])) for row in rows),
        texts=tuple(words),
        legend=" ".join(_legend(made, rows, unit)),
    )


def _rows(points: pl.DataFrame, denominator: str) -> list[dict[str, Any]]:
    known = points.filter(pl.col("verdict").is_not_null())
    return known.with_columns(pl.col(denominator).cast(pl.Float64)).to_dicts()


def _curves(
    made: Funnel, sizes: Sequence[float], scale: float
) -> dict[tuple[str, int], list[tuple[float, float]]]:
    """Each limit as points of a curve, from the smallest organisation to the largest."""
    low, high = min(sizes), max(sizes)
    grown = [low * (high / low) ** (step / _STEPS) for step in range(_STEPS + 1)]
    rate = made.target / scale
    out = {}
    for css, edge in zip(("spc-inner", "spc-limit"), edges(), strict=True):
        for side in (-1, 1):
            out[css, side] = [(n, _limit(rate, n, side * edge, made) * scale) for n in grown]
    return out


def _limit(rate: float, size: float, far: float, made: Funnel) -> float:
    place = rate + far * sqrt(rate * (1 - rate) / size * made.dispersion)
    return min(max(place, 0.0), 1.0)


def _limits(
    curves: dict[tuple[str, int], list[tuple[float, float]]], x: ValueScale, y: ValueScale
) -> Iterator[LineMark]:
    for (css, _), points in curves.items():
        for before, after in pairwise(points):
            yield LineMark(x(before[0]), y(before[1]), x(after[0]), y(after[1]), css)


def _axes(x: ValueScale, y: ValueScale, unit: str) -> tuple[list[LineMark], list[Text]]:
    lines, texts = [], []
    for value, words in y.ticks():
        lines.append(LineMark(_LEFT, y(value), _RIGHT, y(value), "spc-grid"))
        texts.append(Text(_LEFT - 1.5, y(value) + 5, f"{words}{unit}", "end", "axis"))
    for value, words in (x.ticks()[0], x.ticks()[-1]):
        anchor = "start" if value == 0 else "end"
        texts.append(Text(x(value), _BOTTOM + 20, words, anchor))  # type: ignore[arg-type]
    texts.append(Text(_LEFT, _BOTTOM + 40, "Cases (denominator)", "start", "axis"))
    return lines, texts


def _dot(row: dict[str, Any], x: float, y: float) -> Dot:
    shape, css, _ = _MARKS[_beyond(row)]
    return Dot(x, y, shape, css)


def _beyond(row: dict[str, Any]) -> str:
    """Which mark an organisation bears; within the outer limits it is like the others."""
    verdict = str(row["verdict"])
    return verdict.partition("_")[0] if is_beyond(verdict) else "within"


def _finding(rows: Sequence[dict[str, Any]], name: str, label: str) -> str:
    out = [row for row in rows if _beyond(row) != "within"]
    all_of_them = count_words(len(rows), "organisation")
    if not out:
        return f"{name}: chance can explain how {all_of_them} differ; none stands out."
    told = [f"{row[label]} ({_beyond(row)})" for row in out[:_NAMED]]
    rest = len(out) - len(told)
    if rest:
        told.append(f"{rest} more")
    verb = "lies" if len(out) == 1 else "lie"
    return f"{name}: {len(out)} of {all_of_them} {verb} beyond the outer limits: {listed(told)}."


def _legend(made: Funnel, rows: Sequence[dict[str, Any]], unit: str) -> Iterator[str]:
    yield f"Solid line: {value_words(made.target, '')}{unit}, which all are held against."
    yield "Dotted lines: 95% and 99.8% limits, wider for those with fewer cases."
    for kind, (_, _, words) in _MARKS.items():
        if words and any(_beyond(row) == kind for row in rows):
            yield words
    if made.dispersion > 1:
        yield (
            f"Organisations differ {value_words(made.dispersion, '')} times as much as "
            "chance allows; the "
            "limits are widened for it."
        )
