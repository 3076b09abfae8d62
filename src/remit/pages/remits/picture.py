"""Who answers to whom, as a picture: bodies on a grid, and numbered lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from remit.model.remit import Body, Line, Status
from remit.remits import RemitMap
from remit.remits.subjects import SubjectOf

WIDTH, HEIGHT = 1000, 630
_HALF, _TALL = 66, 22
"""Half the width and half the height of a body's box."""

_PLACES: dict[str, tuple[int, int]] = {
    "dhsc": (480, 36),
    "ukhsa": (80, 136),
    "nhs-resolution": (236, 136),
    "nhse-national": (480, 136),
    "cqc": (700, 136),
    "hssib": (880, 136),
    "nhse-region": (480, 240),
    "local-authority": (786, 240),
    "icp": (110, 354),
    "icb": (300, 354),
    "hwb": (640, 354),
    "hosc": (786, 354),
    "healthwatch": (930, 354),
    "place": (90, 474),
    "collaborative": (280, 494),
    "trust-board": (480, 494),
    "governors": (700, 494),
    "neighbourhood": (90, 590),
}
_SPARE_ROW = 590
HOW_WORDS = {
    "accounts": "answers to",
    "overseen": "is overseen by",
    "contract": "has a contract with",
    "scrutiny": "is scrutinised by",
    "partnership": "is a partner of",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A body's box; ``below`` is the code of the organisation that it is here."""

    x: int
    y: int
    name: str
    below: str
    ends: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A line: its path, the place of its number, and what it means in words."""

    number: int
    path: str
    x: float
    y: float
    css: str
    proposed: bool
    body: str
    how: str
    to: str
    says: str
    basis: str
    source: str
    url: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PictureView:
    """The picture of a day, and the same as a list of sentences."""

    title: str
    on: date
    subject: SubjectOf
    finding: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    proposed: bool


def picture_view(
    remit_map: RemitMap, title: str, subject: SubjectOf, on: date, *, proposed: bool
) -> PictureView:
    """The picture of who answers to whom, for an organisation on a day.

    Parameters
    ----------
    remit_map, subject, on
        What the picture is of.
    title
        The page's title.
    proposed
        Whether proposals are drawn too; each is marked.
    """
    lines = remit_map.lines_on(on, subject.kinds, proposed=proposed)
    places = _places(remit_map, lines)
    nodes = tuple(
        _node(remit_map.bodies[body_id], place, subject, proposed)
        for body_id, place in places.items()
    )
    edges = tuple(_edges(remit_map, lines, places))
    holders = {line.to for line in lines if line.body == "trust-board"}
    return PictureView(
        title=title,
        on=on,
        subject=subject,
        finding=_finding(remit_map, lines, holders),
        nodes=nodes,
        edges=edges,
        proposed=any(edge.proposed for edge in edges),
    )


def _finding(remit_map: RemitMap, lines: Sequence[Line], holders: set[str]) -> str:
    start = f"{len(lines)} lines of accountability between {len(_drawn(lines))} bodies."
    if not holders:
        return start
    names = ", ".join(body.short for body in remit_map.bodies.values() if body.id in holders)
    return f"{start} A trust board answers to {len(holders)} of them: {names}."


def _drawn(lines: Sequence[Line]) -> list[str]:
    return list(dict.fromkeys(name for line in lines for name in (line.to, line.body)))


def _places(remit_map: RemitMap, lines: Sequence[Line]) -> dict[str, tuple[int, int]]:
    """The place of each body; one that the grid does not know stands in a row at the foot."""
    drawn = set(_drawn(lines))
    known = {name: place for name, place in _PLACES.items() if name in drawn}
    spare = [name for name in remit_map.bodies if name in drawn and name not in known]
    step = (WIDTH - 200) / max(len(spare), 1)
    placed = {name: (int(240 + step * n), _SPARE_ROW) for n, name in enumerate(spare)}
    return known | placed


def _node(body: Body, place: tuple[int, int], subject: SubjectOf, proposed: bool) -> Node:
    named = subject.named(body)
    ends = proposed and body.proposed_end is not None
    below = named.code if named else ""
    return Node(*place, body.short, "would close" if ends else below, ends)


def _edges(
    remit_map: RemitMap, lines: Sequence[Line], places: dict[str, tuple[int, int]]
) -> list[Edge]:
    seen: dict[tuple[str, str], int] = {}
    found = []
    for number, line in enumerate(lines, start=1):
        shift = seen.get((line.body, line.to), 0)
        seen[line.body, line.to] = shift + 1
        path, x, y = _path(places[line.body], places[line.to], shift, line)
        source = remit_map.source_of(line)
        basis = line.legal_basis
        if basis and not line.legal_basis_verified:
            basis = f"{basis} (not verified)"
        found.append(
            Edge(
                number=number,
                path=path,
                x=x,
                y=y,
                css=line.how,
                proposed=line.status is Status.PROPOSED,
                body=remit_map.bodies[line.body].name,
                how=HOW_WORDS[line.how],
                to=remit_map.bodies[line.to].name,
                says=line.says,
                basis=basis,
                source=source.title if source else "",
                url=source.url if source else "",
                marks=_marks(line),
            )
        )
    return found


def _marks(line: Line) -> tuple[str, ...]:
    proposed = line.status is Status.PROPOSED
    words = (("proposed, not law", proposed), ("not verified", not line.verified))
    return tuple(text for text, holds in words if holds)


def _path(
    start: tuple[int, int], end: tuple[int, int], shift: int, line: Line
) -> tuple[str, float, float]:
    """A curve from one box to another, and the point of it where its number stands.

    Lines within a row bow upwards, and a proposed one beside the others, so that none is hidden.
    """
    (x1, y1), (x2, y2) = _leave(start, end), _leave(end, start)
    side = 0 if not shift else (44 if shift % 2 else -44)
    bend_x, bend_y = (x1 + x2) / 2 + side, (y1 + y2) / 2
    level = start[1] == end[1]
    if level and abs(start[0] - end[0]) > 3 * _HALF:
        x1, x2, y1, y2 = start[0], end[0], start[1] - _TALL, end[1] - _TALL
        bend_x, bend_y = (x1 + x2) / 2, y1 - 70
    elif line.status is Status.PROPOSED:
        outward = 1 if start[0] >= end[0] else -1
        bend_x, bend_y = (x1 + x2) / 2 + outward * 170, (y1 + y2) / 2 + 30
    part = 0.45
    x = (1 - part) ** 2 * x1 + 2 * part * (1 - part) * bend_x + part**2 * x2
    y = (1 - part) ** 2 * y1 + 2 * part * (1 - part) * bend_y + part**2 * y2
    path = f"M{x1:.0f} {y1:.0f}Q{bend_x:.0f} {bend_y:.0f} {x2:.0f} {y2:.0f}"
    return path, round(x, 1), round(y, 1)


def _leave(box: tuple[int, int], other: tuple[int, int]) -> tuple[float, float]:
    """Where a line to another box leaves this one."""
    if box[1] == other[1]:
        return box[0] + (_HALF if other[0] > box[0] else -_HALF), box[1]
    lean = max(-0.6, min(0.6, (other[0] - box[0]) / 400))
    return box[0] + lean * _HALF, box[1] + (_TALL if other[1] > box[1] else -_TALL)
