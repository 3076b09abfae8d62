"""How organisations do: figures by metric and period, and what of a file was not taken in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import gcd
from pathlib import Path
from typing import Literal

from remit.model.errors import PracticeError
from remit.model.observation import Rejection
from remit.practice.since import NoSuchDay, stretch_written
from remit.practice.tables import (
    OwnRows,
    figure_in,
    is_not_given,
    organisation_code,
    read_table,
)
from remit.practice.whose import are_fictional

Better = Literal["higher", "lower"]
COLUMNS = ("code", "metric", "period", "value", "numerator", "denominator", "better")
_CODE = ("code", "org_code")
_METRIC = ("metric", "metric_id")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure of an organisation, as it is published; counts where they are known."""

    code: str
    metric: str
    period: str
    value: float
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True)
class Outcomes:
    """Figures of organisations; ``order`` is the place in time of each period."""

    figures: tuple[Outcome, ...]
    better: dict[str, Better]
    order: dict[str, int]
    rejections: tuple[Rejection, ...] = ()
    notes: tuple[str, ...] = ()
    source: str = ""
    fictional: bool = False


@dataclass(slots=True)
class _Intake:
    """What is taken of a file, row by row."""

    table: OwnRows
    places: dict[str, int | None]
    rejected: list[Rejection]
    not_given: int = 0

    def text(self, cells: Sequence[str], name: str) -> str:
        place = self.places[name]
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def refuse(self, line: int, column: str, value: str, why: str) -> None:
        self.rejected.append(Rejection(self.table.file, line, column, value, why))


def read_outcomes(path: Path) -> Outcomes:
    """Read a table with ``code, metric, period, value, numerator, denominator, better``.

    ``value`` may be blank where both counts are there. A row without a figure is not given, and is
    no zero. ``better`` is higher or lower; a metric for which it is neutral is left out, and said.

    Parameters
    ----------
    path
        CSV or a workbook, columns in any order.

    Raises
    ------
    PracticeError
        If a column is missing, or no figure can be used.

    Examples
    --------
    >>> read_outcomes(Path("waits.csv")).better  # doctest: +SKIP
    {'Four hours': 'higher'}
    """
    table = read_table(path, COLUMNS)
    names: dict[str, tuple[str, ...]] = {name: (name,) for name in COLUMNS}
    names |= {"code": _CODE, "metric": _METRIC}
    places = {
        name: table.needed(which, name)
        if name in {"code", "metric", "period", "better"}
        else table.place(which)
        for name, which in names.items()
    }
    if places["value"] is None and None in (places["numerator"], places["denominator"]):
        table.needed(("value",), "figures")
    intake = _Intake(table, places, [])
    found, ways = _taken(intake)
    better, notes = _directions(ways, intake)
    figures = tuple(one for _, one in _each_once(found, intake) if one.metric in better)
    if not figures:
        raise PracticeError(f"{path}: there is no figure that can be used")
    order, said = periods_in_order(one.period for one in figures)
    if intake.not_given:
        notes.append(f"{intake.not_given} rows have no figure; they count as missing, not as 0")
    return Outcomes(
        figures,
        better,
        order,
        tuple(intake.rejected),
        (*table.notes, *notes, *said),
        path.name,
        are_fictional({one.code for one in figures}),
    )


def _taken(intake: _Intake) -> tuple[list[tuple[int, Outcome]], dict[str, dict[str, int]]]:
    """The figures with their lines, and for each metric which ways are better, with a line."""
    found: list[tuple[int, Outcome]] = []
    ways: dict[str, dict[str, int]] = {}
    for line, cells in intake.table.rows:
        if isinstance(cells, str):
            intake.refuse(line, "", "", cells)
            continue
        code = organisation_code(intake.text(cells, "code"))
        metric, period = intake.text(cells, "metric"), intake.text(cells, "period")
        way = intake.text(cells, "better").casefold()
        lacking = [name for name, one in zip(("code", "metric", "period"), (code, metric, period),
                                             strict=True) if not one]  # fmt: skip
        if lacking:
            intake.refuse(line, lacking[0], "", "the cell is blank")
        elif way not in {"higher", "lower", "neutral"}:
            intake.refuse(line, "better", way, "better is higher, lower or neutral")
        else:
            ways.setdefault(metric, {}).setdefault(way, line)
            try:
                label = _same_label(period)
            except NoSuchDay as error:
                intake.refuse(line, "period", period, str(error))
                continue
            one = _figure(intake, line, cells, (code, metric, label))
            if one is not None:
                found.append((line, one))
    return found, ways


