"""A series in a cell: its usual range as a band, its line, and its last point by shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from remit.pages.drawing.marks.mark import DrawnMark, Kind, box, kind_words, path, point, svg, text
from remit.words.figures import published_words

_EDGE = 6.0


@dataclass(frozen=True, slots=True)
class Spark:
    """A series over time; a missing value is None, and breaks the line.

    ``upwards`` false turns the picture over, for scores of which more is worse; ``ends`` are
    the low and high end of a scale that several share. ``said`` is the last value as the page
    prints it, where that is not as it was published.
    """

    name: str
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    unit: str
    kind: Kind = "usual"
    usual: tuple[float, float] | None = None
    ends: tuple[float, float] | None = None
    upwards: bool = True
    size: tuple[int, int] = (150, 32)
    said: str = ""


def spark_mark(given: Spark) -> DrawnMark:
    """A sparkline.

    >>> spark_mark(Spark("ZA2", ("Q1", "Q2"), (1.0, 2.5), "score")).sentence
    'ZA2, Q1 to Q2: 2.5 in Q2.'
    """
    sentence = spark_sentence(given)
    return DrawnMark(svg("spark", given.size, sentence, spark_shapes(given, given.size)), sentence)


def small_multiple_mark(given: Spark, size: tuple[int, int] = (160, 64)) -> DrawnMark:
    """One of several series on one scale, larger, with its last value beside the last point."""
    sentence = spark_sentence(given)
    last = last_of(given)
    if last is None:
        return DrawnMark(svg("multiple", size, sentence, []), sentence)
    words = given.said or published_words(last[1], given.unit)
    room = min(10.0 + 8.2 * len(words), size[0] / 2)
    inner = (size[0] - room, size[1])
    shapes = spark_shapes(given, inner)
    x, y = _scales(given, inner)
    at = min(max(y(last[1]) + 4.5, 13.0), size[1] - 3.0)
    shapes.append(text(words, x(last[0]) + 8, at, "start", "strong"))
    return DrawnMark(svg("multiple", size, sentence, shapes), sentence)


def spark_shapes(given: Spark, size: tuple[float, float]) -> list[str]:
    """What a sparkline draws, from back to front."""
    last = last_of(given)
    if last is None:
        return []
    x, y = _scales(given, size)
    shapes = []
    if given.usual:
        top, bottom = sorted(map(y, given.usual))
        shapes.append(box("usual", _EDGE, top, size[0] - 2 * _EDGE, bottom - top))
    shapes += [path([(x(at), y(value)) for at, value in run]) for run in _runs(given.values)]
    return [*shapes, point(given.kind, x(last[0]), y(last[1]))]


def spark_sentence(given: Spark) -> str:
    """The series in words: its last value, what it is, its usual range, what is missing."""
    last = last_of(given)
    if last is None:
        return f"{given.name}: no value is known."
    span = f"{given.labels[0]} to {given.labels[-1]}" if len(given.labels) > 1 else given.labels[0]
    value = given.said or published_words(last[1], given.unit)
    word = kind_words(given.kind, given.usual)
    said = f"{given.name}, {span}: {value} in {given.labels[last[0]]}{word}."
    if given.usual:
        low, high = (published_words(end, given.unit) for end in given.usual)
        said += f" Usual range {low} to {high}."
    missing = sum(value is None for value in given.values)
    return f"{said} Missing: {missing}." if missing else said


def last_of(given: Spark) -> tuple[int, float] | None:
    """The place and the value of the last point that is there."""
    known = [(place, value) for place, value in enumerate(given.values) if value is not None]
    return known[-1] if known else None


Place = Callable[[float], float]


def _scales(given: Spark, size: tuple[float, float]) -> tuple[Place, Place]:
    known = [value for value in given.values if value is not None]
    reach = [*known, *(given.usual or ()), *(given.ends or ())]
    low, high = min(reach), max(reach)
    width, height = size

    def x(place: float) -> float:
        steps = max(len(given.values) - 1, 1)
        return _EDGE + place * (width - 2 * _EDGE) / steps

    def y(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        up = share if given.upwards else 1 - share
        return height - _EDGE - up * (height - 2 * _EDGE)

    return x, y


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """The stretches without a gap, of two points or more."""
    runs: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((place, value))
    return [run for run in runs if len(run) > 1]
