"""How far a long file is, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Tell = Callable[[str], Callable[[int, int], None] | None]
"""Gives, for what is counted, what is called with how many are done and how many there are."""

_LONG, _STEP = 2_000, 500

_One = TypeVar("_One")


def told(items: Sequence[_One], what: str, tell: Tell | None) -> Iterator[_One]:
    """The items in turn, and between them how far they are where there are more than 2,000.

    >>> list(told(["a", "b"], "rows", None))
    ['a', 'b']
    """
    step = tell(what) if tell is not None and len(items) > _LONG else None
    if step is None:
        yield from items
        return
    for done, item in enumerate(items, start=1):
        yield item
        if done % _STEP == 0 or done == len(items):
            step(done, len(items))
