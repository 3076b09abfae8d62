"""Outlines of ICBs on a day, as far as they are known, and their tiles.

Outlines are those of 2022. An ICB that took over whole ones alone is joined of them; one that took
part of a divided ICB has none, since where the line runs is not in the source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from remit.catalogue.declared import packaged
from remit.model.organisation import Organisation
from remit.register.register import Register

if TYPE_CHECKING:
    from remit.model.shapes import ShapesFile

Corner = tuple[int, int]
Ring = tuple[Corner, ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """Outlines and tiles, the size of their grid, and what has to be said beside them."""

    width: int
    height: int
    rings: Mapping[str, tuple[Ring, ...]]
    tiles: Mapping[str, tuple[int, int]]
    attribution: str
    title: str


@cache
def icb_outlines() -> Outlines:
    """The outlines of the 42 ICBs of 2022 and the tiles of all ICBs since."""
    file = _file()
    return Outlines(
        width=file.width,
        height=file.height,
        rings={one.code: tuple(_ring(ring) for ring in one.rings) for one in file.shapes},
        tiles={one.code: (one.column, one.row) for one in file.tiles},
        attribution=file.source.attribution,
        title=file.source.title,
    )


def outline_on(register: Register, organisation: Organisation, on: date) -> tuple[Ring, ...]:
    """The outline of an ICB on a day; empty where it is not known.

    Parameters
    ----------
    register
        Who took over whose work.
    organisation
        The ICB.
    on
        A day on which it is open.

    Examples
    --------
    >>> from remit.register import load_register
    >>> register = load_register()
    >>> bool(outline_on(register, register.get("Z9B2Z"), date(2026, 4, 1)))
    True
    >>> outline_on(register, register.get("S9B9J"), date(2026, 4, 1))
    ()
    """
    known = icb_outlines().rings
    former = [
        one
        for one in register.predecessors(organisation.code)
        if one.succession and one.succession.on <= on
    ]
    if any(one.succession and len(one.succession.successors) > 1 for one in former):
        return ()
    parts = [known.get(organisation.code, ()), *(outline_on(register, one, on) for one in former)]
    if not former:
        return parts[0]
    if not all(parts[1:]):
        return ()
    return joined(ring for part in parts for ring in part)


def joined(rings: Iterable[Ring]) -> tuple[Ring, ...]:
    """Rings as one outline: what two of them share is left out.

    >>> left = ((0, 0), (1, 0), (1, 1), (0, 1))
    >>> right = ((1, 0), (2, 0), (2, 1), (1, 1))
    >>> [len(ring) for ring in joined([left, right])]
    [6]
    """
    edges = Counter(
        edge for ring in rings for edge in pairwise([*ring, ring[0]]) if edge[0] != edge[1]
    )
    left: dict[Corner, list[Corner]] = {}
    for (start, end), count in edges.items():
        for _ in range(count - edges[end, start]):
            left.setdefault(start, []).append(end)
    found = []
    while left:
        found.append(_walked(left))
    return tuple(ring for ring in found if len(ring) > 2)


def _walked(left: dict[Corner, list[Corner]]) -> Ring:
    """One ring of the edges that are left, which are taken away."""
    start = at = next(iter(left))
    ring = []
    while at in left:
        ring.append(at)
        ends = left[at]
        following = ends.pop()
        if not ends:
            del left[at]
        at = following
        if at == start:
            break
    return tuple(ring)


def _ring(written: str) -> Ring:
    numbers = list(map(int, written.split()))
    steps = list(zip(numbers[::2], numbers[1::2], strict=True))
    corners = [steps[0]]
    for across, down in steps[1:]:
        corners.append((corners[-1][0] + across, corners[-1][1] + down))
    return tuple(corners)


def _file() -> ShapesFile:
    from remit.model.shapes import ShapesFile

    (file,) = packaged("shapes")
    return file.validate(ShapesFile)
