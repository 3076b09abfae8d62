"""What is wrong with the lines of a user's file: all of them at once, and lines that repeat."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from remit.words.sentences import count_words

_MOST_FAULTS = 20

_Line = TypeVar("_Line", bound=Hashable)


class LineFault(Exception):
    """A line that cannot be used; the message says why, ``column`` where in it, if not all."""

    def __init__(self, why: str, column: str = "") -> None:
        super().__init__(why)
        self.column = column


def told_faults(path: Path, faults: Sequence[str]) -> str:
    """All faults, or as many as a person reads, one a line.

    Parameters
    ----------
    path
        The file.
    faults
        Each with its line.

    Examples
    --------
    >>> print(told_faults(Path("plans.csv"), ["line 3: 'soon' is no month"]))
    plans.csv: 1 line cannot be used, so none is
      line 3: 'soon' is no month
    """
    count = count_words(len(faults), "line")
    more = len(faults) - _MOST_FAULTS
    rest = [f"  and {more:,} more"] if more > 0 else []
    begin = f"{path}: {count} cannot be used, so none is"
    return "\n".join([begin, *(f"  {one}" for one in faults[:_MOST_FAULTS]), *rest])


def faults_in_words(path: Path, faults: Sequence[tuple[int, LineFault]]) -> str:
    """Faults by line: one in the line that names the file, several below it.

    Parameters
    ----------
    path
        The file.
    faults
        Each with the number of its line.

    Examples
    --------
    >>> faults_in_words(Path("notes.csv"), [(2, LineFault("the note is missing"))])
    'notes.csv, line 2: the note is missing'
    """
    told = [
        f"line {line}{', ' if fault.column else ''}{fault.column}: {fault}"
        for line, fault in sorted(faults, key=lambda one: one[0])
    ]
    return f"{path}, {told[0]}" if len(told) == 1 else told_faults(path, told)


def taken_once(
    file_name: str, lines: Iterable[tuple[int, _Line]]
) -> tuple[tuple[_Line, ...], tuple[str, ...]]:
    """Lines that say the same taken once, and which those are.

    Parameters
    ----------
    file_name
        The file, as it is told.
    lines
        What each line says, with its number.

    Examples
    --------
    >>> taken_once("notes.csv", [(2, "new rota"), (5, "new rota")])
    (('new rota',), ('notes.csv, line 5: it repeats line 2 and is taken once.',))
    """
    first: dict[_Line, int] = {}
    notes = [
        f"{file_name}, line {line}: it repeats line {kept} and is taken once."
        for line, said in lines
        if (kept := first.setdefault(said, line)) != line
    ]
    return tuple(first), tuple(notes)
