"""A value among its peers: a dot each by value, left is better, equal ones stacked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

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
    if given.own is None:
        return StripOfAll(given).mark(None)
    every = replace(given, own=None, others=(*given.others, given.own))
    return StripOfAll(every).mark(len(given.others))


class StripOfAll:
    """The strips of a whole population, one for each of its members.

    All share their dots but for the own one and those that lie on it, so these are written once.
    ``given`` names nobody as its own.
    """

    def __init__(self, given: DotStrip) -> None:
        self._given = given
        self._values = sorted(one.value for one in given.others)
        self._placed = placed_dots(given)
        self._dots = [_dot(one, given.unit) for one in self._placed]
        self._lowered: dict[int, str] = {}
        x = strip_scale(given)
        self._behind = [line("track", _EDGE, _BASE, WIDTH - _EDGE, _BASE)]
        if given.goal is not None:
            at = min(max(x(given.goal), 2.0), WIDTH - 2.0)
            self._behind.append(line("goal", at, 0, at, HEIGHT))

    def mark(self, own: int | None) -> DrawnMark:
        """The strip of one member, by its place among all; without one nobody's."""
        if own is None:
            sentence = strip_sentence(self._given)
            shapes = [*self._behind, *self._dots]
        else:
            sentence = self._sentence(own)
            shapes = [*self._behind, *self._around(own)]
        return DrawnMark(svg("strip", (WIDTH, HEIGHT), sentence, shapes), sentence)

    def _around(self, own: int) -> list[str]:
        """The dots of the others, those above it a step lower, and the own one on top of all."""
        dots = self._dots.copy()
        column = self._columns[round(self._placed[own].x)]
        at = column.index(own)
        heights = [self._placed[one].y for one in column]
        for one, y in zip(column[at + 1 :], heights[at:], strict=False):
            dots[one] = self._lower(one, y)
        mine = replace(self._placed[own], y=heights[-1], own=True)
        dots.append(_dot(mine, self._given.unit))
        del dots[own]
        return dots

    @cached_property
    def _columns(self) -> dict[int, list[int]]:
        """Who stands on whom, from below, by the place of their column."""
        found: dict[int, list[int]] = defaultdict(list)
        for one, dot_at in enumerate(self._placed):
            found[round(dot_at.x)].append(one)
        return found

    def _lower(self, one: int, y: float) -> str:
        """A dot a step lower; it is the same whoever is taken out below it."""
        if one not in self._lowered:
            self._lowered[one] = _dot(replace(self._placed[one], y=y), self._given.unit)
        return self._lowered[one]

    @cached_property
    def _ends(self) -> str:
        return _ends_words(self._given)

    def _sentence(self, own: int) -> str:
        value, values = self._given.others[own], self._values
        above = len(values) - bisect_right(values, value.value)
        below = bisect_left(values, value.value)
        return _own_sentence(self._given, value, (above, below, len(values) - 1), self._ends)


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
    places = [x(one.value) for one, _ in every]
    columns = [round(place) for place in places]
    most = max(Counter(columns).values(), default=1)
    pitch = min(_PITCH, (_BASE - _TOP) / max(most - 1, 1))
    so_far: Counter[int] = Counter()
    found = []
    for (one, own), place, column in zip(every, places, columns, strict=True):
        found.append(PlacedDot(one, place, _BASE - pitch * so_far[column], own))
        so_far[column] += 1
    return found


def strip_sentence(given: DotStrip) -> str:
    """The strip in words: the own value, how many are better and worse, both ends, the goal."""
    if not given.values:
        return "No value is known."
    ends = _ends_words(given)
    if given.own is None:
        return f"{len(given.others)} {given.peers}: {ends}.{_goal_sentence(given)}"
    own, others = given.own.value, given.others
    above = sum(one.value > own for one in others)
    below = sum(one.value < own for one in others)
    return _own_sentence(given, given.own, (above, below, len(others)), ends)


def _own_sentence(given: DotStrip, own: NamedValue, others: tuple[int, int, int], ends: str) -> str:
    """``others`` are those above it, those below it, and all of them."""
    said = f"{own.name}: {published_words(own.value, given.unit)}."
    if not others[-1]:
        return f"{said} No other of the {given.peers} has a value.{_goal_sentence(given)}"
    among = f"Of the {others[-1]} other {given.peers} shown, {_counts(given.better, others)}"
    return f"{said} {among}; {ends}.{_goal_sentence(given)}"


def _goal_sentence(given: DotStrip) -> str:
    return f" {given.goal_words}." if given.goal_words else ""


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


def _counts(better: Better, others: tuple[int, int, int]) -> str:
    above, below, every = others
    first, second = (above, below) if better == "higher" else (below, above)
    names = ("lower", "higher") if better == "neutral" else ("better", "worse")
    same = every - above - below
    said = f"{first} {'is' if first == 1 else 'are'} {names[0]} and {second} {names[1]}"
    return f"{said}, {same} the same" if same else said