def _figure(
    intake: _Intake, line: int, cells: Sequence[str], who: tuple[str, str, str]
) -> Outcome | None:
    read: dict[str, float | None] = {}
    for name in ("value", "numerator", "denominator"):
        text = intake.text(cells, name)
        read[name] = None if is_not_given(text) else figure_in(text)
        if read[name] is None and not is_not_given(text):
            intake.refuse(line, name, text, "this is no figure")
            return None
    value, above, below = read["value"], read["numerator"], read["denominator"]
    if (above is not None and above < 0) or (below is not None and below < 0):
        intake.refuse(line, "numerator", str(above), "a count is below 0")
        return None
    if value is None and above is not None and below:
        value = above / below
    if value is None:
        intake.not_given += 1
        return None
    return Outcome(*who, value, above, below)


def _directions(
    ways: dict[str, dict[str, int]], intake: _Intake
) -> tuple[dict[str, Better], list[str]]:
    better: dict[str, Better] = {}
    notes = []
    for metric, found in ways.items():
        if len(found) > 1:
            told = ", ".join(f"{way} on line {line}" for way, line in found.items())
            raise PracticeError(
                f"{intake.table.file}: {metric}: what is better differs from row to row ({told})"
            )
        if "higher" in found:
            better[metric] = "higher"
        elif "lower" in found:
            better[metric] = "lower"
        else:
            notes.append(f"{metric} has no better way, and nobody does better on it: left out")
    return better, notes


def _each_once(found: list[tuple[int, Outcome]], intake: _Intake) -> list[tuple[int, Outcome]]:
    """One figure for an organisation, metric and period; where two differ neither is taken."""
    seen: dict[tuple[str, str, str], list[tuple[int, Outcome]]] = {}
    for line, one in found:
        seen.setdefault((one.code, one.metric, one.period), []).append((line, one))
    kept = []
    for rows in seen.values():
        first, *others = rows
        if all(other == first[1] for _, other in others):
            kept.append(first)
        for line, one in others if kept and kept[-1] is first else (rows if others else []):
            beside = next(other for other, _ in rows if other != line)
            same = kept and kept[-1] is first
            why = "the same row stands" if same else "another figure of the same period stands"
            intake.refuse(line, "value", str(one.value), f"{why} on line {beside}")
    return kept


# Periods -----------------------------------------------------------------------------------------


def _same_label(text: str) -> str:
    found = stretch_written(text)
    return found.label if found else text


def _day(label: str) -> date | None:
    try:
        found = stretch_written(label)
    except NoSuchDay:  # A name like any other, for whoever gives labels of their own.
        return None
    return found.start if found else None


def periods_in_order(labels: Iterable[str]) -> tuple[dict[str, int], list[str]]:
    """The place in time of each period, with a gap where one is left out; and what is to be said.

    >>> periods_in_order(["2025/26 Q2", "2024/25 Q4", "2025/26 Q1"])[0]
    {'2024/25 Q4': 0, '2025/26 Q1': 1, '2025/26 Q2': 2}
    >>> periods_in_order(["Jun 2025", "Apr 2025"])[0]
    {'Apr 2025': 0, 'Jun 2025': 1}
    """
    every = list(dict.fromkeys(labels))
    if all(one.isdigit() for one in every) and not all(len(one) == 4 for one in every):
        numbers = sorted(every, key=int)
        return _spaced(numbers, [int(one) for one in numbers]), []
    days = {one: _day(one) for one in every}
    if all(days.values()):
        dated = sorted(every, key=lambda one: str(days[one]))
        months = [day.year * 12 + day.month for one in dated if (day := days[one])]
        if len(set(months)) == len(months):
            return _spaced(dated, months), []
        return {one: at for at, one in enumerate(dated)}, []
    ordered = sorted(every, key=_natural)
    said = f"periods are taken in the order of their names: {', '.join(ordered[:4])} …"
    return {one: at for at, one in enumerate(ordered)}, [said]


def _spaced(labels: list[str], times: list[int]) -> dict[str, int]:
    steps = [later - earlier for earlier, later in pairwise(times)]
    step = gcd(*steps) or 1
    return {label: (time - times[0]) // step for label, time in zip(labels, times, strict=True)}


def _natural(label: str) -> list[tuple[int, str]]:
    """Figures in a name by their size: Q10 after Q9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", label)]
