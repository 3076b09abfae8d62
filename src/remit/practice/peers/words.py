"""What is said of peers: the finding first, then how firm it is, then what a reader must know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from remit.practice.peers.beside import BesidePeers
from remit.practice.peers.result import PeersFound
from remit.words.figures import number_words, percent_words
from remit.words.sentences import count_words, listed, sentence_case

FIRM: Final = 0.9
"""A peer in at least this share of the draws is told as a firm one."""


def findings(found: PeersFound, beside: BesidePeers | None = None) -> Iterator[str]:
    """Sentences on the peers of all.

    Parameters
    ----------
    found
        The peers.
    beside
        What another method finds.

    Examples
    --------
    >>> next(findings(found))  # doctest: +SKIP
    '106 organisations have 10 peers each by RightCare's Similar 10.'
    """
    yield _counted(found)
    yield from _firm(found)
    if beside is not None:
        yield (
            f"By {beside.method.title}, {percent_words(beside.share)} of the peers are the same; "
            f"{beside.the_same} of {count_words(len(beside.lines), 'organisation')} "
            f"{'keeps' if beside.the_same == 1 else 'keep'} all of theirs. Peers are a choice of "
            "method."
        )
    yield from notes_of(found)


def _counted(found: PeersFound) -> str:
    sizes = sorted({len(peers) for peers in found.by_code.values()})
    each = f"{sizes[0]}" if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]}"
    count = count_words(len(found.by_code), "organisation has", "organisations have")
    return f"{count} {each} peers each by {found.method.title}."


def _firm(found: PeersFound) -> Iterator[str]:
    mutual = sum(one.mutual for one in found.peers) / len(found.peers)
    if found.held is None:
        yield (
            f"{percent_words(mutual)} of peerings are mutual. The list does not say what they are "
            "made of: there is no distance, and how firm they are cannot be told."
        )
        return
    firm = sum((one.stability or 0.0) >= FIRM for one in found.peers) / len(found.peers)
    draws = found.method.draws
    yield (
        f"{percent_words(firm)} of peers stay peers in nine of ten of {draws.number:,} draws of "
        f"other weights; {percent_words(mutual)} of peerings are mutual."
    )


def notes_of(found: PeersFound) -> tuple[str, ...]:
    """What a reader should know of the characteristics, in sentences."""
    outcomes = [one.said for one in found.method.characteristics if one.is_outcome]
    said = [sentence_case(f"{one}.") for one in found.notes]
    if outcomes:
        said.append(
            f"This method compares by {listed(outcomes)}: these tell how an organisation does and "
            "not what it is, and hide what a comparison should find. --no-outcomes leaves them out."
        )
    elif found.held is not None:
        said.append("Only what organisations are is compared, and nothing of how they do.")
    return tuple(said)


def peer_line(stability: float | None, mutual: bool) -> str:
    """How firm a peer is, in words.

    Parameters
    ----------
    stability
        In which share of the draws it stays one; None where that is not known.
    mutual
        Whether each is a peer of the other.

    Examples
    --------
    >>> peer_line(0.84, True)
    'in 84% of draws, mutual'
    """
    firm = "firmness not known" if stability is None else f"in {percent_words(stability)} of draws"
    return f"{firm}, {'mutual' if mutual else 'not mutual'}"


def distance_words(distance: float | None) -> str:
    """A distance for a table.

    >>> distance_words(0.0717), distance_words(None)
    ('0.072', '–')
    """
    return "–" if distance is None else number_words(distance, 3)
