"""What became of a figure since it was spoken of: as it was, in another file, revised, gone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from remit.web.figures.held import FigureHeld, RowBehind
from remit.words.figures import decimals_apart, value_words

AS_IT_WAS, FROM_ANOTHER = "as it was", "from another file"
REVISED, GONE, CAME = "revised", "gone", "came"


@dataclass(frozen=True, slots=True)
class SinceSaid:
    """A figure then and now, and the change in words, to stand after its name."""

    kind: str
    then: str
    now: str
    words: str
    rows_then: tuple[RowBehind, ...]
    changed_rows: tuple[tuple[RowBehind, str], ...] = ()
    """Rows that read otherwise now, each with what they say now."""

    @property
    def is_changed(self) -> bool:
        """Whether another number stands there now, or none."""
        return self.kind in {REVISED, GONE, CAME}


def since_said(frozen: Any, now: FigureHeld | None) -> SinceSaid:
    """What became of a figure.

    Parameters
    ----------
    frozen
        It, as it was kept.
    now
        It, as it is published now; None where it is not. Without its rows only the values are held
        against each other.
    """
    rows = rows_of(frozen)
    then_words, now_words = _both(frozen, now)
    kind = _kind(frozen, now)
    words = {
        AS_IT_WAS: f"is as it was, {then_words}",
        FROM_ANOTHER: f"is as it was, {then_words}, and stands in another file now",
        REVISED: f"was revised from {then_words} to {now_words}",
        GONE: f"is not published any more; it was {then_words}",
        CAME: f"is published now, {now_words}; there was none",
    }[kind]
    changed = tuple(_changed(rows, now.rows)) if now is not None and now.rows else ()
    return SinceSaid(kind, then_words, now_words, words, rows, changed)


def _kind(frozen: Any, now: FigureHeld | None) -> str:
    if now is None or (now.value is None and frozen.value is not None):
        return GONE
    if frozen.value is None and now.value is not None:
        return CAME
    if frozen.value != now.value:
        return REVISED
    return AS_IT_WAS if not now.rows or frozen.digest == now.digest else FROM_ANOTHER


def _both(frozen: Any, now: FigureHeld | None) -> tuple[str, str]:
    """Both values, with as many decimals as tell them apart."""
    if now is None or now.value is None or frozen.value is None or now.value == frozen.value:
        said = now.words if now else ""
        return value_words(frozen.value, frozen.unit), said
    places = decimals_apart(frozen.unit, frozen.value, now.value)
    one, other = (
        value_words(value, frozen.unit, decimals=places) for value in (frozen.value, now.value)
    )
    return one, other


def rows_of(frozen: Any) -> tuple[RowBehind, ...]:
    """The published figures that were behind a figure when it was kept."""
    return tuple(RowBehind(*row) for row in json.loads(frozen.rows))


def _changed(then: tuple[RowBehind, ...], now: tuple[RowBehind, ...]) -> Any:
    newer = {(row.measure, row.organisation): row for row in now}
    for row in then:
        other = newer.get((row.measure, row.organisation))
        if other is None:
            yield row, "no row any more"
        elif other.value != row.value:
            yield row, value_words(other.value, "")
