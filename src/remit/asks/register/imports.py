"""What files bring into the register, and how it is taken back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from remit.asks.register.opening import now
from remit.asks.register.records import ImportRecord, ImportReport, RegisteredMeeting
from remit.asks.register.register import Register, ask_row, made_id
from remit.model.errors import AskError

if TYPE_CHECKING:
    from remit.asks.calendar import CalendarRead
    from remit.asks.intake.candidate import Candidate, FileRead


def take_in(
    register: Register,
    read: FileRead,
    calendar: CalendarRead | None = None,
    *,
    dry_run: bool = False,
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
    """
    with register.all_or_nothing(dry_run=dry_run):
        new, repeated, clashes = _sorted_out(register, read)
        import_id = _next_import_id(register)
        register.append(
            "ask", [ask_row(ask_id, found, read.file_name, import_id) for ask_id, found in new]
        )
        meetings, replaced = _insert_meetings(register, calendar, read, import_id)
        if read.mapping and read.fingerprint:
            _remember(register, read.fingerprint, read.mapping)
        rejections = (*read.rejections, *clashes)
        report = _report(read, new, repeated, rejections, meetings)
        # A file that brings nothing is no import that could be undone.
        seen = register.rows("SELECT 1 FROM import WHERE sha256 = ?", [read.sha256])
        if new or meetings or replaced or (rejections and not seen):
            _record(register, import_id, report)
    return report


def imports(register: Register) -> list[ImportRecord]:
    """All imports, the latest last."""
    return [
        ImportRecord(*row)
        for row in register.rows(
            "SELECT import_id, number, file_name, kind, rows_read, accepted, repeated, "
            "rejected, meetings, imported_at FROM import ORDER BY number"
        )
    ]


def undo(register: Register, *, dry_run: bool = False) -> ImportRecord:
    """Take back the last import that is still there: its asks, meetings and rejections.

    Raises
    ------
    AskError
        If nothing was imported.
    """
    done = imports(register)
    if not done:
        raise AskError("nothing was imported, so there is nothing to undo")
    last = done[-1]
    with register.all_or_nothing(dry_run=dry_run):
        register.connection.execute(
            "DELETE FROM change WHERE ask_id IN (SELECT ask_id FROM ask WHERE import_id = ?)",
            [last.import_id],
        )
        for table in ("ask", "meeting", "rejection", "import"):
            register.connection.execute(
                f"DELETE FROM {table} WHERE import_id = ?",  # noqa: S608
                [last.import_id],
            )
        register.connection.execute(
            "UPDATE meeting SET replaced_by = NULL WHERE replaced_by = ?", [last.import_id]
        )
    return last


def remembered(register: Register, fingerprint: str) -> dict[str, str] | None:
    """The mapping that was kept for a header, or None."""
    found = register.rows("SELECT columns FROM mapping WHERE fingerprint = ?", [fingerprint])
    return dict(json.loads(found[0][0])) if found else None


def rejections(register: Register) -> list[tuple[Any, ...]]:
    """All rows that were rejected: file, line, column, value, reason."""
    return register.rows(
        'SELECT file, line, "column", value, reason FROM rejection ORDER BY import_id, line'
    )


def _sorted_out(
    register: Register, read: FileRead
) -> tuple[list[tuple[str, Candidate]], int, list[Any]]:
    """New candidates with their identifiers, how many are there already, and clashes."""
    from remit.asks.intake.candidate import reject

    keys = {row[0] for row in register.rows("SELECT key FROM ask")}
    ids = {row[0] for row in register.rows("SELECT ask_id FROM ask")}
    new: list[tuple[str, Candidate]] = []
    clashes: list[Any] = []
    repeated = 0
    for candidate in read.candidates:
        if candidate.key in keys:
            repeated += 1
            continue
        ask_id = candidate.ask_id or made_id(candidate)
        if ask_id in ids:
            reason = "an ask of this identifier is there with other words; edit it, or rename"
            clashes.append(reject(read.file_name, candidate.place, "ask_id", ask_id, reason))
            continue
        keys.add(candidate.key)
        ids.add(ask_id)
        new.append((ask_id, candidate))
    return new, repeated, clashes


def _next_import_id(register: Register) -> str:
    number = register.rows("SELECT coalesce(max(number), 0) + 1 FROM import")[0][0]
    return f"import-{number}"


def _insert_meetings(
    register: Register, calendar: CalendarRead | None, read: FileRead, import_id: str
) -> tuple[int, int]:
    """Add new meetings and set aside those that the file moves or cancels; how many of each."""
    from remit.asks.register.meeting_rows import meeting_rows, series_of

    if calendar is None:
        return 0, 0
    rows = {row["key"]: row for row in meeting_rows(calendar, import_id, read.to_org)}
    series = series_of(calendar)
    gone: list[str] = []
    for meeting in register.meetings():
        newer = rows.get(meeting.key)
        if newer is not None and _same_meeting(meeting, newer):
            del rows[meeting.key]
        elif newer is not None or (
            calendar.first <= meeting.day <= calendar.last and meeting.series in series
        ):
            gone.append(meeting.key)
    register.connection.execute(
        "UPDATE meeting SET replaced_by = ? WHERE replaced_by IS NULL AND key IN "
        "(SELECT unnest(?::VARCHAR[]))",
        [import_id, gone],
    )
    register.append("meeting", list(rows.values()))
    return len(rows), len(gone)


def _remember(register: Register, fingerprint: str, mapping: Mapping[str, str]) -> None:
    register.connection.execute(
        "INSERT OR REPLACE INTO mapping VALUES (?, ?, ?)",
        [fingerprint, json.dumps(mapping), now()],
    )


def _record(register: Register, import_id: str, report: ImportReport) -> None:
    number = int(import_id.rpartition("-")[2])
    register.connection.execute(
        "INSERT INTO import VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [import_id, number, report.file_name, report.sha256, report.kind, report.rows_read,
         report.accepted, report.repeated, len(report.rejections), report.meetings, now()],
    )  # fmt: skip
    for fault in report.rejections:
        register.connection.execute(
            "INSERT INTO rejection VALUES (?, ?, ?, ?, ?, ?)",
            [import_id, fault.file, fault.line, fault.column, fault.value, fault.reason],
        )


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
        bodies=tuple(Counter(candidate.from_body for candidate in taken).most_common()),
        notes=tuple(read.notes),
        ask_ids=tuple(ask_id for ask_id, _ in new),
    )


def _same_meeting(meeting: RegisteredMeeting, row: Mapping[str, Any]) -> bool:
    newer = replace(meeting, **{k: v for k, v in row.items() if hasattr(meeting, k)})
    return newer == meeting
