"""Which members of declared sorts an ask names: MRI and not echo, nurses and not doctors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from remit.asks.senders.cues import CueHeads, cue_pattern, runs_of
from remit.catalogue import declared
from remit.model.sorts import SortsFile

if TYPE_CHECKING:
    from numpy.typing import NDArray


def members_in(text: str) -> tuple[str, ...]:
    """The members that a text names, each as ``sort: member``, sorted.

    >>> members_in("MRI waits over 6 weeks")
    ('test: MRI',)
    """
    heads, patterns = _declared_members()
    runs = set(runs_of(text))
    if not heads.begin_any(runs):
        return ()
    return tuple(
        name for name, own, pattern in patterns if own.begin_any(runs) and pattern.search(text)
    )


def as_bits(all_named: Sequence[Sequence[str]]) -> NDArray[np.int64]:
    """A column for each sort: a bit for each member that is named, one row an ask."""
    _, patterns = _declared_members()
    columns: dict[str, int] = {}
    places: dict[str, tuple[int, int]] = {}
    counts: dict[str, int] = {}
    for name, _, _ in patterns:
        sort = name.partition(": ")[0]
        column = columns.setdefault(sort, len(columns))
        places[name] = column, 1 << counts.get(sort, 0)
        counts[sort] = counts.get(sort, 0) + 1
    bits = np.zeros((len(all_named), len(columns)), dtype=np.int64)
    for row, named in enumerate(all_named):
        for name in named:
            if name in places:
                column, bit = places[name]
                bits[row, column] |= bit
    return bits


@cache
def _declared_members() -> tuple[CueHeads, tuple[tuple[str, CueHeads, re.Pattern[str]], ...]]:
    (file,) = declared.packaged("sorts")
    sorts = file.validate(SortsFile).sorts
    members = sorted(
        (f"{sort}: {member}", cues)
        for sort, named in sorts.items()
        for member, cues in named.items()
    )
    return (
        CueHeads(cue for _, cues in members for cue in cues),
        tuple((name, CueHeads(cues), cue_pattern(cues)) for name, cues in members),
    )
