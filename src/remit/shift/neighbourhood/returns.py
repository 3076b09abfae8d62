"""All returns of some files: which count where a place returned a month twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from remit.model.errors import ActivityError
from remit.model.neighbourhood import NeighbourhoodFile
from remit.model.period import Period
from remit.shift.neighbourhood.reading import as_month, read_return
from remit.shift.neighbourhood.returned import (
    PlaceReturn,
    ReturnCell,
    ReturnRejection,
    ReturnsRead,
    load_programme,
)


def read_returns(
    files: Sequence[Path],
    *,
    places: Sequence[str] = (),
    month: str | None = None,
    last_counts: bool = False,
) -> ReturnsRead:
    """Read returns; a file that is none is rejected, and the others are read.

    Two returns of one place and month that say the same are one; of two that differ neither
    counts, unless the one named last does.

    Parameters
    ----------
    files
        The files, in the order in which they were sent.
    places
        The names of the places, where they are not those of the national programme.
    month
        The month that they are to be of, where another is wrong.
    last_counts
        Whether of two returns of a place and month the one that is named last counts.

    Raises
    ------
    ActivityError
        If ``month`` is no month.

    Examples
    --------
    >>> read_returns([Path("return.xlsx")]).rejections  # doctest: +SKIP
    """
    programme, expected = _programme(places), _expected(month)
    found: dict[tuple[str, str], list[PlaceReturn]] = defaultdict(list)
    rejections: list[ReturnRejection] = []
    for path in files:
        one, rejected = read_return(path, programme, expected)
        rejections += rejected
        if one is not None:
            found[one.place, one.month].append(one)
    kept: list[PlaceReturn] = []
    for several in found.values():
        which, doubles = _that_count(several, last_counts=last_counts)
        kept += which
        rejections += doubles
    return ReturnsRead(tuple(kept), tuple(rejections), tuple(files))


def _programme(places: Sequence[str]) -> NeighbourhoodFile:
    programme = load_programme()
    return programme.model_copy(update={"places": tuple(places)}) if places else programme


def _expected(month: str | None) -> Period | None:
    if month is None:
        return None
    period = as_month(month)
    if period is None:
        raise ActivityError(f"--month takes a month such as Jan 2026; got {month!r}")
    return period


def _that_count(
    several: Sequence[PlaceReturn], *, last_counts: bool
) -> tuple[list[PlaceReturn], list[ReturnRejection]]:
    first, *others = several
    differing = [one for one in others if _said(one.cells) != _said(first.cells)]
    whose = f"{first.place}, {first.month}"
    if not differing:
        same = f"the same return of {whose} as {first.file}: it is taken once"
        return [first], [ReturnRejection(one.file, same) for one in others]
    if last_counts:
        last = several[-1]
        taken = f"{last.file}, named later, is the return of {whose}"
        return [last], [ReturnRejection(one.file, taken) for one in several[:-1]]
    where = _first_difference(first, differing[0])
    return [], [
        ReturnRejection(
            one.file,
            f"{whose} is returned {len(several)} times, and {where} differs: name one file, or "
            "the right one last with --last-counts",
        )
        for one in several
    ]


def _said(cells: Iterable[ReturnCell]) -> dict[object, str]:
    return {(cell.measure, cell.kind, cell.of): cell.written for cell in cells}


def _first_difference(one: PlaceReturn, other: PlaceReturn) -> str:
    for key, cell in one.by_key.items():
        beside = other.by_key.get(key)
        if beside is None or beside.written != cell.written:
            return cell.place
    return "its table"
