"""A folder of ``remit practices effect`` read back, so that pages can show it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remit.files.limits import FILE_BYTES
from remit.files.reading import read_text
from remit.model.errors import PracticeError
from remit.practice.tables import figure_in, read_table

_COURSE = ("months", "effect", "low", "high", "adopters")


@dataclass(frozen=True, slots=True)
class EffectMoment:
    """A period counted from adoption: the comparison with the base, and of how many adopters."""

    months: int
    effect: float
    low: float | None
    high: float | None
    adopters: int


@dataclass(frozen=True, slots=True)
class EffectRead:
    """What was found of a practice and a metric, in the words of the answer, and its course."""

    folder: Path
    practice: str
    metric: str
    claims: bool
    finding: str
    looks_before: str
    reasons: tuple[str, ...]
    caution: str
    course: tuple[EffectMoment, ...]


def read_effect(folder: Path) -> EffectRead:
    """Read ``effect.json`` and ``course.csv`` of a folder.

    Parameters
    ----------
    folder
        As ``remit practices effect --out`` wrote it.

    Raises
    ------
    PracticeError
        If it is no such folder.

    Examples
    --------
    >>> read_effect(Path("effect")).claims  # doctest: +SKIP
    True
    """
    place = folder / "effect.json"
    try:
        told = json.loads(read_text(place, limit=FILE_BYTES, error=PracticeError))
        reasons = tuple(_words(one, "reason") for one in told["untold"])
        return EffectRead(
            folder,
            _words(told, "practice"),
            _words(told, "metric"),
            told["claims"] is True,
            _words(told, "finding"),
            _words(told, "looks_before"),
            reasons,
            _words(told, "caution"),
            tuple(_course(folder / "course.csv")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise PracticeError(
            f"{place}: this is no answer of `remit practices effect`; write the folder anew"
        ) from None


def _words(told: Any, key: str) -> str:
    found = told[key]
    if not isinstance(found, str):
        raise TypeError(key)
    return found


def _course(path: Path) -> list[EffectMoment]:
    try:
        table = read_table(path, _COURSE)
    except PracticeError as error:
        if "no row below a header" in str(error):
            return []
        raise
    places = {name: table.needed((name,), "the course") for name in _COURSE}
    found = []
    for _, cells in table.rows:
        if isinstance(cells, str):
            continue
        row = {name: figure_in(cells[place]) for name, place in places.items()}
        months, effect, adopters = row["months"], row["effect"], row["adopters"]
        if months is not None and effect is not None and adopters is not None:
            found.append(EffectMoment(int(months), effect, row["low"], row["high"], int(adopters)))
    return sorted(found, key=lambda one: one.months)
