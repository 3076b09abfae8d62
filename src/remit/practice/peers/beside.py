"""Peers by one method beside those by another: a choice of method is a choice of peers."""

from __future__ import annotations

from dataclasses import dataclass

from remit.model.peers import PeerMethod
from remit.practice.peers.result import PeersFound


@dataclass(frozen=True, slots=True)
class BesideLine:
    """One organisation: the peers that both methods find, and those that only one does."""

    code: str
    shared: tuple[str, ...]
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]

    @property
    def of(self) -> int:
        """How many peers it has by the first method."""
        return len(self.shared) + len(self.only_here)


@dataclass(frozen=True, slots=True)
class BesidePeers:
    """All organisations, and the method that is held beside."""

    method: PeerMethod
    lines: tuple[BesideLine, ...]

    @property
    def share(self) -> float:
        """The share of all peers that both methods find."""
        of = sum(one.of for one in self.lines)
        return sum(len(one.shared) for one in self.lines) / max(of, 1)

    @property
    def the_same(self) -> int:
        """For how many organisations both find the same peers."""
        return sum(not one.only_here and not one.only_there for one in self.lines)


def hold_beside(found: PeersFound, other: PeersFound) -> BesidePeers:
    """Hold the peers of one method beside those of another.

    Parameters
    ----------
    found, other
        Peers of the same organisations.

    Examples
    --------
    >>> hold_beside(found, other).share  # doctest: +SKIP
    0.78
    """
    lines = []
    for code, peers in found.by_code.items():
        here = [one.peer for one in peers]
        there = [one.peer for one in other.by_code.get(code, ())]
        lines.append(
            BesideLine(
                code,
                tuple(one for one in here if one in there),
                tuple(one for one in here if one not in there),
                tuple(one for one in there if one not in here),
            )
        )
    return BesidePeers(other.method, tuple(lines))
