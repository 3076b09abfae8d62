"""The lists of asks in a file: which sheets hold one, and what the columns of each are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from remit.asks.intake.headings import folded
from remit.asks.intake.looks import DAYS, ColumnLook, Knows
from remit.asks.intake.mapping import ColumnMapping, choose_mapping, fingerprint, header_score
from remit.asks.intake.table_files import FileAccount, Row, SheetRows, Split, split_header
from remit.model.errors import AskError
from remit.words.nearest import nearest

Remembered = Callable[[str], Mapping[str, str] | None]
"""Gives the mapping kept for a header's fingerprint, if there is one."""

_LETTERED = "column "
_ENOUGH = 3
"""Columns by which a sheet is surely a list: what is asked, a day, and one more."""


@dataclass(frozen=True, slots=True)
class AskList:
    """The asks of one sheet, below their header."""

    sheet: str
    header: tuple[str, ...]
    rows: list[Row]
    mapping: ColumnMapping
    above: tuple[int, ...] = ()
    """The lines above the header that have as many cells as a row of a list."""

    @property
    def is_full(self) -> bool:
        """Whether its columns say enough of asks: three or more, of which one is of days."""
        columns = set(self.mapping.columns.values())
        return len(columns) >= _ENOUGH and bool(columns & set(DAYS))

    @property
    def places(self) -> dict[str, int]:
        """A column of asks → where it stands."""
        return {column: self.header.index(name) for name, column in self.mapping.columns.items()}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of columns before a file is read."""

    given: Mapping[str, str]
    """Headings → columns as the user says; each has to be on some sheet."""
    remembered: Remembered
    knows: Knows
    """Whether a cell names a body that asks."""

    def on(self, header: Sequence[str]) -> dict[str, str]:
        """What is given of the headings of one sheet."""
        there = set(map(folded, header))
        return {name: column for name, column in self.given.items() if folded(name) in there}


@dataclass(slots=True)
class AskLists:
    """The lists of a file in order of its sheets, and the sheets that hold none."""

    lists: list[AskList] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    continued: list[str] = field(default_factory=list)
    """The sheets without headings that are read by those of the first list."""

    def take(self, one: AskList) -> None:
        """A sheet is a list."""
        self.others.remove(one.sheet)
        self.lists.append(one)

    def keep_fullest(self, known: Known) -> None:
        """Of several, those stay that say most of asks; others (a summary, contacts) are named.

        Beside a full one, those stay whose headings are its own or were given; where none is
        full, the first, and those with the same headings.
        """
        full = [one for one in self.lists if one.is_full] or self.lists[:1]
        marks = {one.mapping.fingerprint for one in full}
        for one in list(self.lists):
            if one.mapping.fingerprint not in marks and not known.on(one.header):
                self.lists.remove(one)
                self.others.append(one.sheet)

    @property
    def is_sure(self) -> bool:
        """Whether no column of any was guessed."""
        return all(one.mapping.is_sure for one in self.lists)

    @property
    def mappings(self) -> dict[str, dict[str, str]]:
        """A header's fingerprint → its columns, as they are remembered; no headings are not."""
        return {
            one.mapping.fingerprint: dict(one.mapping.columns)
            for one in self.lists
            if not all(name.startswith(_LETTERED) for name in one.header if name)
        }

    def in_words(self) -> str:
        """Which columns are which; by sheet where these differ."""
        return "\n".join(
            (f" on {', '.join(sheets)}:\n" if several else "") + mapping.in_words
            for several, sheets, mapping in self._by_mapping()
        )

    def unused(self) -> Iterator[str]:
        """The columns that are not taken in; by sheet where these differ."""
        for several, sheets, mapping in self._by_mapping():
            if mapping.unused:
                where = f" on {', '.join(sheets)}" if several else ""
                yield f"columns that were not taken in{where}: {', '.join(mapping.unused)}"

    def guessed(self) -> Iterator[str]:
        """What was guessed without being declared, given or remembered, as it was confirmed."""
        for several, sheets, mapping in self._by_mapping():
            if not mapping.is_sure:
                where = f" on {', '.join(sheets)}" if several else ""
                yield f"columns guessed{where}: {'; '.join(mapping.lines)}"

    def _by_mapping(self) -> Iterator[tuple[bool, list[str], ColumnMapping]]:
        alike: dict[tuple[str, ...], list[AskList]] = {}
        for one in self.lists:
            alike.setdefault((*one.mapping.lines, *one.mapping.unused), []).append(one)
        groups = list(alike.values())
        for group in groups:
            yield len(groups) > 1, [one.sheet for one in group], group[0].mapping


def lists_of(path: Path, sheets: Iterable[SheetRows], known: Known) -> AskLists:
    """The lists of asks among the sheets of a file.

    Parameters
    ----------
    path
        Named in messages.
    sheets
        The rows of each.
    known
        What is known of columns before.

    Raises
    ------
    AskError
        If there is none, or a heading that is given stands nowhere.
    """
    found = AskLists()
    headers: list[str] = []
    unheaded: list[SheetRows] = []
    refused: AskError | None = None
    for sheet in sheets:
        found.others.append(sheet.name)
        split = split_header(sheet.rows, header_score) or _header_given(sheet.rows, known.given)
        if split is None:
            unheaded.append(sheet)
            continue
        headers += split.header
        try:
            found.take(_list(sheet.name, split, known))
        except AskError as fault:
            refused = refused or fault
    found.keep_fullest(known)
    if found.lists:
        _continued(unheaded, found)
    else:
        _by_look_alone(unheaded, known, found)
    if not found.lists:
        raise refused or AskError(
            f"{path}: no row looks like a header of asks; name the columns with --mapping, such as "
            "--mapping 'Date in=received_on' --mapping 'What=text'"
        )
    _check_given(known.given, [*headers, *(name for one in found.lists for name in one.header)])
    return found


