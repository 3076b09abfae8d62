"""Peers of each organisation, in order, with how firmly each is one and what makes them alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from remit.model.observation import Rejection
from remit.model.peers import PeerMethod
from remit.practice.peers.characteristics import Characteristics, Numbers
from remit.practice.peers.distances import PairParts, distances, pair_parts
from remit.practice.peers.stability import stability


@dataclass(frozen=True, slots=True)
class Peer:
    """One peer of an organisation; of a printed list nothing is known but the order."""

    code: str
    rank: int
    peer: str
    distance: float | None
    stability: float | None
    mutual: bool


@dataclass(frozen=True)
class PeersFound:
    """Peers by a method; ``held`` and ``made`` are None of a printed list."""

    method: PeerMethod
    source: str
    peers: tuple[Peer, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    rejections: tuple[Rejection, ...] = ()
    notes: tuple[str, ...] = ()
    held: Characteristics | None = None
    made: PairParts | None = None
    fictional: bool = False

    @cached_property
    def by_code(self) -> dict[str, tuple[Peer, ...]]:
        """The peers of each organisation, nearest first."""
        found: dict[str, list[Peer]] = {}
        for one in self.peers:
            found.setdefault(one.code, []).append(one)
        return {code: tuple(peers) for code, peers in found.items()}


def find_peers(held: Characteristics, method: PeerMethod) -> PeersFound:
    """The peers of each organisation by distance.

    Parameters
    ----------
    held
        The organisations.
    method
        What is compared, and how many are peers.

    Raises
    ------
    PracticeError
        If nothing tells the organisations apart.

    Examples
    --------
    >>> find_peers(held, method).by_code["ZA1"][0].peer  # doctest: +SKIP
    'ZA4'
    """
    made = pair_parts(held, method)
    between = distances(made, method)
    firm = stability(made, method)
    chosen = [_nearest(between[at], at, method.peers) for at in range(len(held.codes))]
    among = {(at, other) for at, others in enumerate(chosen) for other in others}
    peers = tuple(
        Peer(
            held.codes[at],
            rank,
            held.codes[other],
            float(between[at, other]),
            float(firm[at, other]),
            (other, at) in among,
        )
        for at, others in enumerate(chosen)
        for rank, other in enumerate(others, start=1)
    )
    notes = (*held.notes, *made.notes, *_twins(held, between), *_ties(held, chosen, method))
    names = dict(zip(held.codes, held.names, strict=True))
    return PeersFound(
        method, held.source, peers, names, held.rejections, notes, held, made, held.fictional
    )


def _nearest(row: Numbers, at: int, most: int) -> list[int]:
    """The nearest; all that are as far as the last one are peers, in the order of their codes."""
    others = [other for other in np.argsort(row, kind="stable") if other != at]
    known = [int(other) for other in others if np.isfinite(row[other])]
    if len(known) <= most:
        return known
    last = row[known[most - 1]]
    return [other for other in known if row[other] <= last]


def _twins(held: Characteristics, between: Numbers) -> tuple[str, ...]:
    upper = np.argwhere(np.triu(between == 0, k=1))
    if not len(upper):
        return ()
    pairs = "; ".join(f"{held.codes[one]} and {held.codes[other]}" for one, other in upper[:5])
    more = f" and {len(upper) - 5} more" if len(upper) > 5 else ""
    return (f"alike in every figure, and peers at a distance of 0: {pairs}{more}",)


def _ties(held: Characteristics, chosen: list[list[int]], method: PeerMethod) -> tuple[str, ...]:
    more = [held.codes[at] for at, others in enumerate(chosen) if len(others) > method.peers]
    if not more:
        return ()
    return (f"more than {method.peers} peers, as the last are equally far: {', '.join(more)}",)
