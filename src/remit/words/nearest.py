"""Which name was meant, where one is not known."""

from __future__ import annotations

from collections.abc import Iterable

from remit.words.sentences import listed

_LIKE = 60.0
"""How like, of 100, a name must be for the question whether it was meant."""


def nearest(word: str, known: Iterable[str], limit: int = 3) -> str:
    """The known names most like a word, the likest first, for an error message.

    >>> nearest("RY", ["RYJ", "RRV", "AAA"], limit=1)
    'RYJ'
    """
    from rapidfuzz import process

    return ", ".join(choice for choice, _, _ in process.extract(word, list(known), limit=limit))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question that names what is like a word, with a blank before it; or nothing.

    >>> did_you_mean("asess", ["ingest", "assess"]), did_you_mean("xyz", ["ingest", "assess"])
    (" Did you mean 'assess'?", '')
    """
    from rapidfuzz import fuzz, process

    found = process.extract(word, list(known), scorer=fuzz.ratio, limit=3, score_cutoff=_LIKE)
    near = listed([repr(choice) for choice, _, _ in found], "or")
    return f" Did you mean {near}?" if near else ""
