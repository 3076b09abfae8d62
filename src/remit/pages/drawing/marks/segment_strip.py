"""Segments over quarters: a box a quarter, higher is better, the last one dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from remit.pages.drawing.marks.mark import DrawnMark, box, path, svg, text, text_width
from remit.words.figures import number_words

_BOX, _STEP, _TOP = 22.0, 13.0, 3.0


@dataclass(frozen=True, slots=True)
class QuarterSegment:
    """A quarter, its segment (None where there is none), and its average score."""

    label: str
    segment: int | None
    average: float | None = None


@dataclass(frozen=True, slots=True)
class SegmentStrip:
    """The segments of some quarters, oldest first; ``own`` is the label of the one shown dark."""

    quarters: tuple[QuarterSegment, ...]
    own: str
    worst: int = 4
    width: float = 230


def segment_strip_mark(given: SegmentStrip) -> DrawnMark:
    """Segments over quarters.

    >>> quarters = (QuarterSegment("Q1", 1, 1.49), QuarterSegment("Q2", 3, 2.51))
    >>> segment_strip_mark(SegmentStrip(quarters, "Q2")).sentence
    'Segment 1 in Q1, with an average of 1.49, and segment 3 in Q2, with an average of 2.51.'
    """
    sentence = _sentence(given)
    step = given.width / max(len(given.quarters), 1)
    height = _TOP + _BOX + _STEP * (given.worst - 1) + 40
    middles = [(place + 0.5) * step for place in range(len(given.quarters))]
    shapes = _joins(given, middles)
    for middle, one in zip(middles, given.quarters, strict=True):
        shapes += _quarter(given, one, middle, step, height)
    return DrawnMark(svg("segments", (given.width, height), sentence, shapes), sentence)


def _joins(given: SegmentStrip, middles: list[float]) -> list[str]:
    known = [
        (middle, _y(one.segment) + _BOX / 2) if one.segment is not None else None
        for middle, one in zip(middles, given.quarters, strict=True)
    ]
    return [path([a, b]) for a, b in pairwise(known) if a and b]


def _quarter(
    given: SegmentStrip, one: QuarterSegment, middle: float, step: float, height: float
) -> list[str]:
    own = one.label == given.own
    css = "strong" if own else "quiet"
    found = []
    if one.segment is not None:
        y = _y(one.segment)
        found.append(box("step step--own" if own else "step", middle - _BOX / 2, y, _BOX, _BOX))
        found.append(text(str(one.segment), middle, y + 16, "middle", "on-dark" if own else ""))
    for row, words in enumerate((_short(one.label), number_words(one.average))):
        if text_width(words) <= step or own:
            found.append(text(words, middle, height - 21 + 16 * row, "middle", css))
    return found


def _y(segment: int) -> float:
    return _TOP + _STEP * (segment - 1)


def _short(label: str) -> str:
    """The quarter without its year: ``2025/26 Q3`` is ``Q3``."""
    return label.rpartition(" ")[2]


def _sentence(given: SegmentStrip) -> str:
    joined = quarters_words(given.quarters)
    return f"{joined[:1].upper()}{joined[1:]}." if joined else "No quarter is known."


def quarters_words(quarters: Sequence[QuarterSegment]) -> str:
    """The quarters inside a sentence: ``segment 1 in Q1, and segment 3 in Q2``."""
    said = []
    for one in quarters:
        words = f"segment {one.segment} in {one.label}" if one.segment else f"none in {one.label}"
        if one.average is not None:
            words += f", with an average of {number_words(one.average)}"
        said.append(words)
    return f"{', '.join(said[:-1])}, and {said[-1]}" if len(said) > 1 else "".join(said)
