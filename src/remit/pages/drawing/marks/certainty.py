"""How sure an average is: segments as zones, its likely range, and what a rule closes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from remit.pages.drawing.marks.ladder import closed_words, hatching
from remit.pages.drawing.marks.mark import DrawnMark, box, line, point, svg, text, text_width
from remit.words.figures import number_words
from remit.words.sentences import listed

_TOP, _BOTTOM, _EDGE = 22.0, 70.0, 10.0
WIDE, NARROW, HEIGHT = 420, 284, 112


@dataclass(frozen=True, slots=True)
class Certainty:
    """An average with its likely range, between the cut points of the segments."""

    own: float
    likely: tuple[float, float] | None
    cuts: tuple[float, ...]
    segment: int | None = None
    closed: frozenset[int] = frozenset()
    best: float = 1.0
    worst: float = 4.0

    @property
    def reached(self) -> tuple[int, ...]:
        """The segments that the range reaches over, by the score alone."""
        low, high = self.likely or (self.own, self.own)
        first, last = (1 + sum(end > cut for cut in self.cuts) for end in (low, high))
        return tuple(range(first, last + 1))


def certainty_mark(given: Certainty) -> DrawnMark:
    """How sure an average is, for a wide screen and for a narrow one.

    >>> certainty_mark(Certainty(2.51, (2.12, 2.9), (1.99, 2.41, 2.95))).sentence[:64]
    'Average score 2.51, likely 2.12 to 2.90, where 1.00 is best and '
    """
    sentence = _sentence(given)
    wide, narrow = (
        svg("certainty", (width, HEIGHT), sentence, _drawn(given, width))
        for width in (WIDE, NARROW)
    )
    return DrawnMark(wide, sentence, narrow)


def _drawn(given: Certainty, width: float) -> list[str]:
    def x(value: float) -> float:
        share = (value - given.best) / (given.worst - given.best)
        return _EDGE + min(max(share, 0.0), 1.0) * (width - 2 * _EDGE)

    ends = [x(given.best), *map(x, given.cuts), x(given.worst)]
    shapes = [
        shape
        for segment, (left, right) in enumerate(pairwise(ends), start=1)
        for shape in _zone(given, segment, left, right)
    ]
    middle = (_TOP + _BOTTOM) / 2
    if given.likely:
        shapes.append(line("likely", x(given.likely[0]), middle, x(given.likely[1]), middle))
    shapes.append(point("mine", x(given.own), middle))
    words = _range_words(given)
    half = text_width(words) / 2
    at = min(max(x(given.own), half), width - half)
    shapes.append(text(words, at, 88, "middle", "strong"))
    shapes.append(text(f"{number_words(given.best)} best", _EDGE, 107, "start", "quiet"))
    shapes.append(text(f"{number_words(given.worst)} worst", width - _EDGE, 107, "end", "quiet"))
    return shapes


def _zone(given: Certainty, segment: int, left: float, right: float) -> list[str]:
    width = right - left
    css = "zone zone--odd" if segment % 2 else "zone"
    found = [box(css, left, _TOP, width, _BOTTOM - _TOP)]
    if segment in given.closed:
        found += hatching(left, _TOP, width, _BOTTOM - _TOP)
    full = f"Segment {segment}"
    words = full if text_width(full) <= width else str(segment)
    if text_width(words) <= width:
        strong = "strong" if segment == given.segment else "quiet"
        found.append(text(words, (left + right) / 2, 15, "middle", strong))
    return found


def _range_words(given: Certainty) -> str:
    own = number_words(given.own)
    if given.likely is None:
        return own
    low, high = map(number_words, given.likely)
    return f"{own}, likely {low} to {high}" if low != high else own


def _sentence(given: Certainty) -> str:
    best, worst = number_words(given.best), number_words(given.worst)
    said = f"Average score {_range_words(given)}, where {best} is best and {worst} worst."
    if given.likely and given.cuts:
        names = [str(segment) for segment in given.reached]
        noun = "segment" if len(names) == 1 else "segments"
        verb = "lies within" if len(names) == 1 else "reaches over"
        said += f" The range {verb} {noun} {listed(names)}."
    return f"{said} {closed_words(sorted(given.closed))}" if given.closed else said
