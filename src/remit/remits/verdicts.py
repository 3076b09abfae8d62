"""How well statements of the map are founded, in words."""

from __future__ import annotations

from collections.abc import Sequence

from remit.model.remit import Dated, Verdict
from remit.words.sentences import listed

_WORDS = {
    Verdict.PARTLY: ("stands in its source only in part", "stand in their sources only in part"),
    Verdict.NO_SOURCE: ("has no source that was found", "have no source that was found"),
    Verdict.UNCHECKED: ("was not checked", "were not checked"),
}
"""What is said of one statement, and of several."""


def unsure_words(statements: Sequence[Dated]) -> str:
    """How many statements do not stand whole in a source, and why; nothing where all do.

    Examples
    --------
    Of six statements: ``Not all is verified: of 6, 1 stands in its source only in part and 2 have
    no source that was found.``
    """
    counted = ((sum(one.verdict is each for one in statements), each) for each in _WORDS)
    parts = [f"{count} {_WORDS[each][count > 1]}" for count, each in counted if count]
    return f"Not all is verified: of {len(statements)}, {listed(parts)}." if parts else ""
