"""Many values in parts that one query takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

_BATCH = 500


def batched(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Values in parts of a size that a query takes."""
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]