def _check_given(given: Mapping[str, str], headers: Sequence[str]) -> None:
    there = set(map(folded, headers))
    for heading in given:
        if folded(heading) not in there:
            near = nearest(heading, list(filter(None, dict.fromkeys(headers))))
            raise AskError(f"--mapping: the file has no heading {heading!r}; nearest: {near}")


def _list(sheet: str, split: Split, known: Known) -> AskList:
    """The list of a sheet.

    Raises
    ------
    AskError
        If none of its columns says what is asked.
    """
    mark = fingerprint(split.header)
    named = _named_headings(split, is_sheet=bool(sheet))
    cells = [row for _, row in split.rows]
    mapping = choose_mapping(
        named, known.on(named), known.remembered(mark), rows=cells, knows=known.knows
    )
    most = max(_ENOUGH, len(split.header) // 2)
    above = tuple(line for line, row in split.above if sum(map(bool, row)) >= most)
    return AskList(sheet, named, split.rows, replace(mapping, fingerprint=mark), above)


def _continued(sheets: Sequence[SheetRows], found: AskLists) -> None:
    """Sheets without headings whose rows look like those of the first list go on with it."""
    first = found.lists[0]
    days = [at for column, at in first.places.items() if column in DAYS]
    asked = [at for column, at in first.places.items() if column in {"title", "text"}]
    for sheet in sheets:
        rows = [cells for _, cells in sheet.rows]
        of_days = [ColumnLook.of(rows, at) for at in days]
        of_words = [ColumnLook.of(rows, at).is_mostly_words for at in asked]
        if days and any(of_words) and all(one.is_mostly_days for one in of_days):
            found.take(replace(first, sheet=sheet.name, rows=sheet.rows, above=()))
            found.continued.append(sheet.name)


def _by_look_alone(sheets: Sequence[SheetRows], known: Known, found: AskLists) -> None:
    """Lists whose headings say nothing, or that have none: their columns go by their letters."""
    for sheet in sheets:
        for split in _possible(sheet.rows):
            with suppress(AskError):
                one = _list(sheet.name, split, known)
                if len(one.mapping.columns) >= _ENOUGH:
                    found.take(one)
                    break


def _possible(rows: list[Row]) -> Iterator[Split]:
    """The first full row as the header; and where it holds a day or a number, no header at all."""
    for at, (_, cells) in enumerate(rows):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) < _ENOUGH:
            continue
        if not any(cell[0].isdigit() for cell in filled) and len(set(filled)) == len(filled):
            yield Split(tuple(cell.strip() for cell in cells), rows[at + 1 :], rows[:at])
        width = max(len(row) for _, row in rows[at:])
        yield Split(("",) * width, rows[at:], rows[:at])
        return


def _named_headings(split: Split, *, is_sheet: bool) -> tuple[str, ...]:
    """The headings, each once: a blank one above cells, and one that comes again, by its column.

    In a text file a row that is longer than the header may be broken, and is rejected.
    """
    header = split.header
    width = max([len(header), *(len(row) for _, row in split.rows if is_sheet)])
    filled = {at for _, row in split.rows for at, cell in enumerate(row) if cell.strip()}
    named: list[str] = []
    for at in range(width):
        name = header[at] if at < len(header) else ""
        if not name and at in filled:
            name = f"{_LETTERED}{column_letters(at)}"
        elif name and name in named:
            name = f"{name} (column {column_letters(at)})"
        named.append(name)
    return tuple(named)


def column_letters(place: int) -> str:
    """How a spreadsheet names a column.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    place, letters = place + 1, ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def on_sheets(found: AskLists, account: FileAccount) -> Iterator[str]:
    """Which sheets were read, which were not, and what of them is hidden."""
    left = [*found.others, *(f"{name} (hidden)" for name in account.hidden)]
    if left or len(found.lists) > 1:
        names = [one.sheet for one in found.lists]
        read = f"read {'is the sheet' if len(names) == 1 else 'are the sheets'} {', '.join(names)}"
        yield f"{read}; not read: {', '.join(left)}" if left else read
    for name in found.continued:
        yield f"{name} has no headings, and is read by those of {found.lists[0].sheet}"
    for one in found.lists:
        if one.above:
            yield _above(one, several=len(found.lists) > 1)
        yield from _hidden(one, account, several=len(found.lists) > 1)


def _above(one: AskList, *, several: bool) -> str:
    lines = ", ".join(map(str, one.above))
    where = f" of {one.sheet}" if several else ""
    return f"above the header{where} and not read: line {lines}"


def _hidden(one: AskList, account: FileAccount, *, several: bool) -> Iterator[str]:
    marks = account.concealed.get(one.sheet)
    if marks is None:
        return
    where = f" of {one.sheet}" if several else ""
    places = [at for first, last in marks.hidden_columns for at in range(first, last + 1)]
    names = [one.header[at] for at in places if at < len(one.header) and one.header[at]]
    if names:
        yield f"hidden in the workbook{where}, and read like the others: column {', '.join(names)}"
    there = {line for line, _ in one.rows}
    lines = [row + 1 for row in marks.hidden_rows if row + 1 in there]
    if lines:
        told = ", ".join(map(str, lines[:20])) + (" …" if len(lines) > 20 else "")
        yield f"hidden in the workbook{where}, and read like the others: line {told}"


def _header_given(rows: list[Row], given: Mapping[str, str]) -> Split | None:
    for index, (_, cells) in enumerate(rows):
        if given and set(given) <= {cell.strip() for cell in cells}:
            return Split(tuple(cell.strip() for cell in cells), rows[index + 1 :], rows[:index])
    return None
