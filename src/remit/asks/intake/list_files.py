"""A file with lists of asks: each row of each is taken or rejected with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from remit.asks.intake.candidate import FileRead, reject
from remit.asks.intake.lists import AskList, AskLists, Known, lists_of, on_sheets
from remit.asks.intake.table_files import SHEETS, FileAccount, tables_of
from remit.asks.intake.tables import Reduction
from remit.asks.intake.taking import Taking
from remit.asks.intake.telling import told


def read_table(
    path: Path,
    content: bytes,
    reduction: Reduction,
    given: Mapping[str, str],
    remembered: Callable[[str], Mapping[str, str] | None],
) -> tuple[FileRead, AskLists]:
    """Read the lists of asks in a file.

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
    account = FileAccount()
    sheets = tables_of(path, content, account)
    found = lists_of(path, sheets, Known(given, remembered, reduction.senders.asks))
    read = FileRead(
        file_name=reduction.redactor.file_name(path.name),
        sha256=hashlib.sha256(content).hexdigest(),
        kind="xlsx" if path.suffix.lower() in SHEETS else "csv",
        mappings=found.mappings,
    )
    read.notes += on_sheets(found, account)
    read.notes += found.guessed()
    for sheet, line, reason in account.damaged:
        read.rejections.append(reject(_place(read, sheet, found), line, "", "", reason))
    _fill(read, found, reduction, account)
    read.rejections.sort(key=lambda one: (one.file, one.line))
    return read, found


def _place(read: FileRead, sheet: str, found: AskLists) -> str:
    """The file; with the sheet where several are read."""
    return f"{read.file_name} ({sheet})" if len(found.lists) > 1 else read.file_name


def _fill(read: FileRead, found: AskLists, reduction: Reduction, account: FileAccount) -> None:
    reduction = reduction.knowing(_organisations(found.lists))
    taking = Taking(read, reduction, account)
    of_lists = [(one, taking.of(one, _place(read, one.sheet, found))) for one in found.lists]
    everything = [(into, *row) for one, into in of_lists for row in one.rows]
    for into, line, cells in told(everything, "rows read", reduction.tell):
        into.take(line, cells)
    for _, into in of_lists:
        read.notes += into.notes()
    read.notes += taking.notes()


def _organisations(lists: Sequence[AskList]) -> set[str]:
    """What may be names of organisations in lists: their recipients and their senders."""
    return {
        cells[place].strip()
        for one in lists
        for name, place in one.places.items()
        if name in {"to_org_name", "from_body"}
        for _, cells in one.rows
        if place < len(cells)
    }
