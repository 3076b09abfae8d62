"""Figures as they were frozen from a store: their columns, each figure once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from remit.annual.rows import PlacedRecord
from remit.model.annual_records import FrozenFigure

FIGURE_COLUMNS: Final = tuple(FrozenFigure.model_fields)


def said_twice(figures: Iterable[PlacedRecord[FrozenFigure]]) -> Iterator[str]:
    """Figures of one ICB, metric, cut and period that stand twice with different values."""
    seen: dict[tuple[object, ...], PlacedRecord[FrozenFigure]] = {}
    for placed in figures:
        one = placed.record
        key = (one.icb, one.metric, one.cut, one.period_start, one.period_end)
        before = seen.setdefault(key, placed)
        if before.record.value != one.value:
            yield (
                f"{placed.where}, value: {one.metric} of {one.icb} is {one.value:g} here and "
                f"{before.record.value:g} in {before.where}; leave the one that the store holds"
            )
