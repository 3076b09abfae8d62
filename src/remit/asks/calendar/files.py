"""The files that ``remit asks calendar`` writes."""

from __future__ import annotations

from pathlib import Path

from remit.asks.calendar.meetings import CalendarRead
from remit.asks.calendar.tally import tally
from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.delimited import csv_text
from remit.files.jsons import json_text
from remit.files.outputs import write_files
from remit.model.errors import AskError
from remit.words.figures import data_number

COLUMNS = (
    "uid",
    "start",
    "is_oversight",
    "body",
    "hours",
    "attendees",
    "minutes_today",
    "minutes_tomorrow",
)
"""The columns of ``calendar.csv``: one row for each occurrence that takes place."""


def calendar_csv(read: CalendarRead) -> str:
    """The meetings as CSV: ``start`` is local time, or a day; ``hours`` are hours."""
    rows = [
        (
            meeting.uid_written,
            meeting.start.isoformat(),
            "true" if meeting.is_oversight else "false",
            meeting.body,
            f"{data_number(meeting.hours, 4):g}",
            meeting.attendees,
            meeting.minutes_today,
            meeting.minutes_tomorrow,
        )
        for meeting in read.meetings
    ]
    return csv_text(COLUMNS, rows)


def write_calendar(read: CalendarRead, folder: Path) -> list[Path]:
    """Write ``calendar.json`` and ``calendar.csv`` into a folder, which is made if need be.

    Raises
    ------
    AskError
        If the folder cannot be written to.
    """
    texts = {
        "calendar.json": json_text(tally(read), indent=1) + "\n",
        "calendar.csv": calendar_csv(read),
    }
    package = Package(load_output("calendar"), [PackageSource(read.file)])
    return write_files(folder, texts, package=package, error=AskError)
