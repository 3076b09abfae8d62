"""Which column of a user's list is which: guessed, confirmed once, then remembered."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from remit.catalogue import declared
from remit.model.ask import ASK_COLUMNS
from remit.model.errors import AskError
from remit.model.intake import ColumnsFile
from remit.words.nearest import nearest


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A heading → the column of asks that it is; headings without one are not taken in."""

    fingerprint: str
    columns: Mapping[str, str]
    is_sure: bool
    """Whether nothing was guessed: the headings are Remit's own, given, or remembered."""
    unused: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """The mapping as the command line prints and takes it."""
        return "\n".join(f"  {heading} = {column}" for heading, column in self.columns.items())


def fingerprint(header: Sequence[str]) -> str:
    """What a header is known by again: its headings without case, spaces and marks."""
    return hashlib.sha256("\x1f".join(_folded(name) for name in header).encode()).hexdigest()[:16]


def choose_mapping(
    header: Sequence[str],
    given: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> ColumnMapping:
    """Map a header: what is given counts first, then what is remembered, then a guess.

    Raises
    ------
    AskError
        If a given heading or column does not exist, or nothing says what is asked.
    """
    given = _checked(header, given or {})
    guessed = guess(header)
    columns = {**(remembered or guessed), **given}
    taken: dict[str, str] = {}
    for heading, column in sorted(columns.items(), key=lambda pair: pair[0] not in given):
        if heading in header and column not in taken.values():
            taken[heading] = column
    if not {"title", "text"} & set(taken.values()):
        raise AskError(
            "no column says what is asked (title or text); name it with --mapping "
            f"'HEADING=text'. The headings are: {', '.join(filter(None, header))}"
        )
    exact = all(_folded(heading) == _folded(column) for heading, column in taken.items())
    return ColumnMapping(
        fingerprint=fingerprint(header),
        columns={name: taken[name] for name in header if name in taken},
        is_sure=exact or bool(remembered) or bool(given),
        unused=tuple(name for name in header if name and name not in taken),
    )


def guess(header: Sequence[str]) -> dict[str, str]:
    """Guess by the declared synonyms; each column once, the likeliest heading first."""
    offers = [
        (rank, place, heading, column)
        for place, heading in enumerate(header)
        for column, rank in _offers().get(_folded(heading), ())
    ]
    found: dict[str, str] = {}
    for _, _, heading, column in sorted(offers):
        if heading not in found and column not in found.values():
            found[heading] = column
    return found


@cache
def _offers() -> dict[str, list[tuple[str, int]]]:
    """A heading without its marks → the columns that it may be, each with its rank there."""
    offers: dict[str, list[tuple[str, int]]] = {}
    for column, synonyms in load_columns().columns.items():
        names = dict.fromkeys([_folded(column), *(_folded(name) for name in synonyms)])
        ranks = [_folded(column), *(_folded(name) for name in synonyms)]
        for name in names:
            offers.setdefault(name, []).append((column, ranks.index(name)))
    return offers


def header_score(cells: Sequence[str]) -> int:
    """How many cells of a row can be headings of asks."""
    return len(guess([cell.strip() for cell in cells]))


def parse_pairs(pairs: Sequence[str]) -> dict[str, str]:
    """``["Date in=received_on"]`` as a mapping.

    Raises
    ------
    AskError
        If a pair has no equals sign.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        heading, sign, column = pair.rpartition("=")
        if not sign:
            raise AskError(f"--mapping takes HEADING=column; got {pair!r}")
        found[heading.strip()] = column.strip()
    return found


def _checked(header: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    by_name = {_folded(name): name for name in header}
    checked: dict[str, str] = {}
    for heading, column in given.items():
        if _folded(heading) not in by_name:
            near = nearest(heading, list(header))
            raise AskError(f"--mapping: the file has no heading {heading!r}; nearest: {near}")
        if column not in ASK_COLUMNS:
            near = nearest(column, list(ASK_COLUMNS))
            raise AskError(f"--mapping: {column!r} is no column of asks; nearest: {near}")
        checked[by_name[_folded(heading)]] = column
    return checked


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())


@cache
def load_columns() -> ColumnsFile:
    """The declared headings."""
    (file,) = declared.packaged("intake")
    return file.validate(ColumnsFile)
