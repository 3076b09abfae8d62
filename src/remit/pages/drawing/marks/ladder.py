"""The ladder of segments: a box each, the one in force dark, those that a rule closes hatched."""

from __future__ import annotations

from dataclasses import dataclass

from remit.pages.drawing.marks.mark import DrawnMark, box, line, svg, text
from remit.words.sentences import listed


@dataclass(frozen=True, slots=True)
class Ladder:
    """The segments there are, the one in force, and those that a rule closes."""

    segments: tuple[int, ...]
    own: int | None
    closed: frozenset[int] = frozenset()
    size: int = 24


def ladder_mark(given: Ladder) -> DrawnMark:
    """The ladder of segments.

    >>> ladder_mark(Ladder((1, 2, 3, 4), 3, frozenset({1, 2}))).sentence
    'Segment 3 of 4. Segments 1 and 2 are hatched: a rule closes them.'
    """
    sentence = _sentence(given)
    shapes = [
        shape for place, one in enumerate(given.segments) for shape in _step(given, place, one)
    ]
    whole = (given.size * len(given.segments) + 1, given.size + 1)
    css = "ladder ladder--large" if given.size > 30 else "ladder"
    return DrawnMark(svg(css, whole, sentence, shapes), sentence)


def _step(given: Ladder, place: int, segment: int) -> list[str]:
    size = given.size
    x = place * size + 0.5
    own = segment == given.own
    shut = segment in given.closed and not own
    found = [box("step step--own" if own else "step", x, 0.5, size, size)]
    if shut:
        found += hatching(x, 0.5, size, size)
    css = "on-dark strong" if own else "halo" if shut else "quiet"
    middle = x + size / 2
    found.append(text(str(segment), middle, size / 2 + (7 if size > 30 else 5), "middle", css))
    return found


def hatching(x: float, y: float, width: float, height: float, gap: float = 6) -> list[str]:
    """Lines that rise to the right over a rectangle, and nowhere beyond it."""
    found = []
    start = gap - height
    while start < width:
        left, right = max(start, 0.0), min(start + height, width)
        if right - left > 1:
            found.append(
                line(
                    "hatch",
                    x + left,
                    y + height - (left - start),
                    x + right,
                    y + height - (right - start),
                )
            )
        start += gap
    return found


def _sentence(given: Ladder) -> str:
    of = len(given.segments)
    said = f"Segment {given.own} of {of}." if given.own is not None else "No segment."
    shut = sorted(given.closed - {given.own or 0})
    return f"{said} {closed_words(shut)}" if shut else said


def closed_words(shut: list[int]) -> str:
    """That segments are hatched and why: ``Segment 1 is hatched: a rule closes it.``"""
    if len(shut) == 1:
        return f"Segment {shut[0]} is hatched: a rule closes it."
    return f"Segments {listed([str(one) for one in shut])} are hatched: a rule closes them."
