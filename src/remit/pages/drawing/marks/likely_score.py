"""Where an average score mostly lies, between the cut points of the segments."""

from __future__ import annotations

from dataclasses import dataclass

from remit.pages.drawing.marks.mark import DrawnMark, line, point, svg
from remit.words.figures import number_words
from remit.words.sentences import range_words

WIDTH, HEIGHT, _EDGE = 150, 24, 8.0


@dataclass(frozen=True, slots=True)
class LikelyScore:
    """An average with its likely range, and the cut points where they are sound."""

    name: str
    own: float
    likely: tuple[float, float] | None
    cuts: tuple[float, ...] = ()
    best: float = 1.0
    worst: float = 4.0


def likely_score_mark(given: LikelyScore) -> DrawnMark:
    """An average on the scale of all scores; left is best, dotted lines are cut points.

    >>> likely_score_mark(LikelyScore("ZA2", 2.51, (2.12, 2.9), (1.99, 2.41))).sentence
    'ZA2: average score 2.51, likely 2.12 to 2.90, where 1.00 is best and 4.00 worst.'
    """
    middle = HEIGHT / 2

    def x(value: float) -> float:
        share = (value - given.best) / (given.worst - given.best)
        return _EDGE + min(max(share, 0.0), 1.0) * (WIDTH - 2 * _EDGE)

    shapes = [line("track", x(given.best), middle, x(given.worst), middle)]
    shapes += [line("cut", x(cut), 0, x(cut), HEIGHT) for cut in given.cuts]
    if given.likely:
        shapes.append(line("range-line", x(given.likely[0]), middle, x(given.likely[1]), middle))
    shapes.append(point("usual", x(given.own), middle))
    sentence = _sentence(given)
    return DrawnMark(svg("likely-score", (WIDTH, HEIGHT), sentence, shapes), sentence)


def _sentence(given: LikelyScore) -> str:
    said = f"{given.name}: average score {number_words(given.own)}"
    if given.likely:
        said += f", likely {range_words(*map(number_words, given.likely))}"
    best, worst = number_words(given.best), number_words(given.worst)
    return f"{said}, where {best} is best and {worst} worst."
