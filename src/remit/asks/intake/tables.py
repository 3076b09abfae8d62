"""From the rows of a list to asks; each row is taken or rejected with its reason."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from remit.asks.intake.bounds import Notes, tamed
from remit.asks.intake.candidate import Candidate, FileRead, reject
from remit.asks.intake.mapping import ColumnMapping, choose_mapping, fingerprint, header_score
from remit.asks.intake.personal import Redactor, quoted_people, without_quotes
from remit.asks.intake.row_values import BadCell, values_of
from remit.asks.intake.table_files import SHEETS, Account, Row, SheetRows, split_header, tables_of
from remit.asks.intake.telling import Tell, told
from remit.asks.intake.total_rows import is_total
from remit.asks.senders import UNKNOWN, Senders
from remit.model.errors import AskError, UnknownCode
from remit.register import load_register
from remit.words.sentences import count_words

_MOST_UNREAD = 20
_SHORT = 80
_LONGEST_TITLE = 1_000
_MOST_SHOWN = 200
_DUE_EARLY = (
    "the day on which it is due lies before the day of receipt; both were taken as they stand, "
    "correct one with remit asks edit"
)
_KEYED = ("received_on", "from_body", "to_org_code", "title", "text", "period_from", "period_to")


@dataclass(frozen=True, slots=True)
class Reduction:
    """How personal data are reduced on the way in."""

    senders: Senders
    redactor: Redactor
    to_org: str | None = None
    """The recipient of what does not name one."""
    keep_text: bool = False
    tell: Tell | None = None
    """Is told how far a long list is."""

    def knowing(self, organisations: Iterable[str]) -> Reduction:
        """This reduction, with the words of these organisations' names taken for no persons."""
        bodies = [name for name in organisations if self.redactor.is_clean_body(name)]
        return replace(self, redactor=self.redactor.knowing([*bodies, *self.senders.names]))


def read_table(
    path: Path,
    content: bytes,
    reduction: Reduction,
    given: Mapping[str, str],
    remembered: Callable[[str], Mapping[str, str] | None],
) -> tuple[FileRead, ColumnMapping]:
    """Read a list of asks.

    Parameters
    ----------
    path, content
        The file, and what is in it.
    reduction
        How personal data are reduced.
    given
        Headings → columns as the user says.
    remembered
        Gives the mapping kept for a header's fingerprint, if there is one.

    Raises
    ------
    AskError
        If the file cannot be read, has no header, or its header says nothing of asks.
    """
    account = Account()
    lists, others = _lists(tables_of(path, content, account), given)
    if not lists:
        raise AskError(
            f"{path}: no row looks like a header of asks; name the columns with --mapping, such as "
            "--mapping 'Date in=received_on' --mapping 'What=text'"
        )
    mapping = choose_mapping(lists[0].header, given, remembered(fingerprint(lists[0].header)))
    read = FileRead(
        file_name=reduction.redactor.file_name(path.name),
        sha256=hashlib.sha256(content).hexdigest(),
        kind="xlsx" if path.suffix.lower() in SHEETS else "csv",
        fingerprint=mapping.fingerprint,
        mapping=dict(mapping.columns),
    )
    read.notes += _on_sheets(lists, others, account)
    for sheet, line, reason in account.damaged:
        read.rejections.append(reject(_place(read, sheet, lists), line, "", "", reason))
    _fill(read, lists, mapping, reduction, account)
    read.rejections.sort(key=lambda one: (one.file, one.line))
    return read, mapping


@dataclass(frozen=True, slots=True)
class _List:
    """The asks of one sheet, below their header."""

    sheet: str
    header: tuple[str, ...]
    rows: list[Row]


def _lists(sheets: Iterable[SheetRows], given: Mapping[str, str]) -> tuple[list[_List], list[str]]:
    """The first sheet with a header of asks and those with the same; and the names of others."""
    lists: list[_List] = []
    others: list[str] = []
    for sheet in sheets:
        header, rows = split_header(sheet.rows, header_score)
        if header is None and given:
            header, rows = _header_given(rows, given)
        if header is None or (lists and fingerprint(header) != fingerprint(lists[0].header)):
            others.append(sheet.name)
        else:
            lists.append(_List(sheet.name, header, rows))
    return lists, others


def _on_sheets(lists: Sequence[_List], others: Sequence[str], account: Account) -> Iterator[str]:
    left = [*others, *(f"{name} (hidden)" for name in account.hidden)]
    if not left and len(lists) < 2:
        return
    names = ", ".join(one.sheet for one in lists)
    read = f"read is the sheet {names}" if len(lists) == 1 else f"read are the sheets {names}"
    yield f"{read}; not read: {', '.join(left)}" if left else read


def _place(read: FileRead, sheet: str, lists: Sequence[_List]) -> str:
    """The file; with the sheet where several are read."""
    return f"{read.file_name} ({sheet})" if len(lists) > 1 else read.file_name


