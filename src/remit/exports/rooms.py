"""Rectangles on a slide or a page, in inches, and what is left of one where others stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

INCH = 914400


@dataclass(frozen=True, slots=True)
class Room:
    """A rectangle in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def size(self) -> float:
        """Its surface."""
        return max(self.width, 0) * max(self.height, 0)

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """Left, top, width and height as office files have them."""
        return (
            round(self.left * INCH), round(self.top * INCH),
            round(self.width * INCH), round(self.height * INCH),
        )  # fmt: skip

    def meets(self, other: Room) -> bool:
        """Whether some of both is the same place; edges that touch are none."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > _TOUCH and down > _TOUCH

    def is_inside(self, whole: Room) -> bool:
        """Whether most of it is on the slide: some templates hide places beside it."""
        across = min(self.right, whole.right) - max(self.left, whole.left)
        down = min(self.bottom, whole.bottom) - max(self.top, whole.top)
        return self.size > 0 and max(across, 0) * max(down, 0) >= _MOST * self.size

    def beneath(self, inches: float) -> Room:
        """What is left of it under a strip of this height."""
        return Room(self.left, self.top + inches, self.width, self.height - inches)

    def upper(self, inches: float) -> Room:
        """The strip of this height at its top."""
        return Room(self.left, self.top, self.width, inches)

    def abreast(self, shares: Sequence[float], gap: float) -> list[Room]:
        """Rooms beside each other, with a gap between them."""
        free = self.width - gap * (len(shares) - 1)
        found, left = [], self.left
        for share in shares:
            width = free * share / sum(shares)
            found.append(Room(left, self.top, width, self.height))
            left += width + gap
        return found

    def stacked(self, shares: Sequence[float], gap: float) -> list[Room]:
        """Rooms beneath each other, with a gap between them."""
        free = self.height - gap * (len(shares) - 1)
        found, top = [], self.top
        for share in shares:
            height = free * share / sum(shares)
            found.append(Room(self.left, top, self.width, height))
            top += height + gap
        return found


_TOUCH = 0.01
_MOST = 0.95
_GAP = 0.08


def room_of(shape: Any) -> Room | None:
    """Where a shape stands; None where its file does not say."""
    sides = (shape.left, shape.top, shape.width, shape.height)
    if any(side is None for side in sides):
        return None
    return Room(*(side / INCH for side in sides))


def free_of(room: Room, taken: Iterable[Room]) -> Room:
    """What is left of a room if it is cut, at the side where that costs least, at each of these.

    Parameters
    ----------
    room
        The room at first.
    taken
        What stands in it or beside it.

    Examples
    --------
    >>> free_of(Room(0, 0, 10, 6), [Room(8, 0, 2, 1)]).top > 1
    True
    """
    for other in sorted(taken, key=lambda one: -one.size):
        if room.meets(other):
            room = max(_cuts(room, other), key=lambda one: one.size)
    return room


def _cuts(room: Room, other: Room) -> tuple[Room, ...]:
    above = other.top - _GAP - room.top
    before = other.left - _GAP - room.left
    under = other.bottom + _GAP
    after = other.right + _GAP
    return (
        Room(room.left, room.top, room.width, above),
        Room(room.left, room.top, before, room.height),
        Room(room.left, under, room.width, room.bottom - under),
        Room(after, room.top, room.right - after, room.height),
    )
