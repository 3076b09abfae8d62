"""What makes two organisations alike and unlike: characteristic by characteristic, and in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from remit.model.peers import PeerCharacteristic
from remit.practice.peers.result import PeersFound
from remit.words.figures import percent_words, trimmed_words
from remit.words.sentences import listed, sentence_case

_TOLD = 2


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """One characteristic of two organisations, and its share in the distance between them."""

    column: PeerCharacteristic
    own: float | None
    other: float | None
    share: float | None


def compared(found: PeersFound, code: str, peer: str) -> tuple[ComparedPart, ...]:
    """Two organisations by each characteristic, what parts them most first.

    Parameters
    ----------
    found
        Peers by a distance.
    code, peer
        The two.

    Examples
    --------
    >>> compared(found, "ZA1", "ZA4")[0].column.said  # doctest: +SKIP
    'beds'
    """
    held, made = found.held, found.made
    if held is None or made is None:
        return ()
    one, two = held.codes.index(code), held.codes.index(peer)
    adds = made.parts[one, two] * made.weights
    known = ~np.isnan(held.figures[one]) & ~np.isnan(held.figures[two])
    whole = float(adds[known].sum())
    parts = [
        ComparedPart(
            column,
            _given(float(held.figures[one, at])),
            _given(float(held.figures[two, at])),
            (float(adds[at]) / whole if whole else 0.0) if known[at] else None,
        )
        for at, column in enumerate(held.columns)
    ]
    return tuple(sorted(parts, key=lambda part: -1.0 if part.share is None else -part.share + 0.0,
                        ))  # fmt: skip


def _given(value: float) -> float | None:
    return None if np.isnan(value) else value


def likeness_sentence(found: PeersFound, code: str, peer: str) -> str:
    """In what a peer is most and least like an organisation, with both figures.

    Parameters
    ----------
    found
        Peers by a distance.
    code, peer
        The organisation, and the peer that is held against it.

    Examples
    --------
    >>> likeness_sentence(found, "ZA1", "ZA4")  # doctest: +SKIP
    'ZA4 is most like ZA1 in beds (410 and 402) and staff (90 and 91), and least in …'
    """
    known = [one for one in compared(found, code, peer) if one.share is not None]
    if not known:
        return f"What makes {peer} and {code} alike is not in the list."
    parted = [one for one in known[:_TOLD] if one.share and one.share > 0]
    alike = [one for one in reversed(known) if one not in parted][:_TOLD]
    same = listed([_both(one) for one in alike])
    if not parted:
        return sentence_case(f"{peer} is as {code} in every characteristic: {same}.")
    share = sum(one.share or 0.0 for one in parted)
    apart = (
        f"{listed([_both(one) for one in parted])}, which "
        f"{'makes' if len(parted) == 1 else 'make'} {percent_words(share)} of their distance"
    )
    if not alike:
        return f"{peer} differs from {code} in {apart}."
    return f"{peer} is most like {code} in {same}; they differ most in {apart}."


def _both(one: ComparedPart) -> str:
    return f"{one.column.said} ({_shown(one.other)} and {_shown(one.own)})"


def _shown(value: float | None) -> str:
    if value is None:
        return "not given"
    size = abs(value)
    return trimmed_words(value, 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 4)
