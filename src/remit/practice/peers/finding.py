"""From a file and a method to peers, with what the method beside it finds."""

from __future__ import annotations

from pathlib import Path

from remit.catalogue.peer_methods import load_peer_method
from remit.model.errors import PracticeError
from remit.model.peers import PeerMethod
from remit.practice.peers.beside import BesidePeers, hold_beside
from remit.practice.peers.characteristics import Characteristics, read_characteristics
from remit.practice.peers.printed_lists import read_list
from remit.practice.peers.result import PeersFound, find_peers


def peers_in(path: Path, method: PeerMethod) -> PeersFound:
    """The peers of the organisations in a file.

    Parameters
    ----------
    path
        A file of characteristics, or a printed list of peers.
    method
        As declared.

    Raises
    ------
    PracticeError
        If the file is not what the method needs.

    Examples
    --------
    >>> peers_in(Path("trusts.csv"), load_peer_method("similar-10"))  # doctest: +SKIP
    """
    if method.kind == "list":
        return read_list(path, method)
    return find_peers(read_characteristics(path, method), method)


def without_outcomes(method: PeerMethod) -> PeerMethod:
    """The method without what tells how organisations do.

    Raises
    ------
    PracticeError
        If nothing else is left.

    Examples
    --------
    >>> len(without_outcomes(load_peer_method("similar-10")).characteristics)
    11
    """
    kept = tuple(one for one in method.characteristics if not one.is_outcome)
    if method.characteristics and not kept:
        raise PracticeError(f"{method.id}: all its characteristics are outcomes")
    return method.model_copy(update={"characteristics": kept})


def beside_of(
    found: PeersFound, again: Characteristics | Path, *, outcomes: bool
) -> BesidePeers | None:
    """What the method that is declared beside finds for the same organisations.

    Parameters
    ----------
    found
        The peers by the first.
    again
        The file, as the other method may read other figures as not given.
    outcomes
        Whether characteristics that are outcomes stay in.

    Examples
    --------
    >>> beside_of(found, Path("trusts.xlsx"), outcomes=True).share  # doctest: +SKIP
    0.78
    """
    if not found.method.beside:
        return None
    other = load_peer_method(found.method.beside)
    other = other if outcomes else without_outcomes(other)
    held = read_characteristics(again, other) if isinstance(again, Path) else again
    return hold_beside(found, find_peers(held, other))
