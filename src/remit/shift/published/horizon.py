"""Today, tomorrow: of each kind of measure how many are read, and which way they move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from remit.model.shift_measures import ShiftMeasure
from remit.shift.published import movement
from remit.shift.published.year import READ, WITHHELD
from remit.words.sentences import count_words, listed

HORIZONS = ("today", "tomorrow")
SIDES = ("hospital", "community", "prevention")

HORIZON_COLUMNS = {
    "level": pl.String(),
    "org_code": pl.String(),
    "org_name": pl.String(),
    "horizon": pl.String(),
    "side": pl.String(),
    "measures": pl.Int64(),
    "read": pl.Int64(),
    "withheld": pl.Int64(),
    "no_figure": pl.Int64(),
    "not_read": pl.Int64(),
    "towards": pl.Int64(),
    "away": pl.Int64(),
    "no_change": pl.Int64(),
    "untold": pl.Int64(),
    "line": pl.String(),
}


@dataclass(frozen=True, slots=True)
class _Tally:
    """What became of some measures for one area."""

    measures: int
    of: Counter[str]

    def count(self, *names: str) -> int:
        return sum(self.of[name] for name in names)


def today_tomorrow(measures: Sequence[ShiftMeasure], areas: pl.DataFrame) -> pl.DataFrame:
    """A line for each area and horizon, and one for each side of the shift in it.

    Parameters
    ----------
    measures
        Those of the frameworks, each once.
    areas
        ``measure, level, org_code, org_name, status, moves`` of the measures that have a figure.

    Returns
    -------
    polars.DataFrame
        The columns of ``HORIZON_COLUMNS``; ``side`` is ``all`` or a side, ``line`` says it.

    Examples
    --------
    ``today_tomorrow(measures, areas)``
    """
    rows: list[tuple[object, ...]] = []
    keys = ["level", "org_code", "org_name"]
    for (level, code, name), part in areas.group_by(keys, maintain_order=True):
        found = {row["measure"]: row for row in part.to_dicts()}
        for horizon in HORIZONS:
            of = [one for one in measures if one.horizon == horizon]
            for side in ("all", *SIDES):
                chosen = [one for one in of if side in ("all", one.side)]
                tally = _tally(chosen, found)
                rows.append(
                    (
                        level,
                        code,
                        name,
                        horizon,
                        side,
                        *_numbers(tally),
                        _line(horizon, side, tally),
                    )
                )
    return pl.DataFrame(rows, schema=HORIZON_COLUMNS, orient="row")


def _tally(measures: Sequence[ShiftMeasure], found: dict[str, dict[str, object]]) -> _Tally:
    of: Counter[str] = Counter()
    for measure in measures:
        row = found.get(measure.id)
        if not measure.is_read:
            of["not_read"] += 1
        elif row is None or row["status"] not in (READ, WITHHELD):
            of["no_figure"] += 1
        elif row["status"] == WITHHELD:
            of["withheld"] += 1
        else:
            of["read"] += 1
            of[str(row["moves"])] += 1
    return _Tally(len(measures), of)


def _numbers(tally: _Tally) -> tuple[int, ...]:
    still = tally.count("read") - tally.count(movement.TOWARDS, movement.AWAY, movement.UNCHANGED)
    return (
        tally.measures,
        *(tally.count(name) for name in ("read", "withheld", "no_figure", "not_read")),
        *(tally.count(one) for one in (movement.TOWARDS, movement.AWAY, movement.UNCHANGED)),
        still,
    )


def _line(horizon: str, side: str, tally: _Tally) -> str:
    """One sentence: how many are read, and which way those move."""
    kind = "" if side == "all" else f", {side}"
    read = tally.count("read")
    begin = f"{horizon.capitalize()}{kind}: {read} of {count_words(tally.measures, 'measure')} read"
    moves = (
        (movement.TOWARDS, "towards care closer to home"),
        (movement.AWAY, "away from it"),
        (movement.UNCHANGED, "with no change beyond chance"),
    )
    said = [f"{tally.count(move)} {words}" for move, words in moves if tally.count(move)]
    untold = _numbers(tally)[-1]
    if untold:
        said.append(f"{untold} with too few points to tell")
    return f"{begin}{': ' if said else ''}{listed(said)}."
