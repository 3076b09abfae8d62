"""A score before and after: a ring, then a triangle where it is worse, a square if better."""

from __future__ import annotations

from dataclasses import dataclass

from remit.pages.drawing.marks.mark import DrawnMark, Kind, line, point, svg
from remit.words.figures import number_words

WIDTH, HEIGHT = 150, 24
_LEFT, _RIGHT, _MIDDLE = 8.0, 142.0, 12.0


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A score in two periods, on the scale from best to worst."""

    name: str
    before: float
    after: float
    periods: tuple[str, str]
    best: float = 1.0
    worst: float = 4.0

    @property
    def kind(self) -> Kind:
        """Whether it is worse, better or the same."""
        if self.after == self.before:
            return "usual"
        rising = self.after > self.before
        return "worse" if rising == (self.worst > self.best) else "better"


def change_mark(given: ScoreChange) -> DrawnMark:
    """A change of score; left is better.

    >>> change_mark(ScoreChange("A&E", 1.0, 2.67, ("Q2", "Q3"))).sentence
    'A&E: score 1.00 in Q2, 2.67 in Q3, which is worse.'
    """
    start, end = _at(given, given.before), _at(given, given.after)
    marks = [_LEFT + third * (_RIGHT - _LEFT) / 3 for third in range(4)]
    shapes = [
        line("track", _LEFT, _MIDDLE, _RIGHT, _MIDDLE),
        *(line("tick", at, 9, at, 15) for at in marks),
        line(f"step-{given.kind}", start, _MIDDLE, end, _MIDDLE),
        point("before", start, _MIDDLE),
        point(given.kind, end, _MIDDLE),
    ]
    sentence = _sentence(given)
    return DrawnMark(svg("change", (WIDTH, HEIGHT), sentence, shapes), sentence)


def _at(given: ScoreChange, value: float) -> float:
    share = (value - given.best) / (given.worst - given.best)
    return _LEFT + min(max(share, 0.0), 1.0) * (_RIGHT - _LEFT)


def _sentence(given: ScoreChange) -> str:
    before, after = number_words(given.before), number_words(given.after)
    said = f"{given.name}: score {before} in {given.periods[0]}, {after} in {given.periods[1]}"
    if given.kind == "usual":
        return f"{said}, which is the same."
    return f"{said}, which is {given.kind}."
