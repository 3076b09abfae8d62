"""Numbered notes and lettered changes: signs in rows above the plot, each with its stem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from remit.pages.drawing.charts import LineMark
from remit.pages.drawing.control.apart import moved_apart
from remit.pages.drawing.control.drawn import Badge, Caption, NoteBelow
from remit.pages.drawing.control.plot import BADGE, Plot, aim_words
from remit.signals.points import Point
from remit.words.days import short_day
from remit.words.sentences import sentence_case


@dataclass(frozen=True, slots=True)
class SpcSign:
    """A sign, the day that it is about, and its entry in the list below the chart."""

    on: date
    below: NoteBelow
    change: str = ""


def signs(held: Sequence[Point], caption: Caption) -> list[SpcSign]:
    """Changes by letter and notes by number, by time within each."""
    begun = sorted([*_rebased(held, caption), *_targets(held, caption.unit)], key=lambda s: s.on)
    lettered = [
        replace(sign, below=replace(sign.below, sign=_letter(place)))
        for place, sign in enumerate(begun)
    ]
    noted = [
        SpcSign(note.on, NoteBelow(str(note.number), note.label, sentence_case(note.text)))
        for note in caption.notes
    ]
    return [*lettered, *noted]


def badges(plot: Plot, found: Sequence[SpcSign]) -> Iterator[Badge]:
    """Where each sign stands, in as many rows as they need, and what its stem leads to."""
    ordered = sorted(found, key=lambda sign: sign.on)
    for lane in range(plot.lanes):
        here = ordered[lane :: plot.lanes]
        places = [_place(plot, sign) for sign in here]
        xs = moved_apart([x for x, _ in places], BADGE, plot.left, plot.right)
        for sign, x, (at_x, at_y) in zip(here, xs, places, strict=True):
            yield Badge(x, 10.0 + lane * BADGE, sign.below.sign, at_x, at_y)


def cuts(plot: Plot, found: Sequence[SpcSign]) -> Iterator[LineMark]:
    """Upright dashed lines where members change or limits begin anew."""
    for sign in found:
        if sign.change == "rebase":
            x = _before(plot, sign.on)
            yield LineMark(x, plot.top, x, plot.base, "spc-cut")


def _rebased(held: Sequence[Point], caption: Caption) -> Iterator[SpcSign]:
    for rebase in caption.rebases:
        after = [point for point in held if point.start >= rebase.on]
        if after and len(after) < len(held):
            first = after[0].start
            said = "Other members" if rebase.of_members else "New limits"
            words = f"{said}: {rebase.reason.rstrip('.')}."
            yield SpcSign(first, NoteBelow("", f"From {short_day(first)}", words), "rebase")


def _targets(held: Sequence[Point], unit: str) -> Iterator[SpcSign]:
    """Where the target changes from one point to the next."""
    for before, point in pairwise(held):
        if before.target == point.target:
            continue
        if before.target is None:
            words = f"The target of {aim_words(point.target or 0.0, unit)} begins."
        elif point.target is None:
            words = f"The target of {aim_words(before.target, unit)} judges no figure from here on."
        else:
            old, new = aim_words(before.target, unit), aim_words(point.target, unit)
            words = f"The target goes from {old} to {new}."
        yield SpcSign(point.start, NoteBelow("", point.label, words), "target")


def _letter(place: int) -> str:
    return chr(ord("A") + place % 26)


def _place(plot: Plot, sign: SpcSign) -> tuple[float, float]:
    """What a sign is about: a point, an upright line, or the step of a target."""
    if sign.change == "rebase":
        return _before(plot, sign.on), plot.top
    here = [p for p in plot.points if p.start <= sign.on <= p.end] or [
        p for p in plot.points if p.start >= sign.on
    ]
    point = here[0] if here else plot.points[-1]
    if sign.change == "target":
        x, side = _before(plot, sign.on), _side_of(plot, point)
        y = {1: plot.top - 10.0, -1: plot.base - 6.0}.get(side)
        return x, plot.up(point.target or plot.up.low) if y is None else y
    value = plot.base if point.value is None else plot.up(point.value) - 7.0
    return plot.across(point), value


def _side_of(plot: Plot, point: Point) -> int:
    sides = [aim.side for aim in plot.aims if aim.first.start <= point.start <= aim.last.start]
    return sides[0] if sides else 0


def _before(plot: Plot, on: date) -> float:
    """Half way to a day from the point before it."""
    before = [plot.across(point) for point in plot.points if point.start < on]
    return (plot.at(on) + before[-1]) / 2 if before else plot.at(on)
