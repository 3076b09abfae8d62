"""A file into the register, whatever kind it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from remit.asks.intake.bounds import content_of
from remit.asks.intake.candidate import FileRead
from remit.asks.intake.list_files import read_table
from remit.asks.intake.lists import AskLists
from remit.asks.intake.personal import Redactor, load_personal
from remit.asks.intake.table_files import SHEETS
from remit.asks.intake.tables import Reduction
from remit.asks.intake.telling import Tell
from remit.asks.matching.size import collecting_seldom
from remit.asks.register.accepting import accepted
from remit.asks.register.imports import remembered, take_in
from remit.asks.register.records import ImportReport
from remit.asks.register.register import AskRegister
from remit.asks.screening.suspects import SuspectFinder
from remit.asks.senders import Senders, load_senders
from remit.model.errors import AskError
from remit.register import load_register
from remit.register.closing import absence

if TYPE_CHECKING:
    from remit.asks.calendar import CalendarRead

LISTS = SHEETS | {".csv", ".tsv", ".txt"}
MAIL = frozenset({".eml", ".mbox"})
CALENDARS = frozenset({".ics"})
"""The kinds of files that are taken in, by their endings, as docs/asks.md names them."""


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
    attachments: bool = False
    """Read the files that hang on messages."""
    keep_text: bool = False
    """Keep the texts as they came, beside those without names."""
    senders: Senders | None = None
    tell: Tell | None = None
    """Is told how far a list of more than 2,000 rows is."""


class UnsureMapping(AskError):
    """The columns of a list were guessed and nobody has confirmed them yet."""

    def __init__(self, path: Path, lists: AskLists) -> None:
        self.guessed = "\n".join([lists.in_words(), *(f"  {line}" for line in lists.unused())])
        super().__init__(
            f"{path}: the columns are guessed as follows; confirm with --yes, or correct with "
            f"--mapping 'HEADING=column' ('HEADING=' for none):\n{self.guessed}"
        )


def import_file(
    register: AskRegister,
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
        A file of one of ``LISTS``, ``MAIL`` or ``CALENDARS``.
    options
        What the user says beyond the file.
    confirmed
        Whether a guessed mapping of columns may be used; if not, it is refused with its wording.
    dry_run
        Say what would be done, and keep nothing.

    Returns
    -------
    ImportReport
        Every row, message or event: accepted, there already, set aside or rejected with a reason.

    Raises
    ------
    UnsureMapping
        If the columns had to be guessed and ``confirmed`` is False.
    AskError
        If the file cannot be read as what it is.
    """
    options = options or ImportOptions()
    brought = read_file(register, path, options, confirmed=confirmed)
    return take_file(register, brought, options, dry_run=dry_run)


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it was read, before any of it is in the register."""

    read: FileRead
    reduction: Reduction
    calendar: CalendarRead | None = None


def read_file(
    register: AskRegister, path: Path, options: ImportOptions, *, confirmed: bool = True
) -> Brought:
    """Read a file and take nothing in; of the register only its mappings of columns are used.

    Parameters
    ----------
    register
        The open register; one in memory where there is none yet, so that a file that is refused
        leaves none behind.
    path, options, confirmed
        As for :func:`import_file`, which says what is raised.
    """
    with collecting_seldom():
        return _read(register, path, options, confirmed=confirmed)


def take_file(
    register: AskRegister, brought: Brought, options: ImportOptions, *, dry_run: bool = False
) -> ImportReport:
    """Take what was read into the register.

    Parameters
    ----------
    register
        The open register.
    brought
        What :func:`read_file` has read.
    options
        As they were given there.
    dry_run
        Say what would be done, and keep nothing.
    """
    with collecting_seldom():
        report = take_in(
            register, brought.read, brought.calendar, dry_run=dry_run, tell=options.tell
        )
        return _told(report, brought, accepted(register))


def _read(register: AskRegister, path: Path, options: ImportOptions, *, confirmed: bool) -> Brought:
    content = content_of(path)
    reduction = Reduction(
        senders=options.senders or load_senders(),
        redactor=Redactor(load_personal()),
        to_org=options.to_org,
        keep_text=options.keep_text,
        tell=options.tell,
    )
    kind = path.suffix.lower()
    if kind in CALENDARS:
        from remit.asks.calendar.diary import read_diary

        days = (options.first, options.last)
        read, calendar = read_diary(path, content, reduction, days, options.own)
        return Brought(read, reduction, calendar)
    if kind in MAIL:
        from remit.asks.calendar.invitations import read_invitations
        from remit.asks.intake.mail import read_mail

        read = read_mail(path, content, reduction, options.own, attachments=options.attachments)
        days = (options.first, options.last)
        return Brought(read, reduction, read_invitations(path, read, reduction, days, options.own))
    if kind in LISTS:
        read = _list(register, path, content, reduction, options, confirmed=confirmed)
        return Brought(read, reduction)
    if kind == ".xlsb":
        raise AskError(f"{path}: Excel's binary workbooks (.xlsb) are not read; save it as .xlsx")
    known = ", ".join(sorted(LISTS | MAIL | CALENDARS))
    raise AskError(f"{path}: this kind of file is not read; use one of {known}")


def _told(report: ImportReport, brought: Brought, known_none: frozenset[str]) -> ImportReport:
    """The account of a file, with how many of its kept words look like names."""
    read = brought.read
    named = [one.to_org_name or "" for one in read.candidates]
    known = brought.reduction.knowing(set(named)).redactor.vocabulary
    found = SuspectFinder(load_personal(), known, known_none).suspects(_kept_of(report, brought))
    return replace(report, doubtful=len(found))


def _kept_of(report: ImportReport, brought: Brought) -> Iterator[tuple[str, str]]:
    """All free text that a file brings, whatever kind it is; what remit asks screen looks at."""
    yield "file", report.file_name
    for one in brought.read.candidates:
        for text in (one.title, one.text, one.from_body, one.from_team or "", one.due_said or ""):
            yield one.ask_id or "", text
    for fault in report.rejections:
        yield "rejected", fault.value
    for meeting in brought.calendar.meetings if brought.calendar else ():
        yield "meeting", meeting.title


def _list(
    register: AskRegister,
    path: Path,
    content: bytes,
    reduction: Reduction,
    options: ImportOptions,
    *,
    confirmed: bool,
) -> FileRead:
    read, lists = read_table(
        path, content, reduction, options.mapping, partial(remembered, register)
    )
    if not lists.is_sure and not confirmed:
        raise UnsureMapping(path, lists)
    read.notes += lists.unused()
    read.notes += _unknown_recipients(read)
    return read


def _unknown_recipients(read: FileRead) -> Iterator[str]:
    """Recipients whom no register of organisations has: taken, since they may be local codes."""
    known = load_register()
    codes = sorted({one.to_org_code.upper() for one in read.candidates})
    for code in codes:
        if found := known.find(code):
            days = [one.received_on for one in read.candidates if one.to_org_code.upper() == code]
            if gone := absence(known, found, max(filter(None, days), default=found.opened)):
                yield f"{gone} Its asks are kept."
            continue
        near = ", ".join(f"{one.code} ({one.name})" for one in known.nearest(code)) or "none"
        yield f"no organisation on the register has the code {code}; it is kept. Nearest: {near}"
