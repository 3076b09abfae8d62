"""Which members of declared sorts an ask names: MRI and not echo, nurses and not doctors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from remit.asks.senders.cues import CueFinder
from remit.catalogue import declared
from remit.model.sorts import SortsFile

if TYPE_CHECKING:
    from numpy.typing import NDArray


def members_in(*texts: str) -> tuple[str, ...]:
    """The members that some texts name, each as ``sort: member``, sorted.

    >>> members_in("MRI waits over 6 weeks")
    ('test: MRI',)
    """
    return tuple(sorted({one for text in texts for one in _member_cues().found(text)}))


def as_bits(all_named: Sequence[Sequence[str]]) -> NDArray[np.int64]:
    """A column for each sort: a bit for each member that is named, one row an ask."""
    columns: dict[str, int] = {}
    places: dict[str, tuple[int, int]] = {}
    counts: dict[str, int] = {}
    for name in _declared_members():
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
def _member_cues() -> CueFinder:
    return CueFinder(_declared_members())


@cache
def _declared_members() -> dict[str, tuple[str, ...]]:
    (file,) = declared.packaged("sorts")
    sorts = file.validate(SortsFile).sorts
    members = {
        f"{sort}: {member}": cues for sort, named in sorts.items() for member, cues in named.items()
    }
    return dict(sorted(members.items()))
