"""A file into the register, whatever kind it is."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from remit.asks.intake.bounds import content_of
from remit.asks.intake.candidate import FileRead
from remit.asks.intake.mapping import ColumnMapping
from remit.asks.intake.personal import Redactor, load_personal
from remit.asks.intake.table_files import SHEETS
from remit.asks.intake.tables import Reduction, read_table
from remit.asks.intake.telling import Tell
from remit.asks.register.accepting import accepted
from remit.asks.register.imports import remembered, take_in
from remit.asks.register.records import ImportReport
from remit.asks.register.register import Register
from remit.asks.screening.suspects import SuspectFinder
from remit.asks.senders import Senders, load_senders
from remit.model.errors import AskError

_TABLES = SHEETS | {".csv", ".tsv", ".txt"}
_MAIL = frozenset({".eml", ".mbox"})
_SELDOM = 50_000
"""How many objects are made before the first look for cycles."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user says about files beyond what stands in them."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    """Heading → column of asks, for lists."""
    to_org: str | None = None
    """The recipient where a file does not name one: a mailbox, a calendar, a list of one's own."""
    own: str | None = None
    """The organisation's own mail domain."""
    first: date | None = None
    last: date | None = None
    """The days of a calendar, both included."""
    keep_text: bool = False
    """Keep the texts as they came, beside those without names."""
    senders: Senders | None = None
    tell: Tell | None = None
    """Is told how far a list of more than 2,000 rows is."""


class UnsureMapping(AskError):
    """The columns of a list were guessed and nobody has confirmed them yet."""

    def __init__(self, path: Path, mapping: ColumnMapping) -> None:
        self.mapping = mapping
        unused = f"\nNot taken in: {', '.join(mapping.unused)}." if mapping.unused else ""
        super().__init__(
            f"{path}: the columns are guessed as follows; confirm with --yes, or correct with "
            f"--mapping 'HEADING=column':\n{mapping.in_words}{unused}"
        )


def import_file(
    register: Register,
    path: Path,
    options: ImportOptions | None = None,
    *,
    confirmed: bool = True,
    dry_run: bool = False,
) -> ImportReport:
    """Take a list, a mailbox or a calendar into the register.

    Parameters
    ----------
    register
        The open register.
    path
        A file: .csv, .tsv, .xlsx, .ods, .eml, .mbox or .ics.
    options
        What the user says beyond the file.
    confirmed
        Whether a guessed mapping of columns may be used; if not, it is refused with its wording.
    dry_run
        Say what would be done, and keep nothing.

    Returns
    -------
    ImportReport
        Every row, message or event, either accepted, repeated or rejected with its reason.

    Raises
    ------
    UnsureMapping
        If the columns had to be guessed and ``confirmed`` is False.
    AskError
        If the file cannot be read as what it is.
    """
    with _collecting_seldom():
        return _import(register, path, options or ImportOptions(), confirmed, dry_run)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Rows become many objects without cycles; looking for some in them again and again is slow."""
    usual = gc.get_threshold()
    gc.set_threshold(_SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _import(
    register: Register, path: Path, options: ImportOptions, confirmed: bool, dry_run: bool
) -> ImportReport:
    content = content_of(path)
    reduction = Reduction(
        senders=options.senders or load_senders(),
        redactor=Redactor(load_personal()),
        to_org=options.to_org,
        keep_text=options.keep_text,
        tell=options.tell,
    )
    kind = path.suffix.lower()
    if kind == ".ics":
        from remit.asks.intake.diary import read_diary

        read, calendar = read_diary(
            path, content, reduction, (options.first, options.last), options.own
        )
        return _told(
            take_in(register, read, calendar, dry_run=dry_run), read, reduction, accepted(register)
        )
    if kind in _MAIL:
        from remit.asks.intake.mail import read_mail

        read = read_mail(path, content, reduction, options.own)
    elif kind in _TABLES:
        read = _list(register, path, content, reduction, options, confirmed=confirmed)
    else:
        known = ", ".join(sorted({*_TABLES, *_MAIL, ".ics"}))
        raise AskError(f"{path}: this kind of file is not read; use one of {known}")
    took = take_in(register, read, dry_run=dry_run, tell=options.tell)
    return _told(took, read, reduction, accepted(register))


def _told(
    report: ImportReport, read: FileRead, reduction: Reduction, known_none: frozenset[str]
) -> ImportReport:
    """The account of a file, with how many of its kept words look like names."""
    named = [one.to_org_name or "" for one in read.candidates]
    known = reduction.knowing(set(named)).redactor.vocabulary
    texts = (
        (one.ask_id or "", text)
        for one in read.candidates
        for text in (one.title, one.text, one.from_body, one.from_team or "")
    )
    found = SuspectFinder(load_personal(), known, known_none).suspects(texts)
    return replace(report, doubtful=len(found))


def _list(
    register: Register,
    path: Path,
    content: bytes,
    reduction: Reduction,
    options: ImportOptions,
    *,
    confirmed: bool,
) -> FileRead:
    read, mapping = read_table(
        path, content, reduction, options.mapping, partial(remembered, register)
    )
    if not mapping.is_sure and not confirmed:
        raise UnsureMapping(path, mapping)
    if mapping.unused:
        read.notes.append(f"columns that were not taken in: {', '.join(mapping.unused)}")
    return read
