"""What the sentence of a rule can see: the latest point and those before it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from remit.signals.points import Charted, Point
from remit.signals.spacing import is_whole
from remit.words.figures import decimals_apart, value_words
from remit.words.sentences import count_words


def told_decimals(unit: str, point: Point) -> int | None:
    """How many decimals a value needs, to be read apart from the level that a rule sets it against.

    That is the limit that it lies beyond, else, of a run, the mean; None of any other point.

    Examples
    --------
    7.78 days below a lower limit of 7.83 need 2
    """
    level = _level_of(point)
    if point.value is None or level is None:
        return None
    return decimals_apart(unit, point.value, level)


def _level_of(point: Point) -> float | None:
    value, low, high = point.value, point.lower, point.upper
    if value is not None and low is not None and high is not None and not low <= value <= high:
        return high if value > high else low
    return point.mean if point.rule.startswith("shift") else None


@dataclass(frozen=True, slots=True)
class Seen:
    """The latest stretch of a series, whose last point a rule has named."""

    charted: Charted

    @property
    def latest(self) -> Point:
        """The latest point with a value."""
        return self.charted.held[-1]

    @property
    def side(self) -> int:
        """The side on which the rule spoke."""
        return self.latest.side

    def on_one_side(self) -> int:
        """How many of the latest points lie on the rule's side of the mean, in a row."""
        count = 0
        for point in reversed(self.charted.stretch):
            if point.value is None or point.mean is None:
                break
            if (point.value - point.mean) * self.side <= 0:
                break
            count += 1
        return count

    def steps(self) -> int:
        """How many of the latest steps from point to point go the rule's way, in a row."""
        values = [point.value for point in self.charted.stretch if point.value is not None]
        count = 0
        for after, before in pairwise(reversed(values)):
            if (after - before) * self.side <= 0:
                break
            count += 1
        return count

    def length(self, count: int) -> str:
        """So many of the latest points: ``9 months``; ``9 figures`` with a gap between them."""
        noun = self.charted.noun
        days = [point.start for point in self.charted.stretch[-count:]]
        is_named = noun != "point" and is_whole(days, noun)
        return count_words(count, noun if is_named else "figure")

    def beside(self, level: float | None) -> str:
        """A level that the value is set against, with as many decimals as tell the two apart."""
        unit = self.charted.unit
        return value_words(level, unit, decimals=told_decimals(unit, self.latest))
