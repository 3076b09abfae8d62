"""Many values as dots by value, stacked where equal, each with a name; left is better.

Drawn for a wide screen and for a phone, with the lines that matter named above the dots.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from remit.pages.drawing.charts import ValueScale
from remit.pages.drawing.marks.mark import (
    Better,
    DrawnMark,
    line,
    number,
    of_code,
    svg,
    text,
    text_width,
)
from remit.words.figures import published_words

WIDE, NARROW = 680, 288
_EDGE, _ROW, _HIGHEST = 14.0, 18.0, 130.0
_SHAPES = {
    "circle": '<circle r="3.8"/>',
    "square": '<path d="M-3.4-3.4h6.8v6.8h-6.8z"/>',
    "triangle": '<path d="M0-4.4 4.2 3.4H-4.2z"/>',
}


@dataclass(frozen=True, slots=True)
class PeerDot:
    """The value of one organisation; ``shape`` tells its kind."""

    name: str
    value: float
    shape: str = "circle"
    code: str = ""


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A value that is drawn as an upright line with its name: ``goal``, ``middle`` or ``cut``."""

    value: float
    words: str
    css: str


@dataclass(frozen=True, slots=True)
class ValueDots:
    """Values of organisations of one sort, and the lines among them."""

    dots: tuple[PeerDot, ...]
    lines: tuple[NamedLine, ...]
    better: Better
    unit: str
    sentence: str


def distribution_mark(given: ValueDots) -> DrawnMark:
    """The dots, for both widths; its sentence is the one that is given.

    >>> dots = (PeerDot("Larkshire", 80.0), PeerDot("Saddlewick", 60.0))
    >>> made = distribution_mark(ValueDots(dots, (), "higher", "percent", "Two trusts."))
    >>> made.svg.index("Larkshire: 80%") < made.svg.index("Saddlewick: 60%")
    True
    """
    return DrawnMark(
        _drawn(given, WIDE, 8), given.sentence, _drawn(given, NARROW, 3)
    )  # fmt: skip


def _drawn(given: ValueDots, width: int, ticks: int) -> Markup:
    values = [*(dot.value for dot in given.dots), *(named.value for named in given.lines)]
    ends = (width - _EDGE, _EDGE) if given.better == "higher" else (_EDGE, width - _EDGE)
    x = ValueScale(values, *ends, ticks=ticks)
    columns = Counter(round(x(one.value) / 8) for one in given.dots)
    pitch = min(8.0, _HIGHEST / max(columns.values()))
    top = 6 + _ROW * len(given.lines)
    base = top + 12 + pitch * max(columns.values())
    shapes = [*_lines(given.lines, x, width, base), line("axis", _EDGE, base, width - _EDGE, base)]
    shapes += _axis(given, x, width, base)
    shapes += _dots(given, x, base, pitch)
    return svg("dots", (width, base + 42), given.sentence, shapes)


def _dots(given: ValueDots, x: ValueScale, base: float, pitch: float) -> list[str]:
    so_far: Counter[int] = Counter()
    found = []
    for one in sorted(given.dots, key=lambda dot: (x(dot.value), dot.name)):
        column = round(x(one.value) / 8)
        y = base - 7 - pitch * so_far[column]
        so_far[column] += 1
        name = f"{one.name}: {published_words(one.value, given.unit)}"
        at = f'transform="translate({number(x(one.value))} {number(y)})"'
        inside = f"<title>{escape(name)}</title>{_SHAPES[one.shape]}"
        found.append(f'<g class="other other--{one.shape}" {at}{of_code(one.code)}>{inside}</g>')
    return found


def _lines(lines: Sequence[NamedLine], x: ValueScale, width: int, base: float) -> list[str]:
    """Upright lines, each named in a row of its own on the side that has more room."""
    found = []
    for row, one in enumerate(sorted(lines, key=lambda named: x(named.value))):
        at, y = x(one.value), 12 + _ROW * row
        found.append(line(one.css, at, y - 10, at, base))
        found.append(_name(one.words, at, y, width))
    return found


def _name(words: str, at: float, y: float, width: int) -> str:
    """The name of a line: right of it, else left of it, else where there is room at all."""
    wide = text_width(words)
    if at + 6 + wide <= width:
        return text(words, at + 6, y, "start", "halo")
    if at - 6 - wide >= 0:
        return text(words, at - 6, y, "end", "halo")
    return text(words, max(width - wide, 0.0), y, "start", "halo")


def _axis(given: ValueDots, x: ValueScale, width: int, base: float) -> list[str]:
    found = []
    for value, words in x.ticks():
        at = x(value)
        found.append(line("tick", at, base, at, base + 5))
        half = text_width(words) / 2
        place = min(max(at, half), width - half)
        found.append(text(words, place, base + 19, "middle", "quiet"))
    found.append(text(_ENDS[given.better][0], 0, base + 37, css="quiet"))
    found.append(text(_ENDS[given.better][1], width, base + 37, "end", "quiet"))
    if given.better != "neutral":
        found.append(_arrow(base))
    return found


_ENDS: dict[Better, tuple[str, str]] = {
    "higher": ("← better: higher", "worse: lower →"),
    "lower": ("← better: lower", "worse: higher →"),
    "neutral": ("← lower", "higher →"),
}
"""What the ends of the axis are called: the better end is on the left, whichever that is."""


def _arrow(base: float) -> str:
    """The head of the axis at its better end."""
    return f'<path class="head" d="M2 {number(base)}l9-4.5v9z"/>'
