"""How much one run of matching takes on: files whose asks are nearly all alike are refused early.

Work and memory go with the pairs that are compared: each ask with the nearest few. 100,000 asks
make some 1,700,000; 100,000 copies of one ask would be duplicates 5,000,000,000 times over, which
no list can hold.
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from remit.files.limits import Limit
from remit.model.ask import Ask
from remit.model.errors import AskError

WINDOW_DAYS = 130
"""Asks received further apart than this are not compared."""

NEAREST = 12
"""How many asks an ask is held against: those that are most alike, however little that is."""

PAIRS = Limit("REMIT_MOST_PAIRS", 1_000_000)
"""Pairs of asks with the same words, each of which is a duplicate to be told."""
COMPARED = 4
"""So many times as many pairs may be compared; each takes about 200 bytes."""


_SELDOM = 50_000
"""How many objects are made before the first look for circles."""


@contextmanager
def collecting_seldom(most: int = _SELDOM) -> Iterator[None]:
    """Asks become many objects without circles; to look for some again and again is slow.

    Parameters
    ----------
    most
        So many objects more are made before circles are looked for; 0 for never.
    """
    usual = gc.get_threshold()
    gc.set_threshold(most, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def refuse_copies(asks: Sequence[Ask]) -> None:
    """Refuse a file with too many copies of one ask, before anything of it is read closely.

    Raises
    ------
    AskError
        With the organisation, the title and the number of the most frequent one.
    """
    most = PAIRS.now
    days: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for ask in asks:
        received = ask.received_on.toordinal() if ask.received_on else -1
        days[ask.to_org_code, ask.title, ask.text].append(received)
    pairs = {key: _near(sorted(found)) for key, found in days.items() if len(found) > 1}
    if sum(pairs.values()) > most:
        key = max(pairs, key=lambda one: pairs[one])
        shown = f"{(key[1] or key[2])[:60]!r}"
        raise AskError(
            f"{_file(asks)}{len(days[key]):,} asks of {key[0]} have the same words ({shown}); "
            f"{_remedy(sum(pairs.values()))}"
        )


def too_many(pairs: int, subject: str, asks: Sequence[Ask]) -> AskError:
    """What is said where too many pairs of asks about one organisation are somewhat alike."""
    return AskError(
        f"{_file(asks)}the {len(asks):,} asks about {subject} are nearly all alike; "
        f"{_remedy(pairs, 'at least ')}"
    )


def _file(asks: Sequence[Ask]) -> str:
    return f"{asks[0].source}: " if asks[0].source else ""


def _remedy(pairs: int, least: str = "") -> str:
    return (
        f"that makes {least}{pairs:,} pairs to compare. Leave copies out, or match fewer asks at "
        f"a time: one organisation, or one quarter; {PAIRS.remedy}"
    )


def _near(days: Sequence[int]) -> int:
    """How many pairs of days lie within the window."""
    return sum(
        bisect_right(days, day + WINDOW_DAYS, place) - place - 1 for place, day in enumerate(days)
    )
