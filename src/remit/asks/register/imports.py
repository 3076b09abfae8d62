"""What files bring into the register, and how it is taken back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from remit.asks.register.batches import batched
from remit.asks.register.chasing import chasing
from remit.asks.register.keys import made_id, sealed_key
from remit.asks.register.records import ImportRecord, ImportReport, RegisteredMeeting
from remit.asks.register.register import AskRegister
from remit.model.errors import AskError
from remit.records import now, plain

if TYPE_CHECKING:
    from remit.asks.calendar import CalendarRead
    from remit.asks.intake.candidate import Candidate, FileRead
    from remit.asks.intake.telling import Tell
    from remit.asks.register.completing import KnownAgain


def take_in(
    register: AskRegister,
    read: FileRead,
    calendar: CalendarRead | None = None,
    *,
    dry_run: bool = False,
    tell: Tell | None = None,
) -> ImportReport:
    """Take in a file: what is new is added, what is there already changes nothing.

    Parameters
    ----------
    read
        The file as it was read.
    calendar
        Its meetings, if it is a calendar.
    dry_run
        Say what would be done, and keep nothing.
    tell
        Is told how far a long list is.
    """
    from remit.asks.register.completing import complete
    from remit.asks.register.repeats import differing, told_if_there

    moment = now()
    kept = _least_of_new(register, read, tell)
    with register.all_or_nothing(dry_run=dry_run):
        new, again, clashes = _sorted_out(register, read, kept)
        completed = complete(register, dict(again), kept, moment) if read.mappings else []
        notes = [*completed, *differing(register, dict(again))]
        known = told_if_there(register, read)
        number = _next_number(register)
        rows = [
            register.ask_row(
                key, replace(kept(ask), follow_up=ask.follow_up), read.file_name, number
            )
            for key, ask in new
        ]
        register.append("Ask", rows)
        meetings, replaced = _insert_meetings(register, calendar, read, number)
        for fingerprint, mapping in read.mappings.items():
            _remember(register, fingerprint, mapping)
        rejections = (*known, *clashes)
        report = _report(read, new, len(again), rejections, meetings)
        report = replace(report, notes=(*report.notes, *notes))
        # A file that brings nothing is no import that could be undone.
        seen = register.table("Import").filter(sha256=register.sealed(read.sha256, 64)).exists()
        if new or meetings or replaced or completed or (rejections and not seen):
            _record(register, number, report, moment)
    return report


def imports(register: AskRegister) -> list[ImportRecord]:
    """All imports, the latest last."""
    counts = ("rows_read", "accepted", "repeated", "rejected", "meetings")
    found = register.table("Import").order_by("number")
    return [
        ImportRecord(import_id=f"import-{row['number']}", **row | {"imported_at": naive(at)})
        for row in found.values("number", "file_name", "kind", *counts, "imported_at")
        for at in [row["imported_at"]]
    ]


def naive(moment: datetime) -> datetime:
    """A moment in UTC as it is handed out, without saying so."""
    return moment.replace(tzinfo=None)


def import_number(import_id: str) -> int:
    """The number of an import in its identifier; 0, which none has, where it is none."""
    number = import_id.rpartition("-")[2]
    return int(number) if number.isascii() and number.isdigit() else 0


def undo(
    register: AskRegister, *, dry_run: bool = False, only: ImportRecord | None = None
) -> ImportRecord:
    """Take back the last import that is still there: its asks, meetings and rejections.

    What it brought is gone from the bytes of the file as well.

    Parameters
    ----------
    register
        The open register.
    dry_run
        Say which it is, and keep it.
    only
        The import that was shown to whoever decided: no other is taken back.

    Raises
    ------
    AskError
        If nothing was imported, or another import came since the one that was shown.

    Examples
    --------
    >>> undo(register, only=undo(register, dry_run=True)).file_name  # doctest: +SKIP
    'log.csv'
    """
    from remit.asks.register.completing import take_back_completed

    with register.all_or_nothing(dry_run=dry_run):
        done = imports(register)
        if not done:
            raise AskError("nothing was imported, so there is nothing to undo")
        if only is not None and done[-1] != only:
            raise AskError(
                f"{done[-1].file_name} was imported meanwhile, after {only.file_name}; nothing was "
                "taken back. See remit asks imports"
            )
        # What hangs on the import goes with it; a meeting that it replaced stands again, and
        # what it filled in is blank again.
        last = register.table("Import").filter(number=done[-1].number)
        take_back_completed(register, last.get().imported_at)
        last.delete()
        register.mark_for_wiping()
    return done[-1]


def remembered(register: AskRegister, fingerprint: str) -> dict[str, str] | None:
    """The mapping that was kept for a header, or None.

    Raises
    ------
    AskError
        If what was kept cannot be read.
    """
    kept = register.table("Mapping").filter(fingerprint=fingerprint)
    found = kept.values_list("columns", flat=True).first()
    try:
        return None if found is None else dict(json.loads(found))
    except (ValueError, TypeError, RecursionError):
        raise AskError(
            f"{register.path}: the register is damaged: a mapping of columns that was kept cannot "
            "be read. Put a copy back"
        ) from None


def rejections(register: AskRegister) -> list[tuple[Any, ...]]:
    """All rows that were rejected: file, line, column, value, reason."""
    found = register.table("Rejection").order_by("brought_by_id", "line", "id")
    return list(found.values_list("file", "line", "column", "value", "reason"))


def _least_of_new(
    register: AskRegister, read: FileRead, tell: Tell | None
) -> Callable[[Candidate], Candidate]:
    """What is kept of asks that are not there yet, made before anybody has to wait for it."""
    from remit.asks.intake.telling import told
    from remit.asks.register.least import least

    keys = set(register.table("Ask").values_list("key", flat=True))
    made = {
        one.key: least(one)
        for one in told(read.candidates, "asks reduced to their words", tell)
        if not keys or sealed_key(register, one.key) not in keys
    }
    return lambda one: made[one.key] if one.key in made else least(one)


def _sorted_out(
    register: AskRegister, read: FileRead, kept: Callable[[Candidate], Candidate]
) -> tuple[list[tuple[str, Candidate]], list[tuple[str, Candidate]], list[Any]]:
    """New candidates with their identifiers, those that are there already, and clashes."""
    from remit.asks.intake.candidate import reject

    keys = set(register.table("Ask").values_list("key", flat=True))
    ids = set(register.table("Ask").values_list("ask_id", flat=True))
    new: list[tuple[str, Candidate]] = []
    clashes: list[Any] = []
    again: list[tuple[str, Candidate]] = []
    known = _known_again(register, read, keys)
    for candidate in read.candidates:
        key = sealed_key(register, candidate.key)
        if key not in keys and known is not None:
            key = known.key_of(candidate, plain(candidate.ask_id), kept) or key
        if key in keys:
            again.append((key, candidate))
            continue
        ask_id = plain(candidate.ask_id or made_id(register, candidate))
        if ask_id in ids:
            reason = "an ask of this identifier is there with other words; edit it, or rename"
            clashes.append(reject(read.file_name, candidate.place, "ask_id", ask_id, reason))
            continue
        keys.add(key)
        ids.add(ask_id)
        new.append((ask_id, candidate))
    return chasing(register, new), again, clashes


def _known_again(register: AskRegister, read: FileRead, keys: set[str]) -> KnownAgain | None:
    """Finds asks of lists that come again with other columns; None where there can be none."""
    from remit.asks.register.completing import KnownAgain

    if not keys or not read.mappings:
        return None
    there = {sealed_key(register, one.key) for one in read.candidates} & keys
    if len(there) == len(read.candidates):
        return None
    return KnownAgain(register, read.file_name, there)


def _next_number(register: AskRegister) -> int:
    return max(register.table("Import").values_list("number", flat=True), default=0) + 1


def _insert_meetings(
    register: AskRegister, calendar: CalendarRead | None, read: FileRead, number: int
) -> tuple[int, int]:
    """Add new meetings and set aside those that the file moves or cancels; how many of each."""
    from remit.asks.register.meeting_rows import meeting_rows, series_of

    if calendar is None:
        return 0, 0
    rows = {row["key"]: row for row in meeting_rows(register, calendar, read.to_org)}
    series = series_of(register, calendar)
    gone: list[str] = []
    for meeting in register.meetings():
        newer = rows.get(meeting.key)
        if newer is not None and _same_meeting(meeting, newer):
            del rows[meeting.key]
        elif newer is not None or (
            calendar.first <= meeting.day <= calendar.last and meeting.series in series
        ):
            gone.append(meeting.key)
    for part in batched(gone):
        current = register.table("Meeting").filter(replaced_by=None, key__in=part)
        current.update(replaced_by_id=number)
    register.append("Meeting", [row | {"brought_by_id": number} for row in rows.values()])
    return len(rows), len(gone)


def _remember(register: AskRegister, fingerprint: str, mapping: Mapping[str, str]) -> None:
    register.table("Mapping").update_or_create(
        fingerprint=fingerprint,
        defaults={"columns": plain(json.dumps(mapping)), "kept_at": now()},
    )


def _record(register: AskRegister, number: int, report: ImportReport, moment: datetime) -> None:
    same = ("file_name", "kind", "rows_read", "accepted", "repeated", "meetings")
    row = {name: getattr(report, name) for name in same}
    own = {
        "number": number,
        "sha256": register.sealed(report.sha256, 64),
        "rejected": len(report.rejections),
        "imported_at": moment,
    }
    register.append("Import", [row | own])
    register.append("Rejection", [{"brought_by_id": number} | asdict(r) for r in report.rejections])


def _report(
    read: FileRead,
    new: Sequence[tuple[str, Candidate]],
    repeated: int,
    rejections: Sequence[Any],
    meetings: int,
) -> ImportReport:
    taken = [candidate for _, candidate in new]
    return ImportReport(
        file_name=read.file_name,
        sha256=read.sha256,
        kind=read.kind,
        rows_read=read.rows_read,
        accepted=len(taken),
        repeated=repeated,
        rejections=tuple(rejections),
        aside=read.aside,
        follow_ups=sum(candidate.follow_up for candidate in taken),
        meetings=meetings,
        removed=sum(candidate.removed for candidate in taken),
        attachments=sum(candidate.attachments for candidate in taken),
        attachments_read=read.attachments_read,
        bodies=tuple(Counter(candidate.from_body for candidate in taken).most_common()),
        notes=tuple(read.notes),
        unread=read.unread,
        ask_ids=tuple(ask_id for ask_id, _ in new),
    )


def _same_meeting(meeting: RegisteredMeeting, row: Mapping[str, Any]) -> bool:
    newer = replace(meeting, **{k: v for k, v in row.items() if hasattr(meeting, k)})
    return newer == meeting
