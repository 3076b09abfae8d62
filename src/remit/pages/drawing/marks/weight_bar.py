"""What one metric adds to an average, or takes off it: a bar from a zero that all share."""

from __future__ import annotations

from dataclasses import dataclass

from remit.pages.drawing.marks.mark import DrawnMark, box, line, svg, text
from remit.words.figures import number_words, signed_words

WIDTH, HEIGHT = 150, 24
_ROOM = 66.0
"""How far the longest bar reaches from zero: its number has room on the other side."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a metric adds to the average (above zero is worse), rounded as it is printed.

    ``most`` is the largest amount of all bars that stand under each other.
    """

    name: str
    amount: float
    most: float
    decimals: int = 2


def weight_mark(given: Weight) -> DrawnMark:
    """The bar of a weight: to the right of zero it is added, to the left taken off.

    >>> weight_mark(Weight("Cancer", 0.09, 0.1)).sentence
    'Cancer: 0.09 added to the average.'
    """
    zero = WIDTH / 2
    length = _ROOM * abs(given.amount) / given.most if given.most else 0.0
    worse = given.amount > 0
    said = signed_words(given.amount, given.decimals)
    shapes = [
        box(
            "bar-worse" if worse else "bar-better", zero if worse else zero - length, 6, length, 12
        ),
        line("axis", zero, 0, zero, HEIGHT),
        text(said, zero - 6 if worse else zero + 6, 17, "end" if worse else "start"),
    ]
    sentence = _sentence(given)
    return DrawnMark(svg("weight", (WIDTH, HEIGHT), sentence, shapes), sentence)


def _sentence(given: Weight) -> str:
    size = number_words(abs(given.amount), given.decimals)
    if not given.amount:
        return f"{given.name}: nothing added to the average."
    how = "added to" if given.amount > 0 else "taken off"
    return f"{given.name}: {size} {how} the average."
