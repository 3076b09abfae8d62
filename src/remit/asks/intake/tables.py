"""From the rows of a list to asks; each row is taken or rejected with its reason."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from remit.asks.intake.bounds import Notes, tamed
from remit.asks.intake.candidate import Candidate, FileRead, day, hours, reject
from remit.asks.intake.mapping import ColumnMapping, choose_mapping, fingerprint, header_score
from remit.asks.intake.personal import Redactor, quoted_people, without_quotes
from remit.asks.intake.table_files import SHEETS, Account, Row, split_header, table_rows
from remit.asks.intake.telling import Tell, told
from remit.asks.senders import UNKNOWN, Senders
from remit.model.errors import AskError, UnknownCode
from remit.register import load_register
from remit.words.sentences import count_words

_READERS: dict[str, Callable[[str], Any]] = {
    "received_on": day,
    "due_on": day,
    "period_from": day,
    "period_to": day,
    "hours_estimate": hours,
}
_LONGEST_TITLE = 1_000
_MOST_SHOWN = 200
# What a workbook shows for a value that it cannot work out, and Remit for one not worked out yet.
_ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|NOT CALCULATED!)$"
)
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


class _BadCell(ValueError):
    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason


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
    header, rows = split_header(table_rows(path, content, account), header_score)
    if header is None and given:
        header, rows = _header_given(rows, given)
    if header is None:
        raise AskError(
            f"{path}: no row looks like a header of asks; name the columns with --mapping, such as "
            "--mapping 'Date in=received_on' --mapping 'What=text'"
        )
    mapping = choose_mapping(header, given, remembered(fingerprint(header)))
    read = FileRead(
        file_name=reduction.redactor.file_name(path.name),
        sha256=hashlib.sha256(content).hexdigest(),
        kind="xlsx" if path.suffix.lower() in SHEETS else "csv",
        fingerprint=mapping.fingerprint,
        mapping=dict(mapping.columns),
    )
    read.notes += account.notes
    for line, reason in account.damaged:
        read.rejections.append(reject(read.file_name, line, "", "", reason))
    _fill(read, rows, header, mapping, reduction)
    read.rejections.sort(key=lambda one: one.line)
    return read, mapping


def _header_given(
    rows: list[Row], given: Mapping[str, str]
) -> tuple[tuple[str, ...] | None, list[Row]]:
    for index, (_, cells) in enumerate(rows):
        if set(given) <= {cell.strip() for cell in cells}:
            return tuple(cell.strip() for cell in cells), rows[index + 1 :]
    return None, rows


def _fill(
    read: FileRead,
    rows: Sequence[Row],
    header: Sequence[str],
    mapping: ColumnMapping,
    reduction: Reduction,
) -> None:
    places = {column: header.index(name) for name, column in mapping.columns.items()}
    seen: Counter[str] = Counter()
    notes = Notes()
    replaced = 0
    reduction = reduction.knowing(_organisations(rows, places))
    clean = _cleaner(reduction)
    headed = {
        column: f" (your column {clean(name)[:_MOST_SHOWN]!r})"
        for name, column in mapping.columns.items()
        if name != column
    }
    for line, cells in told(rows, "rows read", reduction.tell):
        said: list[str] = []
        try:
            values = _values(cells, places, len(header))
            candidate = _candidate(line, values, reduction, seen, said)
        except _BadCell as fault:
            if key := _key_if_told(cells, places, seen):
                read.rejected_keys[line] = key
            value = clean(fault.value[:_MOST_SHOWN])
            reason = fault.reason + headed.get(fault.column, "")
            read.rejections.append(reject(read.file_name, line, fault.column, value, reason))
        else:
            read.candidates.append(candidate)
            notes.add(line, said)
            replaced += bool(values.get("ask_id")) and not candidate.ask_id
    if replaced:
        read.notes.append(
            f"{count_words(replaced, 'identifier')} of asks looked like a person's "
            "name or number; made-up ones are kept instead, the same at each import"
        )
    read.notes += notes.lines("row")


def _organisations(rows: Sequence[Row], places: Mapping[str, int]) -> set[str]:
    """What may be names of organisations in a list: its recipients and its senders."""
    columns = [places[name] for name in ("to_org_name", "from_body") if name in places]
    return {cells[place].strip() for place in columns for _, cells in rows if place < len(cells)}


def _cleaner(reduction: Reduction) -> Callable[[str], str]:
    """What a rejected value is kept as."""
    return lambda value: reduction.redactor.redact(value).text


def _values(cells: Sequence[str], places: Mapping[str, int], width: int) -> dict[str, Any]:
    if [cell for cell in cells[width:] if cell.strip()]:
        raise _BadCell("", cells[width], "the row has more cells than the header")
    values: dict[str, Any] = {}
    for column, place in places.items():
        text = cells[place].strip() if place < len(cells) else ""
        if text.startswith("#") and _ERROR.match(text):
            raise _BadCell(column, text, "the cell holds an error of a spreadsheet, no value")
        try:
            values[column] = _READERS[column](text) if column in _READERS else text
        except ValueError as error:
            raise _BadCell(column, text, str(error)) from None
    return values


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
        raise _BadCell("text", "", said_nothing)
    to_org = _recipient(values, reduction)
    start, end = values.get("period_from"), values.get("period_to")
    if start and end and end < start:
        raise _BadCell("period_to", end.isoformat(), f"the period ends before it begins ({start})")
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
    raise _BadCell("to_org_code", name, "no recipient; fill it in, or give one with --to-org")


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
        values = _values(cells, keyed, len(cells))
    except _BadCell:
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