def _header_given(
    rows: list[Row], given: Mapping[str, str]
) -> tuple[tuple[str, ...] | None, list[Row]]:
    for index, (_, cells) in enumerate(rows):
        if set(given) <= {cell.strip() for cell in cells}:
            return tuple(cell.strip() for cell in cells), rows[index + 1 :]
    return None, rows


def _fill(
    read: FileRead,
    lists: Sequence[_List],
    mapping: ColumnMapping,
    reduction: Reduction,
    account: Account,
) -> None:
    places = {column: lists[0].header.index(name) for name, column in mapping.columns.items()}
    everything = [(one, *row) for one in lists for row in one.rows]
    reduction = reduction.knowing(_organisations([cells for _, _, cells in everything], places))
    taking = _Taking(read, places, mapping, reduction, account)
    for one, line, cells in told(everything, "rows read", reduction.tell):
        taking.take(one, line, cells, _place(read, one.sheet, lists))
    read.notes += taking.notes()


class _Taking:
    """Takes the rows of a list one after the other, and keeps account of what is odd in them."""

    def __init__(
        self,
        read: FileRead,
        places: Mapping[str, int],
        mapping: ColumnMapping,
        reduction: Reduction,
        account: Account,
    ) -> None:
        self._read, self._places, self._reduction = read, places, reduction
        self._account = account
        self._clean = _cleaner(reduction)
        self._headed = {
            column: f" (your column {self._clean(name)[:_MOST_SHOWN]!r})"
            for name, column in mapping.columns.items()
            if name != column
        }
        self._seen: Counter[str] = Counter()
        self._notes = Notes()
        self._unread: list[str] = []
        self._totals: list[int] = []
        self._hours = 0.0
        self._replaced = 0

    def take(self, one: _List, line: int, cells: list[str], place: str) -> None:
        """One row: an ask, a rejection, or a total that is passed over."""
        if is_total(cells, self._places.get("hours_estimate"), self._hours):
            self._totals.append(line)
            return
        said: list[str] = []
        try:
            values, unread = values_of(cells, self._places, len(one.header), said)
            self._once_of_merged(one, line, values, said)
            candidate = _candidate(line, values, self._reduction, self._seen, said)
        except BadCell as fault:
            self._reject(line, cells, place, fault)
            return
        self._read.candidates.append(candidate)
        self._notes.add(line, said)
        self._hours += candidate.hours_estimate or 0
        self._replaced += bool(values.get("ask_id")) and not candidate.ask_id
        for bad in unread:
            self._leave_blank(line, place, bad)

    def _leave_blank(self, line: int, place: str, bad: BadCell) -> None:
        self._read.unread += 1
        where = f"line {line}" if place == self._read.file_name else f"{place}, line {line}"
        self._unread.append(
            f"{where}, {bad.column} left blank: {bad.reason}"
            f"{self._headed.get(bad.column, '')}: {self._clean(bad.value)[:_SHORT]!r}"
        )

    def _once_of_merged(
        self, one: _List, line: int, values: dict[str, Any], said: list[str]
    ) -> None:
        """Hours in a cell that is merged over several asks count once; all else holds for each."""
        filled = {
            column
            for column, at in self._places.items()
            if (one.sheet, line, at) in self._account.filled
        }
        if "hours_estimate" in filled:
            values["hours_estimate"] = None
            said.append("hours in a merged cell are kept with the first of its asks")
        if named := sorted(filled - {"hours_estimate"}):
            said.append(f"{', '.join(named)} taken from the cell with which it is merged")

    def _reject(self, line: int, cells: list[str], place: str, fault: BadCell) -> None:
        if key := _key_if_told(cells, self._places, self._seen):
            self._read.rejected_keys[place, line] = key
        value = self._clean(fault.value[:_MOST_SHOWN])
        reason = fault.reason + self._headed.get(fault.column, "")
        self._read.rejections.append(reject(place, line, fault.column, value, reason))

    def notes(self) -> Iterator[str]:
        """What was odd in the rows that were taken, and what was passed over."""
        if self._replaced:
            yield (
                f"{count_words(self._replaced, 'identifier')} of asks looked like a person's "
                "name or number; made-up ones are kept instead, the same at each import"
            )
        yield from self._notes.lines("row")
        if self._totals:
            lines = ", ".join(map(str, self._totals))
            rows = count_words(len(self._totals), "row")
            yield f"{rows} of totals passed over, no ask: line {lines}"
        yield from self._unread[:_MOST_UNREAD]
        if (left := len(self._unread) - _MOST_UNREAD) > 0:
            yield f"{count_words(left, 'more cell')} left blank that could not be read"
        if self._unread:
            yield "what was left blank can be filled in with remit asks edit"


