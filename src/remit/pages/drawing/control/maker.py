"""From the points of a series to its control chart: the drawings, the key and the list of notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from remit.pages.drawing.control.drawn import (
    LOOKS,
    Caption,
    SpcChart,
    SpcDrawing,
    SpcKey,
    SpcLook,
)
from remit.pages.drawing.control.layers import (
    aims,
    aims_off,
    axis,
    crosses,
    dots,
    end_labels,
    levels,
    paths,
    plans,
    usual_ranges,
)
from remit.pages.drawing.control.looks import MARKS
from remit.pages.drawing.control.plot import Plot, plots
from remit.pages.drawing.control.shapes import key_shapes, picture_of
from remit.pages.drawing.control.signs import SpcSign, badges, cuts, signs
from remit.signals.icons import COMMON_CAUSE, ENDED
from remit.signals.points import Point, until_words
from remit.signals.targets import target_steps
from remit.words.figures import value_words
from remit.words.sentences import sentence_case

BETTER = {"higher": "Up is better", "lower": "Down is better"}


def draw_spc(
    points: Sequence[Point], caption: Caption, looks: Sequence[SpcLook] = LOOKS
) -> SpcChart:
    """Draw the points of one series, at least one of which has a value.

    Parameters
    ----------
    points
        In order of time; those without a value are gaps.
    caption
        What is written on the chart and below it.
    looks
        The widths for which it is drawn.

    Examples
    --------
    ``draw_spc(line.points, caption).wide.dots``
    """
    held = [point for point in points if point.value is not None]
    found = signs(held, caption)
    laid = list(plots(points, caption, looks, len(found)))
    drawings = tuple(_drawing(one, caption, found) for one in laid)
    told = f"{caption.about}. {caption.finding}" if caption.about else caption.finding
    return SpcChart(
        id=caption.id,
        title=caption.title,
        finding=caption.finding,
        about=caption.about,
        drawings=drawings,
        pictures=tuple(picture_of(one, told) for one in drawings),
        key=tuple(_key(laid[0], found, caption)),
        notes=tuple(sign.below for sign in found),
        legend=" ".join(_legend(laid[0].held, caption)),
    )


def _drawing(plot: Plot, caption: Caption, found: Sequence[SpcSign]) -> SpcDrawing:
    lines, texts = axis(plot, caption.unit)
    return SpcDrawing(
        look=plot.look,
        bands=tuple(usual_ranges(plot)),
        lines=(
            *lines,
            *levels(plot),
            *aims(plot),
            *plans(plot),
            *cuts(plot, found),
            *crosses(plot),
        ),
        paths=tuple(paths(plot)),
        dots=tuple(dots(plot)),
        texts=(*texts, *aims_off(plot, caption.unit), *end_labels(plot)),
        badges=tuple(badges(plot, found)),
    )


def _key(plot: Plot, found: Sequence[SpcSign], caption: Caption) -> Iterator[SpcKey]:
    """What the signs on the chart mean: only those that are there."""
    for sign, words in _keyed(plot, found, caption):
        yield SpcKey(sign, words, key_shapes(sign))


def _keyed(plot: Plot, found: Sequence[SpcSign], caption: Caption) -> Iterator[tuple[str, str]]:
    limited = any(plot.limits(point) for point in plot.held)
    if limited:
        ended = until_words(plot.held, lambda point: plot.limits(point) is not None)
        yield "range", f"usual range{ended}"
    kinds = {(dot.shape, dot.css.removesuffix(" spc-last")) for dot in dots(plot)}
    for kind, (shape, css, words) in MARKS.items():
        # Nothing is usual where no point has limits; a signal of the past has no sign of its own.
        if (shape, css) in kinds and kind != ENDED and (limited or kind != COMMON_CAUSE):
            yield f"{shape} {css}", words
    if plot.aims:
        yield "aim", f"target{until_words(plot.held, lambda point: point.target is not None)}"
    if any(point.trajectory is not None for point in plot.points):
        yield "planned", caption.planned or "own plan"
    if any(sign.change == "rebase" for sign in found):
        yield "cut", "limits begin anew"
    if any(point.value is None for point in plot.points):
        yield "missing", "no figure"


def _legend(held: Sequence[Point], caption: Caption) -> Iterator[str]:
    """What the lines are, in figures, and the rule set: a sentence each."""
    yield from _lines(held[-1], caption.unit)
    if steps := target_steps(held, caption.unit):
        yield f"Target (dashed): {steps}."
    yield from (f"{sentence_case(one)}." for one in caption.asked)
    if caption.planned and caption.plan_place:
        yield f"{sentence_case(caption.planned)} (dashes and dots): {caption.plan_place}."
    if caption.better in BETTER:
        yield f"{BETTER[caption.better]}."
    if caption.baseline is not None:
        yield f"Mean and limits rest on the first {caption.baseline} figures."
    yield f"Rules: {caption.label} ({caption.rules})."


def _lines(last: Point, unit: str) -> Iterator[str]:
    if last.mean is not None:
        yield f"Mean (solid line): {value_words(last.mean, unit)}."
    if last.lower is not None:
        low, high = value_words(last.lower, unit), value_words(last.upper, unit)
        yield f"Usual range (process limits, dotted): {low} to {high}."
