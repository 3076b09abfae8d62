"""Which column of a user's list is which: guessed, confirmed once, then remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.asks.intake.headings import folded, is_declared, offers
from remit.asks.intake.looks import ColumnLook, Knows, better_sender, by_look, longest
from remit.model.ask import LIST_COLUMNS
from remit.model.errors import AskError
from remit.words.nearest import nearest

_BY_WORDS, _BY_CELLS = "by words in its heading", "by the look of its cells"
_WHOLE_COUNTS = 2
"""A heading that is declared as a whole speaks louder for a header than a word within one."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A heading → the column of asks that it is; headings without one are not taken in."""

    fingerprint: str
    columns: Mapping[str, str]
    is_sure: bool
    """Whether nothing was guessed: the headings are Remit's own, given, or remembered."""
    unused: tuple[str, ...]
    how: Mapping[str, str]
    """By what a heading was guessed, where it is not declared as a whole."""

    @property
    def in_words(self) -> str:
        """The mapping as the command line prints and takes it, a line each."""
        return "\n".join(f"  {line}" for line in self.lines)

    @property
    def lines(self) -> list[str]:
        """``Came via = channel``, and by what that was guessed."""
        return [
            f"{heading} = {column}{f' ({how})' if (how := self.how.get(heading)) else ''}"
            for heading, column in self.columns.items()
        ]


def fingerprint(header: Sequence[str]) -> str:
    """What a header is known by again: its headings without case, spaces and marks."""
    return hashlib.sha256("\x1f".join(folded(name) for name in header).encode()).hexdigest()[:16]


def choose_mapping(
    header: Sequence[str],
    given: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    *,
    rows: Sequence[Sequence[str]] = (),
    knows: Knows = lambda _: False,
) -> ColumnMapping:
    """Map a header: what is given counts first, then what is remembered, then a guess.

    Parameters
    ----------
    header
        The headings.
    given, remembered
        Heading → column, as the user says (blank for one that is none), and as was kept.
    rows
        What stands below; a guess has to fit it, and rests on it where headings say nothing.
    knows
        Whether a cell names a body that asks.

    Raises
    ------
    AskError
        If a given heading or column does not exist, or nothing says what is asked.

    Examples
    --------
    >>> choose_mapping(["Date rec’d", "What they want"]).lines[1]
    'What they want = title (by words in its heading)'
    """
    given = _checked(header, given or {})
    guessed, how = ({}, {}) if remembered else _guess(header, rows, knows, given)
    columns = {
        name: column for name, column in {**(remembered or guessed), **given}.items() if column
    }
    taken: dict[str, str] = {}
    for heading, column in sorted(columns.items(), key=lambda pair: pair[0] not in given):
        if heading in header and column not in taken.values():
            taken[heading] = column
    if not {"title", "text"} & set(taken.values()):
        raise AskError(
            "no column says what is asked (title or text); name it with --mapping "
            f"'HEADING=text'. The headings are: {', '.join(filter(None, header))}"
        )
    exact = all(folded(heading) == folded(column) for heading, column in taken.items())
    return ColumnMapping(
        fingerprint=fingerprint(header),
        columns={name: taken[name] for name in header if name in taken},
        is_sure=exact or bool(remembered) or bool(given),
        unused=tuple(name for name in header if name and name not in taken),
        how={name: way for name, way in how.items() if name in taken and name not in given},
    )


def _guess(
    header: Sequence[str], rows: Sequence[Sequence[str]], knows: Knows, given: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Heading → column, and heading → by what it was guessed."""
    looks = {name: ColumnLook.of(rows, at) for at, name in enumerate(header) if name}
    found = _by_headings([name for name in header if name not in given], looks, given, knows)
    how = {name: "" if is_declared(name) else _BY_WORDS for name in found}
    guessed = dict(found)
    known = {column: looks[name] for name, column in {**guessed, **given}.items() if column}
    left = {name: one for name, one in looks.items() if name not in guessed and name not in given}
    by_column = {column: name for name, column in guessed.items()}
    sender = by_column.get("from_body", "")
    if sender and (better := better_sender(looks[sender], left, knows)):
        del guessed[sender], known["from_body"]
        guessed[better], how[better] = "from_body", _BY_CELLS
        known["from_body"] = left.pop(better)
    seen = by_look(left, known, knows)
    if not {"title", "text"} & set(known):
        left = {name: one for name, one in left.items() if name not in seen}
        if asked := longest(left):
            seen[asked] = "title"
    return {**guessed, **seen}, {**how, **dict.fromkeys(seen, _BY_CELLS)}


def _by_headings(
    header: Sequence[str],
    looks: Mapping[str, ColumnLook],
    given: Mapping[str, str],
    knows: Knows = lambda _: False,
) -> dict[str, str]:
    """Each column once, the likeliest heading first; what stands below has to fit."""
    offered = sorted(
        (one.rank, place, heading, one.column)
        for place, heading in enumerate(header)
        for one in offers(heading)
        if folded(heading) == folded(one.column)
        or heading not in looks
        or looks[heading].fits(one.column, knows, is_whole=one.is_whole)
    )
    found: dict[str, str] = {}
    taken = set(given.values())
    for _, _, heading, column in offered:
        if heading not in found and column not in taken:
            found[heading] = column
            taken.add(column)
    return found


def header_score(cells: Sequence[str]) -> int:
    """How much of a row can be headings of asks; 0 where fewer than two cells can.

    Where a cell holds a day or a number, only whole headings count: it may be a row of a list.
    """
    names = [cell.strip() for cell in cells]
    found = _by_headings([name for name in names if name], {}, {})
    whole = sum(is_declared(name) for name in found)
    words = 0 if any(name[:1].isdigit() for name in names) else len(found) - whole
    return _WHOLE_COUNTS * whole + words if whole + words >= 2 else 0


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
    by_name = {folded(name): name for name in header}
    checked: dict[str, str] = {}
    for heading, column in given.items():
        if folded(heading) not in by_name:
            near = nearest(heading, list(header))
            raise AskError(f"--mapping: the file has no heading {heading!r}; nearest: {near}")
        if column and column not in LIST_COLUMNS:
            near = nearest(column, list(LIST_COLUMNS))
            raise AskError(f"--mapping: {column!r} is no column of asks; nearest: {near}")
        checked[by_name[folded(heading)]] = column
    return checked