def _organisations(rows: Sequence[list[str]], places: Mapping[str, int]) -> set[str]:
    """What may be names of organisations in a list: its recipients and its senders."""
    columns = [places[name] for name in ("to_org_name", "from_body") if name in places]
    return {cells[place].strip() for place in columns for cells in rows if place < len(cells)}


def _cleaner(reduction: Reduction) -> Callable[[str], str]:
    """What a rejected value is kept as."""
    return lambda value: reduction.redactor.redact(value).text


def _candidate(
    line: int,
    values: dict[str, Any],
    reduction: Reduction,
    seen: Counter[str],
    said: list[str],
) -> Candidate:
    title = tamed(values.get("title", ""), said)[:_LONGEST_TITLE]
    text = tamed(values.get("text", ""), said)
    if not title and not text:
        said_nothing = "the row says nothing of what is asked (title and text are blank)"
        raise BadCell("text", "", said_nothing)
    to_org = _recipient(values, reduction)
    start, end = values.get("period_from"), values.get("period_to")
    if start and end and end < start:
        raise BadCell("period_to", end.isoformat(), f"the period ends before it begins ({start})")
    received, due = values.get("received_on"), values.get("due_on")
    if received and due and due < received:
        said.append(_DUE_EARLY)
    key = _key(values, seen)
    names = [*_people(values, reduction), *quoted_people(text)]
    heading, plain = reduction.redactor.redact_pair(title, without_quotes(text)[0], names)
    return Candidate(
        key=key,
        place=line,
        ask_id=_kept_id(values.get("ask_id", ""), reduction),
        from_body=kept_body(values.get("from_body", ""), (title, text), reduction),
        from_team=kept_team(values.get("from_team", ""), reduction),
        to_org_code=to_org.upper(),
        to_org_name=kept_team(values.get("to_org_name", ""), reduction),
        channel=(kept_team(values.get("channel") or "", reduction) or "").lower() or None,
        title=heading.text,
        text=plain.text,
        received_on=received,
        due_on=due,
        period_from=start,
        period_to=end,
        frequency=(kept_team(values.get("frequency") or "", reduction) or "").lower() or None,
        hours_estimate=values.get("hours_estimate"),
        removed=plain.removed + heading.removed,
        original=text if reduction.keep_text else None,
    )


def _recipient(values: Mapping[str, Any], reduction: Reduction) -> str:
    """The code of who is asked: as written, else that of the name beside it, else the option's."""
    code = (values.get("to_org_code") or "").strip()
    name = (values.get("to_org_name") or "").strip()
    if not code and name:
        with suppress(UnknownCode):
            code = load_register().named(name, values.get("received_on")).code
    if found := code or (reduction.to_org or "").strip():
        return found
    raise BadCell("to_org_code", name, "no recipient; fill it in, or give one with --to-org")


def kept_body(written: str, texts: tuple[str, str], reduction: Reduction) -> str:
    """The body that a sender as written comes down to; a person's name is kept by no means."""
    label = reduction.senders.labelled(written, texts)
    return label if reduction.redactor.is_clean(label) else UNKNOWN


def kept_team(written: str, reduction: Reduction) -> str | None:
    """A team as written, unless it is a person or an address."""
    return written if written and reduction.redactor.is_clean(written) else None


def _people(values: Mapping[str, Any], reduction: Reduction) -> list[str]:
    """The senders of a row that are people, whose names are taken out of its words too."""
    senders = [values.get(name, "") for name in ("from_body", "from_team")]
    return [sender for sender in senders if sender and not reduction.redactor.is_clean(sender)]


def _kept_id(written: str, reduction: Reduction) -> str:
    """An identifier as written; blank where a person may be in it, so that one is made up.

    With the person taken out, two of them would be the same.
    """
    return written if reduction.redactor.file_name(written) == written else ""


def _key_if_told(cells: Sequence[str], places: Mapping[str, int], seen: Counter[str]) -> str | None:
    """By what a rejected row would be known again; None where a cell of that is at fault."""
    keyed = {name: place for name, place in places.items() if name in ("ask_id", *_KEYED)}
    try:
        values, unread = values_of(cells, keyed, len(cells), [])
    except BadCell:
        return None
    if unread:
        return None
    if not values.get("title") and not values.get("text"):
        return None
    digest = _digest(values)
    return f"row:{digest}:{seen[digest] + 1}"


def _key(values: Mapping[str, Any], seen: Counter[str]) -> str:
    """What a row is known by again: its words; of alike rows in a file, which one it is."""
    digest = _digest(values)
    seen[digest] += 1
    return f"row:{digest}:{seen[digest]}"


def _digest(values: Mapping[str, Any]) -> str:
    parts = "\x1f".join(str(values.get(column) or "") for column in ("ask_id", *_KEYED))
    return hashlib.sha256(parts.encode()).hexdigest()[:24]
