"""A value among its peers: a dot each by value, left is better, equal ones stacked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from remit.pages.drawing.marks.mark import Better, DrawnMark, dot, line, point, svg
from remit.words.figures import published_words

WIDTH, HEIGHT = 300, 26
_EDGE, _BASE, _TOP, _PITCH = 9.0, 18.5, 7.0, 3.5
_FAR = 3.0
"""A goal that would stretch the scale beyond so many times the spread stands at its edge."""


@dataclass(frozen=True, slots=True)
class NamedValue:
    """The value of one organisation."""

    name: str
    value: float
    code: str = ""


@dataclass(frozen=True, slots=True)
class DotStrip:
    """A value, those of its peers, and what it is held against.

    ``ends`` are the best and the worst end of a scale that several strips share; without them
    the strip is as wide as its values. ``peers`` are named in the plural.
    """

    own: NamedValue | None
    others: tuple[NamedValue, ...]
    better: Better
    unit: str
    peers: str
    goal: float | None = None
    goal_words: str = ""
    ends: tuple[float, float] | None = None

    @property
    def values(self) -> list[float]:
        """All values drawn."""
        return [one.value for one in (*self.others, *((self.own,) if self.own else ()))]


@dataclass(frozen=True, slots=True)
class PlacedDot:
    """Where a dot stands, and whose it is."""

    of: NamedValue
    x: float
    y: float
    own: bool


def dot_strip_mark(given: DotStrip) -> DrawnMark:
    """A value among its peers.

    Parameters
    ----------
    given
        The values.

    Examples
    --------
    >>> peers = (NamedValue("Larkshire", 80.0), NamedValue("Saddlewick", 60.0))
    >>> own = NamedValue("Quillborough", 70.0)
    >>> print(dot_strip_mark(DotStrip(own, peers, "higher", "percent", "trusts")).sentence)
    Quillborough: 70%. Of the 2 other trusts shown, 1 is better and 1 worse; 80% is best, 60% worst.
    """
    sentence = strip_sentence(given)
    x = strip_scale(given)
    shapes = [line("track", _EDGE, _BASE, WIDTH - _EDGE, _BASE)]
    if given.goal is not None:
        at = min(max(x(given.goal), 2.0), WIDTH - 2.0)
        shapes.append(line("goal", at, 0, at, HEIGHT))
    shapes += [_dot(one, given.unit) for one in placed_dots(given)]
    return DrawnMark(svg("strip", (WIDTH, HEIGHT), sentence, shapes), sentence)


def strip_scale(given: DotStrip) -> Callable[[float], float]:
    """Values to places: the better end is on the left; what is neutral rises to the right."""
    best, worst = given.ends or _ends(given)

    def x(value: float) -> float:
        share = (value - best) / (worst - best) if worst != best else 0.5
        return _EDGE + share * (WIDTH - 2 * _EDGE)

    return x


def placed_dots(given: DotStrip) -> list[PlacedDot]:
    """Where each dot stands: the own last, so that it lies on top."""
    x = strip_scale(given)
    every = [*((one, False) for one in given.others), *(((given.own, True),) if given.own else ())]
    places = Counter(round(x(one.value)) for one, _ in every)
    pitch = min(_PITCH, (_BASE - _TOP) / max(max(places.values(), default=1) - 1, 1))
    so_far: Counter[int] = Counter()
    found = []
    for one, own in every:
        column = round(x(one.value))
        found.append(PlacedDot(one, x(one.value), _BASE - pitch * so_far[column], own))
        so_far[column] += 1
    return found


def strip_sentence(given: DotStrip) -> str:
    """The strip in words: the own value, how many are better and worse, both ends, the goal."""
    if not given.values:
        return "No value is known."
    ends = _ends_words(given)
    goal = f" {given.goal_words}." if given.goal_words else ""
    if given.own is None:
        return f"{len(given.others)} {given.peers}: {ends}.{goal}"
    said = f"{given.own.name}: {published_words(given.own.value, given.unit)}."
    if not given.others:
        return f"{said} No other of the {given.peers} has a value.{goal}"
    among = f"Of the {len(given.others)} other {given.peers} shown, {_counts(given)}"
    return f"{said} {among}; {ends}.{goal}"


def _dot(at: PlacedDot, unit: str) -> str:
    title = f"{at.of.name}: {published_words(at.of.value, unit)}"
    return point("mine", at.x, at.y, title) if at.own else dot(at.x, at.y, title, at.of.code)


def _ends(given: DotStrip) -> tuple[float, float]:
    low, high = min(given.values, default=0.0), max(given.values, default=1.0)
    if given.goal is not None:
        wide = (min(low, given.goal), max(high, given.goal))
        if wide[1] - wide[0] <= _FAR * (high - low) or low == high:
            low, high = wide
    return (high, low) if given.better == "higher" else (low, high)


def _ends_words(given: DotStrip) -> str:
    low, high = (published_words(end(given.values), given.unit) for end in (min, max))
    if given.better == "neutral":
        return f"they run from {low} to {high}"
    best, worst = (high, low) if given.better == "higher" else (low, high)
    return f"{best} is best, {worst} worst"


def _counts(given: DotStrip) -> str:
    own = given.own.value if given.own else 0.0
    above = sum(one.value > own for one in given.others)
    below = sum(one.value < own for one in given.others)
    first, second = (above, below) if given.better == "higher" else (below, above)
    names = ("lower", "higher") if given.better == "neutral" else ("better", "worse")
    same = len(given.others) - above - below
    said = f"{first} {'is' if first == 1 else 'are'} {names[0]} and {second} {names[1]}"
    return f"{said}, {same} the same" if same else said
